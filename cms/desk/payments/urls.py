"""Addresses and menu of the screens of money. Each address is refused to whoever has no right to it."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from cms.desk.orders.rights import ItemOfRight, needs

from . import granting, page
from .listing import PAYMENTS, PROVIDER_EVENTS, REFUNDS, Events, Payments, Refunds
from .rights import EVENTS, GRANT, TRANSFER, VIEW


def urls() -> list[Any]:
    lists = [
        ("thanh-toan/", VIEW, Payments, PAYMENTS),
        ("tra-lai-tien/", VIEW, Refunds, REFUNDS),
        ("su-kien-thanh-toan/", EVENTS, Events, PROVIDER_EVENTS),
    ]
    return [
        *(path(where, needs(right)(view.as_view()), name=name) for where, right, view, name in lists),
        *(
            path(f"{where}results/", needs(right)(view.as_view(results_only=True)), name=f"{name}_results")
            for where, right, view, name in lists
        ),
        path("su-kien-thanh-toan/<int:pk>/da-xem/", needs(EVENTS)(page.seen), name="desk_event_seen"),
        path("tra-lai-tien/<int:pk>/", needs(VIEW)(page.detail), name="desk_refund"),
        path(
            "tra-lai-tien/<int:pk>/<slug:name>/",
            needs(VIEW)(needs(TRANSFER)(page.act)),
            name="desk_refund_act",
        ),
        path("don-hang/<int:pk>/tra-lai-tien/", needs(GRANT)(granting.give_back), name="desk_give_back"),
    ]


def menu_item() -> SubmenuMenuItem:
    lists = [(Payments, PAYMENTS, VIEW), (Refunds, REFUNDS, VIEW), (Events, PROVIDER_EVENTS, EVENTS)]
    items = [
        ItemOfRight(view.page_title, reverse(name), icon_name=view.header_icon, order=order, right=right)
        for order, (view, name, right) in enumerate(lists)
    ]
    return SubmenuMenuItem(_("Tiền"), Menu(items=items), name="money", icon_name="tag", order=253)
