"""đồng has no fractions: offers round to whole ones."""

from decimal import ROUND_HALF_UP, Decimal


def whole_dong(amount: Decimal, currency: str | None = None) -> Decimal:
    """The nearest whole đồng, half up; Oscar's OSCAR_OFFER_ROUNDING_FUNCTION."""
    return amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
