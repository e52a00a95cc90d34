"""Money came: the one way in which it changes an order, whoever noticed it. See docs/adr/0015.

The browser's return, a webhook, the sweeper and a matched line of a bank statement all end here. In one transaction:

1. The order's row is locked, so that whatever else happens to it comes before or after.
2. The payment is written where it has not succeeded yet: one row changed, or nothing happens and nothing follows.
3. The order is paid; or, where it ended unpaid, taken up again with its goods; or the money goes back.
4. Buyer and producers are told.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import transaction

from marketplace.order.locking import lock_order
from marketplace.order.models import Order, PaymentState
from marketplace.order.parcels import SYSTEM, By
from marketplace.order.paying import CannotReopen, mark_paid, reopen

from .messages import tell_paid, tell_refunded
from .models import Payment, PaymentStatus, RefundReason
from .opening import cancel_payment, record
from .refunding import refund, refundable


class Outcome(StrEnum):
    PAID = "paid"
    REOPENED = "reopened"
    REFUNDED = "refunded"
    KNOWN = "known"


class AmountDiffers(ValueError):
    """Less came than was asked for, or not đồng: nobody's to guess, so staff decide. Nothing was changed."""


@transaction.atomic
def receive(
    *, payment_id: int, amount: Decimal, moment: datetime, by: By = SYSTEM, note: str = ""
) -> Outcome:
    """Take note that `amount` whole đồng came for a payment. Called again it changes nothing and says KNOWN.

    Raises AmountDiffers when it is less than was asked for.
    """
    payment = _locked(payment_id)
    if amount < payment.amount:
        raise AmountDiffers(f"{payment}: {amount}")
    before = payment.status
    still = Payment.objects.filter(pk=payment.pk).exclude(status=PaymentStatus.SUCCEEDED)
    if not still.update(status=PaymentStatus.SUCCEEDED, received=amount, ended_at=moment):
        return Outcome.KNOWN
    payment.refresh_from_db()
    record(payment, before, PaymentStatus.SUCCEEDED, by=by, moment=moment, note=note)
    outcome = _settle(payment, moment)
    if outcome == Outcome.REFUNDED:
        return outcome
    for other in Payment.objects.filter(order=payment.order_id, status=PaymentStatus.OPEN):
        cancel_payment(payment=other, moment=moment)
    _give_back_surplus(payment, moment)
    tell_paid(payment)
    return outcome


def _locked(payment_id: int) -> Payment:
    """The payment as it is once its order's row is ours."""
    lock_order(payments=payment_id)
    return Payment.objects.select_related("order").get(pk=payment_id)


def _settle(payment: Payment, moment: datetime) -> Outcome:
    order = payment.order
    if mark_paid(order_id=order.pk):
        return Outcome.PAID
    reason = RefundReason.TWICE
    if order.payment_state == PaymentState.CANCELLED:
        try:
            reopen(order_id=order.pk, moment=moment)
        except CannotReopen:
            reason = RefundReason.LATE
        else:
            return Outcome.REOPENED
    _give_back(payment, refundable(payment), reason, "whole", moment)
    return Outcome.REFUNDED


def _give_back_surplus(payment: Payment, moment: datetime) -> None:
    """A part was cancelled since the payment was opened, or the transfer was too high."""
    assert payment.received is not None
    surplus = payment.received - Order.objects.get(pk=payment.order_id).owed
    _give_back(payment, min(surplus, refundable(payment)), RefundReason.SURPLUS, "surplus", moment)


def _give_back(payment: Payment, amount: Decimal, reason: RefundReason, key: str, moment: datetime) -> None:
    """Nothing when its bank was faster and has taken all of it (disputes.py)."""
    if amount > 0:
        made = refund(payment_id=payment.pk, amount=amount, reason=reason, key=key, moment=moment)
        tell_refunded(made)
