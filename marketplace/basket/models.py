"""Oscar's models of basket; what differs is defined above the import: one good query, whole đồng."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from marketplace.offer.rounding import whole_dong

Price = tuple[Decimal, Decimal, int]


class Basket(AbstractBasket):  # type: ignore[misc]
    """One basket over all producers."""

    _lines: "QuerySet[Line] | None"

    def all_lines(self) -> QuerySet["Line"]:
        """The lines with all that basket, checkout and placement read of them; loaded once."""
        if self.id is None:
            empty: QuerySet[Line] = Line.objects.none()
            return empty
        if self._lines is None:
            lines = self.lines.select_related(
                "product__parent",
                "stockrecord__partner__producer__province__region",
                "stockrecord__partner__producer__shipping_terms",
            )
            self._lines = lines.prefetch_related(
                "product__categories",
                "product__images",
                "product__parent__categories",
                "product__parent__images",
            ).order_by("pk")
        return self._lines


class Line(AbstractLine):  # type: ignore[misc]
    """A product and how many pieces of it. Discounts are whole đồng and never exceed the line."""

    def discount(
        self, discount_value: Decimal, affected_quantity: int, incl_tax: bool = True, offer: Any = None
    ) -> None:
        left = self.line_price_incl_tax - self.discounts.total
        amount = min(whole_dong(discount_value), left)
        super().discount(amount, affected_quantity, incl_tax=incl_tax, offer=offer)

    def get_price_breakdown(self) -> list[Price]:
        """(price, price, pieces) in whole đồng whose sum is the line's price after discounts.

        A discount that cannot be split evenly leaves some pieces one đồng dearer than the others.
        """
        reduced = int(self.discounts.num_consumed())
        if not self.discount_value or not reduced:
            return [(self.unit_price_incl_tax, self.unit_price_excl_tax, self.quantity)]
        each, over = divmod(self.unit_price_incl_tax * reduced - self.discount_value, reduced)
        parts = [
            (each, reduced - int(over)),
            (each + 1, int(over)),
            (self.unit_price_incl_tax, self.quantity - reduced),
        ]
        return [(price, price, pieces) for price, pieces in parts if pieces]


from oscar.apps.basket.models import *  # noqa: E402, F403
