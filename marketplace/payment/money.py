"""Amounts towards Stripe: đồng has no decimals there either, but not every amount is taken.

Source: Stripe's list of currencies (zero-decimal, at most eight digits) and its least amount, which moves with the
dollar and is therefore a setting.
"""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.look.figures import dong

CURRENCY = "vnd"
MOST = 99_999_999


class NotByCard(ValueError):
    """Too little or too much for a card; the text says so, in the buyer's language."""


def to_stripe(amount: Decimal) -> int:
    """Whole đồng as Stripe counts them. Raises NotByCard outside its limits, ValueError for fractions of a đồng."""
    if amount != int(amount):
        raise ValueError(f"{amount} is no whole number of đồng")
    if not settings.CARD_LEAST <= amount <= MOST:
        words = _("Trả bằng thẻ được từ %(least)s đến %(most)s.")
        raise NotByCard(words % {"least": dong(settings.CARD_LEAST), "most": dong(MOST)})
    return int(amount)


def from_stripe(amount: int, currency: str) -> Decimal:
    """What Stripe counted, as đồng. Raises ValueError for another currency: nobody's to convert."""
    if currency != CURRENCY:
        raise ValueError(f"Stripe speaks of {currency}, not of {CURRENCY}")
    return Decimal(amount)
