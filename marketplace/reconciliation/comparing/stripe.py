"""Movements of the balance at Stripe against card payments and their refunds."""

from collections.abc import Iterator
from datetime import date

from marketplace.payment.models import (
    Dispute,
    DisputeStatus,
    Method,
    Payment,
    PaymentStatus,
    Refund,
    RefundStatus,
)
from marketplace.payment.stripe_gateway import Movement as Told
from marketplace.reconciliation.models import Movement, Why

from .days import on_day
from .pairs import Pair

CHARGES = ("charge", "payment")
REFUNDS = ("refund", "payment_refund")
FAILURES = ("refund_failure", "payment_refund_failure", "payment_failure_refund")
DISPUTES = ("adjustment",)


def keep(movements: list[Told]) -> None:
    """What Stripe told, each movement once."""
    Movement.objects.bulk_create(
        [
            Movement(
                key=one.id, at=one.at, type=one.type, source=one.source, intent=one.intent, amount=one.amount
            )
            for one in movements
            if one.type in (*CHARGES, *REFUNDS, *FAILURES, *DISPUTES)
        ],
        ignore_conflicts=True,
    )


def pairs(day: date) -> list[Pair]:
    since, until = on_day(day)
    moved = list(Movement.objects.filter(at__gte=since, at__lt=until))
    payments = {
        str(payment.reference): payment
        for payment in Payment.objects.filter(reference__in=[one.intent for one in moved], method=Method.CARD)
    }
    refunds = {
        str(refund.reference): refund
        for refund in Refund.objects.filter(reference__in=[one.source for one in moved], way=Method.CARD)
    }
    disputes = {
        row.reference: row for row in Dispute.objects.filter(reference__in=[one.source for one in moved])
    }
    told = [
        _of_dispute(one, disputes.get(one.source), payments.get(one.intent))
        if one.type in DISPUTES
        else _of_movement(one, payments.get(one.intent), refunds.get(one.source))
        for one in moved
    ]
    return [*told, *_of_ours(day)]


def _of_movement(one: Movement, payment: Payment | None, refund: Refund | None) -> Pair:
    ours, why = None, None if one.amount is not None else Why.CURRENCY
    if one.type in CHARGES and payment and payment.status == PaymentStatus.SUCCEEDED:
        ours = payment.received
    elif one.type in REFUNDS and refund:
        ours = -refund.amount
    elif one.type in FAILURES and refund and refund.status == RefundStatus.FAILED:
        ours = refund.amount
    what = f"{one.source} {one.intent}".strip()
    key = payment.pk if payment else refund.payment_id if refund else None
    return Pair(f"stripe:{one.key}", what, ours, one.amount, why, payment=key)


def _of_dispute(one: Movement, dispute: Dispute | None, payment: Payment | None) -> Pair:
    """What a buyer's bank took, and what it gave back when it decided for the shop."""
    ours = None
    if dispute and one.amount is not None:
        won = dispute.status == DisputeStatus.WON
        ours = -dispute.amount if one.amount < 0 else dispute.amount if won else None
    why = None if dispute else Why.DISPUTE
    what = f"{one.source} {one.intent}".strip()
    return Pair(f"stripe:{one.key}", what, ours, one.amount, why, payment=payment.pk if payment else None)


def _of_ours(day: date) -> Iterator[Pair]:
    """What Stripe tells nothing of, on whatever day."""
    since, until = on_day(day)
    within = {"ended_at__gte": since, "ended_at__lt": until}
    charged = Movement.objects.filter(type__in=CHARGES).values("intent")
    payments = Payment.objects.filter(method=Method.CARD, status=PaymentStatus.SUCCEEDED, **within)
    for payment in payments.exclude(reference__in=charged).select_related("order").order_by("pk"):
        what = f"{payment.order.number} {payment.reference or ''}".strip()
        yield Pair(f"stripe:payment:{payment.pk}", what, payment.received, None, payment=payment.pk)
    given = Movement.objects.filter(type__in=REFUNDS).values("source")
    refunds = Refund.objects.filter(way=Method.CARD, status=RefundStatus.SUCCEEDED, **within)
    for refund in refunds.exclude(reference__in=given).select_related("payment__order").order_by("pk"):
        what = f"{refund.payment.order.number} {refund.reference or ''}".strip()
        yield Pair(f"stripe:refund:{refund.pk}", what, -refund.amount, None, payment=refund.payment_id)
