"""Gives money back: never more than came, and for one cause once. See docs/adr/0015.

A refund is made in the transaction of its cause, with the order's row locked; it is `due` until the money has left. Card
payments go back by card (stripe_refunds.py asks Stripe), everything else by a transfer that staff make (transfers.py).
"""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.look.figures import dong
from marketplace.order.locking import lock_order
from marketplace.order.parcels import SYSTEM, By
from marketplace.work.queue import enqueue

from .messages import tell_refunded
from .models import Dispute, Method, Payment, PaymentStatus, Refund, RefundReason, RefundStatus
from .models.dispute import TAKEN
from .refund_states import record
from .sums import sums_of

#: The background job that has Stripe give a refund back (stripe_refunds.py).
JOB = "payment.refund"


class CannotRefund(ValueError):
    """There is not so much left, or it went back already; the text says so. Nothing was changed."""


@transaction.atomic
def refund(
    *,
    payment_id: int,
    amount: Decimal,
    reason: RefundReason,
    key: str,
    moment: datetime,
    words: str = "",
    granted: Decimal = Decimal(0),
    again_of: Refund | None = None,
    way: Method | None = None,
    by: By = SYSTEM,
) -> Refund:
    """Owe `amount` whole đồng of a payment to its buyer. The same `key` of the same payment gives the same refund.
    Without a `way` what came by card goes back by card, all else by transfer.

    Raises CannotRefund for more than is left, for less than 1 đ, and for fractions of a đồng.
    """
    lock_order(payments=payment_id)
    payment = Payment.objects.get(pk=payment_id)
    key = f"{payment.pk}:{key}"
    known: Refund | None = Refund.objects.filter(key=key).first()
    if known:
        return known
    check_amount(amount, refundable(payment))
    way = way or (Method.CARD if payment.method == Method.CARD else Method.TRANSFER)
    made: Refund = Refund.objects.create(
        payment=payment,
        amount=amount,
        granted=granted,
        reason=reason,
        way=way,
        key=key,
        created_at=moment,
        words=words[:500],
        again_of=again_of,
    )
    record(made, "", RefundStatus.DUE, by=by, moment=moment)
    if way == Method.CARD:
        enqueue(kind=JOB, key=str(made.pk))
    return made


def refundable(payment: Payment) -> Decimal:
    """What of a payment has not gone back, nor is about to, nor was taken by its bank; in whole đồng."""
    if payment.status != PaymentStatus.SUCCEEDED or payment.received is None:
        return Decimal(0)
    gone = payment.refunds.exclude(status=RefundStatus.FAILED).aggregate(sum=Sum("amount"))["sum"]
    disputes = Dispute.objects.filter(payment=payment, status__in=sorted(TAKEN))
    taken = disputes.aggregate(sum=Sum("amount"))["sum"]
    return max(payment.received - (gone or Decimal(0)) - (taken or Decimal(0)), Decimal(0))


def check_amount(amount: Decimal, left: Decimal) -> None:
    """Raises CannotRefund, saying how much is left, for what is not between 1 đ and that, or no whole number."""
    if left <= 0:
        raise CannotRefund(_("Không còn tiền nào để trả lại."))
    if not 0 < amount <= left or amount != int(amount):
        words = _("Chỉ trả lại được số tiền chẵn đồng, từ 1 đ đến %(left)s.")
        raise CannotRefund(words % {"left": dong(left)})


@transaction.atomic
def spread(
    *,
    order_id: int,
    amount: Decimal,
    reason: RefundReason,
    key: str,
    moment: datetime,
    words: str = "",
    grants: bool = False,
    by: By = SYSTEM,
) -> list[Refund]:
    """Give `amount` of an order's money back, from its payments that have something left, the newest first, and tell
    the buyer. The same `key` of the same order gives what it gave before. As much as there is, and no more.

    With `grants` staff give it beyond what was owed back.
    """
    lock_order(pk=order_id)
    payments = list(
        Payment.objects.filter(order=order_id, status=PaymentStatus.SUCCEEDED).order_by("-ended_at", "-pk")
    )
    known = Refund.objects.filter(key__in=[f"{payment.pk}:{key}" for payment in payments])
    if known:
        return list(known)
    made = []
    for payment in payments:
        part = min(amount, refundable(payment))
        if part <= 0:
            continue
        granted = part if grants else Decimal(0)
        made.append(
            refund(
                payment_id=payment.pk, amount=part, reason=reason, key=key, moment=moment,
                words=words, granted=granted, by=by,
            )
        )  # fmt: skip
        tell_refunded(made[-1])
        amount -= part
    return made


@transaction.atomic
def give_back_owed(*, order_id: int, reason: RefundReason, key: str, moment: datetime) -> list[Refund]:
    """What an order's buyer is owed since something changed; nothing where that is nothing. `key` names the change.

    What cannot be given, since nothing is left of the payments, stays as a negative `due` for staff to see.
    """
    lock_order(pk=order_id)
    owed = sums_of(order_id).to_give_back
    return spread(order_id=order_id, amount=owed, reason=reason, key=key, moment=moment) if owed else []
