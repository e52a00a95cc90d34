"""Which ways to pay there are here, by configuration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from .models import Method


@dataclass(frozen=True)
class Account:
    """The bank account that transfers go to: the platform's, or a licensed partner's (docs/adr/0015)."""

    bin: str
    bank: str
    number: str
    holder: str


def account() -> Account | None:
    """None where no account is named, and there are no transfers."""
    if not settings.BANK_ACCOUNT:
        return None
    return Account(settings.BANK_BIN, settings.BANK_NAME, settings.BANK_ACCOUNT, settings.BANK_HOLDER)


def offered() -> list[Method]:
    """The ways in which an order can be paid before it is sent."""
    return [Method.TRANSFER] if account() else []


def due(method: Method, *, moment: datetime) -> datetime:
    """Until when an order placed now and to be paid in this way is held."""
    return moment + timedelta(hours=settings.TRANSFER_HOURS)
