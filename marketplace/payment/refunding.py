"""Gives money back: never more than came, and for one cause once."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from .disputes import taken
from .models import Payment, PaymentStatus, Refund, RefundReason, RefundStatus


class CannotRefund(ValueError):
    """There is not so much left of the payment; the text says how much is. Nothing was changed."""


@transaction.atomic
def refund(
    *, payment_id: int, amount: Decimal, reason: RefundReason, key: str, moment: datetime, note: str = ""
) -> Refund:
    """Owe `amount` whole đồng of a payment to its buyer. The same `key` of the same payment gives the same refund.

    Raises CannotRefund for more than is left, or less than 1 đ.
    """
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    key = f"{payment.pk}:{key}"
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    left = refundable(payment)
    if not 0 < amount <= left:
        raise CannotRefund(_("Chỉ trả lại được từ 1 đến %(left)s đồng.") % {"left": left})
    made: Refund = Refund.objects.create(
        payment=payment, amount=amount, reason=reason, key=key, created_at=moment, note=note
    )
    return made


def refundable(payment: Payment) -> Decimal:
    """What of a payment has not gone back, nor is about to, nor was taken by its bank; in whole đồng."""
    if payment.status != PaymentStatus.SUCCEEDED or payment.received is None:
        return Decimal(0)
    gone = payment.refunds.exclude(status=RefundStatus.FAILED).aggregate(sum=Sum("amount"))["sum"]
    return max(payment.received - (gone or Decimal(0)) - taken(payment), Decimal(0))
