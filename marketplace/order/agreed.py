"""Writes down, with the order, what its buyer agreed to."""

from dataclasses import replace

from marketplace.accounts.consents import ADULT, MARKETING, ORDER_TERMS, record_consent
from marketplace.accounts.models import Source

from .models import Order


def record_agreed(order: Order, *, ip: str | None) -> None:
    """The terms, news if they were wanted (not wanting them takes nothing back), and being of age if that was asked.

    In the caller's transaction.
    """
    texts = [
        replace(ORDER_TERMS, version=order.terms_version),
        *([MARKETING] if order.marketing_consent else []),
        *([ADULT] if order.adult_declared_at else []),
    ]
    for text in texts:
        record_consent(
            text=text,
            given=True,
            source=Source.CHECKOUT,
            moment=order.terms_accepted_at,
            user_id=order.user_id,
            contact=order.guest_email or order.phone,
            ip=ip,
        )
