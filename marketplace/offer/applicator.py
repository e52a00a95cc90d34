"""Applies offers to a basket, so that what an offer gave is the sum of what its lines got.

Oscar's percentage benefit adds up fractions of a đồng; the basket's lines round each discount (see
marketplace.basket.models), and here the offer's record follows the lines.
"""

from decimal import Decimal
from typing import Any

from oscar.apps.offer.applicator import Applicator as OscarApplicator


class Applicator(OscarApplicator):  # type: ignore[misc]
    """Oscar's, with the records of basket discounts made from the lines."""

    def apply_offers(self, basket: Any, offers: list[Any]) -> None:
        super().apply_offers(basket, offers)
        for application in basket.offer_applications:
            if application["result"].affects_basket:
                application["discount"] = given(basket, application["offer"])


def given(basket: Any, offer: Any) -> Decimal:
    """What an offer took off the lines of a basket."""
    discounts = (discount for line in basket.all_lines() for discount in line.discounts)
    mine = (discount.amount for discount in discounts if discount.offer and discount.offer.pk == offer.pk)
    return sum(mine, Decimal(0))
