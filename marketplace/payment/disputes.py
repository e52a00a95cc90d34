"""Disputes: what a buyer's bank takes back is noted, and not given back once more. Evidence is sent in Stripe's own
dashboard; how the dispute stands comes from there."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from marketplace import clock
from marketplace.order.locking import lock_order
from marketplace.order.models import Consignment

from .models import Dispute, DisputeStatus, Payment, RefundReason
from .models.dispute import ENDED
from .refunding import give_back_owed
from .stripe_gateway import FoundDispute

_ours = {
    "warning_needs_response": DisputeStatus.INQUIRY,
    "warning_under_review": DisputeStatus.INQUIRY,
    "warning_closed": DisputeStatus.WON,
    "needs_response": DisputeStatus.OPEN,
    "under_review": DisputeStatus.OPEN,
    "prevented": DisputeStatus.WON,
    "won": DisputeStatus.WON,
    "lost": DisputeStatus.LOST,
}


class UnknownDispute(ValueError):
    """It belongs to no payment of ours, is not in đồng, or stands in a way that Stripe has told nobody of. Nothing was
    changed."""


@transaction.atomic
def take_dispute(found: FoundDispute) -> Dispute:
    """Write down how a dispute stands; told again, or late, it changes nothing. What has ended stays so.

    Raises UnknownDispute.
    """
    payment = Payment.objects.filter(reference=found.intent).first()
    if payment is None or found.status not in _ours or found.amount is None:
        raise UnknownDispute(f"{found.id} of {found.intent}: {found.status}, in {found.currency}")
    lock_order(payments=payment.pk)
    moment, status = clock.now(), _ours[found.status]
    known = {
        "payment": payment,
        "reason": found.reason[:64],
        "opened_at": found.opened_at,
    }
    fresh = {
        "status": status,
        "amount": found.amount,
        "consignment": _part(payment, found.amount),
        "answer_due_at": found.answer_due_at,
        "ended_at": moment if status in ENDED else None,
    }
    made, new = Dispute.objects.get_or_create(reference=found.id, defaults=fresh | known)
    if not new:
        Dispute.objects.filter(pk=made.pk).exclude(status__in=sorted(ENDED)).update(**fresh)
        made.refresh_from_db()
    if status == DisputeStatus.WON:
        _give_back_what_waited(made, moment)
    return made


def _give_back_what_waited(won: Dispute, moment: datetime) -> None:
    """The bank's decision has freed the money: what was cancelled or returned meanwhile can go back now."""
    give_back_owed(
        order_id=won.payment.order_id,
        reason=RefundReason.CANCELLED,
        key=f"dispute-{won.pk}",
        moment=moment,
    )


def _part(payment: Payment, amount: Decimal) -> Consignment | None:
    """The producer's part that a dispute of this amount is about: the one, of several, that costs just that. Otherwise
    nobody's to guess: it may be about anything."""
    parts = list(Consignment.objects.filter(order=payment.order_id))
    alike = [part for part in parts if part.total == amount]
    return alike[0] if len(parts) > 1 and len(alike) == 1 else None
