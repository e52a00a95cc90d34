"""What carriers hand over, held against the cash that delivered parcels brought."""

from django.db import transaction

from marketplace.order.locking import lock_order
from marketplace.order.models import Parcel
from marketplace.payment.models import Payment

from .models import Line, LineState, Why


@transaction.atomic
def match_remittance(line: Line) -> bool:
    """Match a carrier's line, held, with the payment of its parcel, whatever the amount; whether it is.

    A line that finds none stays open and is tried again with each comparison: the parcel may be delivered later.
    """
    payment, _why = find_cash(line)
    if payment:
        lock_order(payments=payment.pk)
    free = payment is not None and not payment.lines.exists()
    Line.objects.filter(pk=line.pk, state__in=[LineState.NEW, LineState.OPEN]).update(
        **{"state": LineState.MATCHED, "payment": payment} if free else {"state": LineState.OPEN}
    )
    return free


def find_cash(line: Line) -> tuple[Payment | None, Why | None]:
    """The payment that a carrier's line hands over, or why there is none. Tracking numbers are the carrier's own."""
    if line.amount < 0:
        return None, Why.ONLY_THEIRS
    tracked = list(
        Parcel.objects.filter(carrier=line.carrier_id, tracking_number__iexact=line.tracking)
        .select_related("cash")
        .order_by("pk")
    )
    if not tracked:
        return None, Why.UNKNOWN_PARCEL
    cash = [parcel.cash for parcel in tracked if hasattr(parcel, "cash")]
    if not cash:
        return None, Why.NOT_DELIVERED
    free = [payment for payment in cash if not payment.lines.exclude(pk=line.pk).exists()]
    return (free[0], None) if free else (None, Why.TWICE)
