"""Addresses and menu of the screens of orders. Each address is refused to whoever has no right to it."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from . import acting, many, page, papers, parcels
from .carriers import carriers
from .listing import NAME, Orders
from .rights import CANCEL, MOVE, VIEW, ItemOfRight, needs


def urls() -> list[Any]:
    return [
        path("don-hang/", needs(VIEW)(Orders.as_view()), name=NAME),
        path("don-hang/results/", needs(VIEW)(Orders.as_view(results_only=True)), name=f"{NAME}_results"),
        path("don-hang/<int:pk>/", needs(VIEW)(page.detail), name="desk_order"),
        path("kien-hang/", needs(VIEW)(parcels.Parcels.as_view()), name=parcels.NAME),
        path(
            "kien-hang/results/",
            needs(VIEW)(parcels.Parcels.as_view(results_only=True)),
            name=f"{parcels.NAME}_results",
        ),
        path("kien-hang/chuyen/", needs(VIEW)(needs(MOVE)(many.on_many)), name="desk_parcels_act"),
        path("kien-hang/<int:pk>/<slug:name>/", needs(VIEW)(acting.on_parcel), name="desk_parcel_act"),
        path(
            "don-hang/phan/<int:pk>/huy/",
            needs(VIEW)(needs(CANCEL)(acting.on_consignment)),
            name="desk_consignment_cancel",
        ),
        path(
            "don-hang/<int:pk>/lien-ket/", needs(VIEW)(needs(MOVE)(acting.on_order)), name="desk_order_link"
        ),
        path("don-hang/<int:pk>/don-hang.pdf", needs(VIEW)(papers.of_order), name="desk_order_paper"),
        path(
            "don-hang/phan/<int:pk>/phieu.pdf", needs(VIEW)(papers.of_consignment), name="desk_packing_list"
        ),
    ]


def menu_item() -> SubmenuMenuItem:
    todo, every = parcels.Parcels, Orders
    items = [
        ItemOfRight(todo.page_title, reverse(parcels.NAME), icon_name=todo.header_icon, order=1, right=VIEW),
        ItemOfRight(every.page_title, reverse(NAME), icon_name=every.header_icon, order=2, right=VIEW),
        carriers.get_menu_item(order=3),
    ]
    return SubmenuMenuItem(_("Đơn hàng"), Menu(items=items), name="orders", icon_name="form", order=250)
