"""Which ways to pay there are here, by configuration."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace import prepaid

from .models import Method
from .money import NotByCard, to_stripe

#: What buyers choose from.
NAMES: dict[str, Any] = {
    Method.TRANSFER: _("Chuyển khoản bằng mã VietQR"),
    Method.CARD: _("Thẻ (Visa, Mastercard, JCB)"),
}


@dataclass(frozen=True)
class Account:
    """The bank account that transfers go to: the platform's, or a licensed partner's (docs/adr/0015)."""

    bin: str
    bank: str
    number: str
    holder: str


def account() -> Account | None:
    """None where no account is named, and there are no transfers."""
    if not prepaid.by_transfer():
        return None
    return Account(settings.BANK_BIN, settings.BANK_NAME, settings.BANK_ACCOUNT, settings.BANK_HOLDER)


def offered() -> list[Method]:
    """The ways in which an order can be paid before it is sent."""
    there = {Method.TRANSFER: prepaid.by_transfer(), Method.CARD: prepaid.by_card()}
    return [method for method, here in there.items() if here]


def refusal(method: Method, amount: Decimal) -> str:
    """Why so many đồng cannot be paid in this way, in the buyer's language; empty if they can."""
    try:
        if method == Method.CARD:
            to_stripe(amount)
    except NotByCard as error:
        return str(error)
    return ""


def due(method: Method, *, moment: datetime) -> datetime:
    """Until when an order placed at this moment and to be paid in this way is held."""
    if method == Method.CARD:
        return moment + timedelta(minutes=settings.CARD_MINUTES)
    return moment + timedelta(hours=settings.TRANSFER_HOURS)
