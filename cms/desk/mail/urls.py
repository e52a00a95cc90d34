"""Addresses and menu of the screens of mail. Each address is refused to whoever has no right to it."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from cms.desk.orders.rights import ItemOfRight, needs

from . import message, preview
from .listing import NAME, Messages
from .rights import SEND, VIEW


def urls() -> list[Any]:
    listed, results = Messages.as_view(), Messages.as_view(results_only=True)
    return [
        path("thu/", needs(VIEW)(listed), name=NAME),
        path("thu/results/", needs(VIEW)(results), name=f"{NAME}_results"),
        path("thu/mau/", needs(VIEW)(preview.overview), name=preview.PREVIEWS),
        path("thu/mau/thu-gui/", needs(SEND)(preview.trial), name="desk_mail_trial"),
        path("thu/mau/<slug:name>/<slug:language>/", needs(VIEW)(preview.kind), name="desk_mail_kind"),
        path("thu/<int:pk>/", needs(VIEW)(message.detail), name="desk_message"),
        path("thu/<int:pk>/gui-lai/", needs(SEND)(message.again), name="desk_message_again"),
    ]


def menu_item() -> SubmenuMenuItem:
    items = [
        ItemOfRight(_("Thư và thông báo"), reverse(NAME), name=NAME, icon_name="mail", order=1, right=VIEW),
        ItemOfRight(
            _("Mẫu thư"),
            reverse(preview.PREVIEWS),
            name=preview.PREVIEWS,
            icon_name="view",
            order=2,
            right=VIEW,
        ),
    ]
    return SubmenuMenuItem(_("Thư"), Menu(items=items), name="mail", icon_name="mail", order=260)
