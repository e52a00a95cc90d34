"""What payments ask of statements."""

from decimal import Decimal
from typing import Any

from django.dispatch import receiver

from marketplace.payment.models import Payment
from marketplace.payment.signals import transfer_is_shown

from .short import came_short


@receiver(transfer_is_shown)
def what_came_short(sender: Any, payment: Payment, **_more: Any) -> Decimal:
    short = came_short(payment.order)
    return short.sum if short else Decimal(0)
