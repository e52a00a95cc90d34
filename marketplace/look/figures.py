"""Numbers and days as a reader of the page's language writes them."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import get_language

from marketplace.clock import VIETNAM

NBSP = "\N{NO-BREAK SPACE}"


def is_vietnamese() -> bool:
    """Whether the page's language is Vietnamese; it is, when none is active."""
    return (get_language() or "vi").startswith("vi")


def grouped(number: int | Decimal) -> str:
    """A whole number in groups of three: 1.010 in Vietnamese, 1,010 in English."""
    text = f"{int(number):,}"
    return text.replace(",", ".") if is_vietnamese() else text


def tenth(number: float) -> str:
    """A mean with one decimal: 4,8 in Vietnamese, 4.8 in English."""
    text = f"{number:.1f}"
    return text.replace(".", ",") if is_vietnamese() else text


def dong(amount: Decimal | int) -> str:
    """A price in whole đồng: `185.000 ₫`, with a space that does not break."""
    whole = Decimal(amount).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{grouped(whole)}{NBSP}₫"


def moment(value: datetime) -> str:
    """A moment in Vietnam: 15:30 14/03/2028 in Vietnamese, 15:30, 14 Mar 2028 in English."""
    there = value.astimezone(VIETNAM)
    return f"{there:%H:%M}{' ' if is_vietnamese() else ', '}{day(there.date())}"


def day(value: date) -> str:
    """A day: 14/03/2028 in Vietnamese, 14 Mar 2028 in English; of a moment, the day in Vietnam."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return formats.date_format(value, "d/m/Y" if is_vietnamese() else "j M Y")
