"""Addresses and menu of reconciliation. Each address is refused to whoever has no right to it."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cms.desk.orders.rights import needs
from cms.desk.said.rights import ItemOfRights, needs_any

from . import days, differences, imports, line, lines
from .layouts import layouts
from .rights import ANY, CONFIRM, EXPLAIN, IMPORT, PROPOSE


def urls() -> list[Any]:
    seen = needs_any(*ANY)
    listed = [
        *_listed("doi-soat/dong/", lines.Lines, lines.NAME),
        *_listed("doi-soat/tep/", imports.Imports, imports.NAME),
        *_listed("doi-soat/chenh-lech/", differences.Differences, differences.NAME),
    ]
    return [
        *listed,
        path("doi-soat/", seen(days.listing), name=days.NAME),
        path("doi-soat/ngay/<str:day>/", seen(days.detail), name="desk_day"),
        path("doi-soat/ngay/<str:day>/tai-ve/", seen(days.taken), name="desk_day_taken"),
        path("doi-soat/ngay/<str:day>/so-lai/", seen(days.again), name="desk_day_again"),
        path("doi-soat/chenh-lech/<int:pk>/giai-thich/", needs(EXPLAIN)(days.explained), name="desk_explain"),
        path("doi-soat/tep/moi/", needs(IMPORT)(imports.new), name="desk_import_new"),
        path("doi-soat/tep/<int:pk>/", seen(imports.detail), name="desk_import"),
        path("doi-soat/dong/<int:pk>/", seen(line.detail), name="desk_line"),
        path(
            "doi-soat/dong/<int:pk>/<slug:name>/", needs_any(PROPOSE, CONFIRM)(line.act), name="desk_line_act"
        ),
    ]


def _listed(where: str, view: Any, name: str) -> list[Any]:
    seen = needs_any(*ANY)
    return [
        path(where, seen(view.as_view()), name=name),
        path(f"{where}results/", seen(view.as_view(results_only=True)), name=f"{name}_results"),
    ]


class LayoutsItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(
            layouts.permission_policy.user_has_any_permission(
                request.user, ("add", "change", "delete", "view")
            )
        )


def menu_item() -> SubmenuMenuItem:
    shown = [
        (days.TITLE, days.NAME, "calendar-check"),
        (differences.Differences.page_title, differences.NAME, "warning"),
        (lines.Lines.page_title, lines.NAME, "list-ul"),
        (imports.Imports.page_title, imports.NAME, "upload"),
    ]
    items: list[Any] = [
        ItemOfRights(title, reverse(name), name=name, icon_name=icon, order=order, rights=ANY)
        for order, (title, name, icon) in enumerate(shown)
    ]
    items.append(
        LayoutsItem(
            _("Bố cục tệp"),
            reverse_lazy(layouts.get_url_name("index")),
            name="file_layouts",
            icon_name="table",
            order=9,
        )
    )
    return SubmenuMenuItem(
        _("Đối soát"), Menu(items=items), name="reconciliation", icon_name="check", order=258
    )
