"""Opens payments of an order, and ends those that are not wanted any more."""

import secrets
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.order.models import Order, PaymentState
from marketplace.order.parcels import SYSTEM, By
from marketplace.work.queue import enqueue

from .methods import due
from .models import Method, Payment, PaymentChange, PaymentStatus

#: Without letters and digits that are taken for one another, read from a phone into a bank's app.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
CODE_STARTS = "OCOP"
#: The job by which Stripe is told that an intent of ours is not wanted any more; see sweeper.py.
CLOSE_INTENT = "payment.close_intent"


class CannotPay(ValueError):
    """Nothing is to be paid for this order now; the text says why, in the buyer's language."""


@transaction.atomic
def open_payment(*, order_id: int, method: Method, moment: datetime, by: By = SYSTEM) -> Payment:
    """The order's open payment in this way, of what is owed now; made if there is none, in place of any other.

    The order waits as long as one that was placed with this way: its end may move back, at most to when the slowest
    way counted from placing would end, and never forward. Raises CannotPay for an order that does not await payment.
    """
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    _check(order, moment)
    for payment in order.payments.filter(status=PaymentStatus.OPEN):
        if payment.method == method and payment.amount == order.owed:
            known: Payment = payment
            return known
        cancel_payment(payment=payment, moment=moment, by=by)
    made: Payment = Payment.objects.create(
        order=order,
        method=method,
        amount=Decimal(int(order.owed)),
        reference=_free_code() if method == Method.TRANSFER else None,
        created_at=moment,
    )
    record(made, "", PaymentStatus.OPEN, by=by, moment=moment)
    _wait_for(order, method)
    return made


@transaction.atomic
def cancel_payment(*, payment: Payment, moment: datetime, by: By = SYSTEM, note: str = "") -> bool:
    """Open → cancelled: nobody waits for it any more. False, with nothing done, if it is not open."""
    still = Payment.objects.filter(pk=payment.pk, status=PaymentStatus.OPEN)
    if not still.update(status=PaymentStatus.CANCELLED, ended_at=moment):
        return False
    record(payment, PaymentStatus.OPEN, PaymentStatus.CANCELLED, by=by, moment=moment, note=note)
    if payment.method == Method.CARD:
        enqueue(kind=CLOSE_INTENT, key=str(payment.pk))
    return True


def record(payment: Payment, before: str, after: str, *, by: By, moment: datetime, note: str = "") -> None:
    """Write down who moved a payment, in the transaction of the move."""
    PaymentChange.objects.create(
        payment=payment,
        before=before,
        after=after,
        at=moment,
        role=by.role,
        actor=by.user,
        acting_for=by.acting_for,
        note=note[:500],
    )


def _wait_for(order: Order, method: Method) -> None:
    end = due(method, moment=order.date_placed)
    Order.objects.filter(pk=order.pk, payment_due_at__lt=end).update(payment_due_at=end)


def _check(order: Order, moment: datetime) -> None:
    if order.payment_state == PaymentState.PAID:
        raise CannotPay(_("Đơn này đã được thanh toán rồi. Bạn không cần trả thêm."))
    if order.payment_state == PaymentState.CASH_DUE:
        raise CannotPay(_("Đơn này được trả tiền khi nhận hàng."))
    ended = order.payment_due_at is not None and moment >= order.payment_due_at
    if order.payment_state == PaymentState.CANCELLED or ended or order.owed <= Decimal(0):
        raise CannotPay(_("Đơn này đã hết hạn thanh toán hoặc đã hủy. Bạn đặt lại nhé."))


def _free_code() -> str:
    """What the buyer writes into the transfer's note; drawn until nobody has it."""
    while True:
        code = CODE_STARTS + "".join(secrets.choice(LETTERS) for _at in range(CODE_LENGTH))
        if not Payment.objects.filter(reference=code).exists():
            return code
