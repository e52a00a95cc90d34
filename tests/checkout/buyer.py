"""A guest at the shop: puts things into the basket and fills in the checkout."""

import re
from typing import Any

from django.urls import reverse

from catalogue.models import Product
from marketplace.shipping.reference import load_tariffs
from tests import factories

ANSWERS = {
    "ho_ten": "Nguyễn Thị Hoài Thương",
    "dien_thoai": "091 234 5678",
    "tinh": "ha-noi",
    "xa": "Phường Ba Đình",
    "duong": "Số 12, ngõ 34",
    "dong_y": "on",
    "thanh_toan": "cash",
}


def stock_shop() -> None:
    """What every order needs: tariffs, and the place it goes to."""
    load_tariffs()
    factories.commune("Ba Đình", of="Hà Nội")


class Buyer:
    """Uses the pages as a browser without script does.

    `stocked` says that the shop has what orders need; it may have a database that the test cannot reach.
    """

    def __init__(self, client: Any, *, stocked: bool = False) -> None:
        self.client = client
        if not stocked:
            stock_shop()

    def adds(self, product: Product, quantity: Any = 1) -> Any:
        return self.client.post(
            reverse("basket:add"), {"san_pham": product.pk, "so_luong": quantity}, follow=True
        )

    def form(self, **answers: str) -> dict[str, str]:
        """What the page asks to send back, filled in; the sums are those towards the chosen province."""
        self.client.post(reverse("basket:province"), {"tinh": answers.get("tinh", ANSWERS["tinh"])})
        page = bytes(self.client.get(reverse("checkout:checkout")).content).decode()
        hidden = {name: self._hidden(page, name) for name in ("khoa", "da_xem")}
        return {**hidden, **ANSWERS, **answers}

    def sends(self, form: dict[str, str]) -> Any:
        return self.client.post(reverse("checkout:checkout"), form)

    def orders(self, **answers: str) -> Any:
        return self.sends(self.form(**answers))

    @staticmethod
    def _hidden(page: str, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', page)
        return found.group(1) if found else ""
