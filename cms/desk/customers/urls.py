"""Addresses and menu of the screens of customers. Each address is refused to whoever has no right to it."""

from typing import Any

from django.urls import path, reverse

from cms.desk.orders.rights import ItemOfRight, needs

from . import page
from .listing import NAME, Customers
from .rights import VIEW


def urls() -> list[Any]:
    return [
        path("khach-hang/", needs(VIEW)(Customers.as_view()), name=NAME),
        path(
            "khach-hang/results/", needs(VIEW)(Customers.as_view(results_only=True)), name=f"{NAME}_results"
        ),
        path("khach-hang/<int:pk>/", needs(VIEW)(page.detail), name="desk_customer"),
    ]


def menu_item() -> ItemOfRight:
    return ItemOfRight(
        Customers.page_title, reverse(NAME), name="customers", icon_name="user", order=255, right=VIEW
    )
