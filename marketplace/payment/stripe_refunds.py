"""Refunds by card: our rows and Stripe's refunds, kept together.

Our row is the order to give back; Stripe's object says what became of it, now and later, since a bank may send money
back that had arrived. What somebody gave back on Stripe's own pages is written down too, so that sums stay true.
"""

import logging
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Min
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.order.locking import lock_order
from marketplace.order.models import ReturnRequest
from marketplace.order.parcels import SYSTEM
from marketplace.order.returns.states import PROMISED
from marketplace.work.queue import enqueue, handles

from .messages import tell_refunded
from .models import Method, Payment, Refund, RefundReason, RefundStatus
from .refund_states import NEXT, move_refund, record
from .refunding import JOB, CannotRefund, refund
from .stripe_gateway import GivenBack, Refused, give_back, refunds_of, retrieve_refund
from .sums import sums_of, to_replace
from .unusable import fits_after_all, tell_of

logger = logging.getLogger(__name__)

#: What Stripe calls how a refund stands, in our words (https://docs.stripe.com/api/refunds/object).
STATES = {
    "pending": RefundStatus.PENDING,
    "requires_action": RefundStatus.PENDING,
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}


class DoesNotFit(ValueError):
    """What Stripe says of a refund agrees with nothing that we know: for staff to look at. Nothing was changed."""


