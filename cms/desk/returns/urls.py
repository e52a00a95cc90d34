"""Addresses and entry of the menu. Each address is refused to whoever has no right to it."""

from typing import Any

from django.urls import path, reverse

from cms.desk.orders.rights import ItemOfRight, needs

from . import page
from .listing import NAME, Returns
from .rights import HANDLE


def urls() -> list[Any]:
    listed, results = Returns.as_view(), Returns.as_view(results_only=True)
    return [
        path("tra-hang/", needs(HANDLE)(listed), name=NAME),
        path("tra-hang/results/", needs(HANDLE)(results), name=f"{NAME}_results"),
        path("tra-hang/<int:pk>/", needs(HANDLE)(page.detail), name="desk_return"),
        path("tra-hang/<int:pk>/anh/<int:position>/", needs(HANDLE)(page.photo), name="desk_return_photo"),
        path("tra-hang/<int:pk>/<slug:name>/", needs(HANDLE)(page.act), name="desk_return_act"),
    ]


def menu_item() -> ItemOfRight:
    title, icon = Returns.page_title, Returns.header_icon
    return ItemOfRight(title, reverse(NAME), name=NAME, icon_name=icon, order=255, right=HANDLE)