def ask(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Outside the transaction: have Stripe give a refund back, or say how it stands. Raises Away, to be tried again."""
    found = Refund.objects.select_related("payment__order").get(pk=int(key.split(":", maxsplit=1)[0]))
    if found.way != Method.CARD or found.status == RefundStatus.FAILED:
        return {}
    try:
        return {"told": retrieve_refund(found.reference) if found.reference else give_back(found)}
    except Refused as error:
        return {"error": str(error), "there": _all_of(found)}


@handles(JOB, prepare=ask)
def work_off(key: str, payload: dict[str, Any]) -> None:
    """Write down what Stripe said; what it refused to do has failed, and waits for staff."""
    pk = int(key.split(":", maxsplit=1)[0])
    told: GivenBack | None = payload.get("told")
    if told is not None:
        note_others([told])
    elif payload.get("error"):
        found = Refund.objects.get(pk=pk)
        if found.reference:
            tell_of(kind="refund", about=found.reference, why=payload["error"])
        elif found.status == RefundStatus.DUE:
            move_refund(refund_id=pk, to=RefundStatus.FAILED, moment=clock.now(), note=payload["error"])
            note_others(payload["there"])


def note_others(there: list[GivenBack]) -> None:
    """Each that fits; staff are told of the others, once, and nobody tries them again by itself.

    What was given back on Stripe's pages may be why ours was refused, and did not fit while ours was due.
    """
    for told in there:
        try:
            note_refund(told, moment=clock.now())
        except DoesNotFit as error:
            logger.warning("The refund %s at Stripe fits nothing of ours", told.id)
            tell_of(kind="refund", about=told.id, why=str(error))
        else:
            fits_after_all(told.id)


def _all_of(refund: Refund) -> list[GivenBack]:
    """What Stripe knows of for the payment of a refund that it refused; nothing where it knows no such payment."""
    try:
        return refunds_of(str(refund.payment.reference))
    except Refused:
        return []


@transaction.atomic
def note_refund(told: GivenBack, *, moment: datetime) -> bool:
    """Bring our row to where Stripe's refund is; True if that changed anything. Raises DoesNotFit."""
    payment = (
        Payment.objects.filter(method=Method.CARD, reference=told.intent).first() if told.intent else None
    )
    if payment is None:
        raise DoesNotFit(f"No payment of ours has the intent {told.intent or '–'} of the refund {told.id}")
    if told.amount is None:
        raise DoesNotFit(f"The refund {told.id} is in {told.currency}")
    lock_order(payments=payment.pk)
    found = _row(told, told.amount, payment)
    to = STATES.get(told.status)
    if to is None:
        raise DoesNotFit(f"The refund {told.id} is {told.status or 'nothing'}")
    if found is None:
        if to == RefundStatus.FAILED:
            return False  # nothing went back, and nobody here wanted it to
        found = _made_elsewhere(told, told.amount, payment, moment)
    if found.amount != told.amount:
        raise DoesNotFit(f"Refund {found.pk} is of {found.amount} đ, Stripe's {told.id} of {told.amount} đ")
    return _move(found, to, told, moment)


def _row(told: GivenBack, amount: Decimal, payment: Payment) -> Refund | None:
    """Ours, also when the note of Stripe's id was lost or is still to be made. One that carries our key and another
    amount was made by somebody else."""
    known = Refund.objects.filter(reference=told.id).first()
    if known or not told.refund.isdecimal():
        return known
    return Refund.objects.filter(
        pk=int(told.refund), payment=payment, way=Method.CARD, amount=amount, reference__isnull=True
    ).first()


def _made_elsewhere(told: GivenBack, amount: Decimal, payment: Payment, moment: datetime) -> Refund:
    """What we owed back anyway is not given a second time: only what is beyond it is a gift. The same sum as one that
    failed takes its place."""
    failed = to_replace().filter(payment=payment, amount=amount).order_by("pk").first()
    owed = sums_of(payment.order_id).to_give_back + (failed.amount if failed else 0)
    try:
        made = refund(
            payment_id=payment.pk,
            amount=amount,
            granted=max(amount - owed, Decimal(0)),
            reason=RefundReason.PROVIDER,
            key=told.id,
            moment=moment,
            again_of=failed,
        )
    except CannotRefund as error:
        raise DoesNotFit(f"{told.id}, {amount} đ, made on Stripe's pages: {error}") from error
    tell_refunded(made)
    return made


@transaction.atomic
def count_for_return(request: ReturnRequest, *, moment: datetime) -> None:
    """A return has ended: what was given on Stripe's pages since it was promised was given for it, as far as the promise
    goes, and is no gift any more. Until now it was not known whether the return would come to anything."""
    lock_order(pk=request.consignment.order_id)
    promised = request.changes.filter(after__in=sorted(PROMISED)).aggregate(at=Min("at"))["at"]
    gifts = Refund.objects.filter(
        payment__order=request.consignment.order_id,
        reason=RefundReason.PROVIDER,
        granted__gt=0,
        created_at__gte=promised,
    )
    left = request.refund_amount
    note = _("Tính vào yêu cầu trả hàng %(number)s") % {"number": request.number}
    for gift in gifts.order_by("pk"):
        part = min(gift.granted, left)
        if not part:
            break
        Refund.objects.filter(pk=gift.pk).update(granted=F("granted") - part)
        record(gift, gift.status, gift.status, by=SYSTEM, moment=moment, note=note)
        left -= part


def _move(found: Refund, to: RefundStatus, told: GivenBack, moment: datetime) -> bool:
    if found.reference is None:
        Refund.objects.filter(pk=found.pk, reference__isnull=True).update(reference=told.id)
    before = RefundStatus(found.status)
    if before == to or (before == RefundStatus.SUCCEEDED and to == RefundStatus.PENDING):
        return False
    if to not in NEXT[before]:
        raise DoesNotFit(f"Refund {found.pk} is {before}, Stripe's {told.id} is {told.status}")
    move_refund(refund_id=found.pk, to=to, moment=moment, note=told.failure or told.id)
    return True


def go_on_asking(moment: datetime) -> None:
    """What Stripe was never asked to give back is asked for; and once a day what is still on its way, in case the
    webhook that tells its end was lost. Safe to run at any time."""
    on_the_way = Refund.objects.filter(way=Method.CARD)
    for pk in on_the_way.filter(status=RefundStatus.DUE).values_list("pk", flat=True):
        enqueue(kind=JOB, key=str(pk))
    for pk in on_the_way.filter(status=RefundStatus.PENDING).values_list("pk", flat=True):
        enqueue(kind=JOB, key=f"{pk}:{moment:%Y%m%d}")
