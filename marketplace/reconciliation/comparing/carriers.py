"""Remittances of carriers against the cash of delivered parcels."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from marketplace import clock
from marketplace.payment.models import Method, Payment, PaymentStatus
from marketplace.reconciliation.models import Line, LineState, Why
from marketplace.reconciliation.remittances import find_cash, match_remittance
from marketplace.shipping.models import Way

from .days import on_day
from .pairs import Pair


def match_again(day: date) -> None:
    """A parcel may be marked delivered only after its carrier handed the money over."""
    waiting = Line.objects.filter(day=day, carrier__isnull=False, state__in=[LineState.NEW, LineState.OPEN])
    for line in waiting.order_by("pk").select_for_update(of=("self",)):
        match_remittance(line)


def pairs(day: date) -> list[Pair]:
    of_carriers = Line.objects.filter(day=day, carrier__isnull=False).order_by("pk")
    lines = of_carriers.select_related("carrier", "payment")
    return [*(_of_line(line) for line in lines), *_overdue(day)]


def _of_line(line: Line) -> Pair:
    """What was collected is compared; a fee that was kept is a difference even where that agrees, since it is money
    that did not come."""
    ours, why, theirs = None, None, line.amount
    if line.payment:
        ours = line.payment.received
        if line.fee and ours in {line.amount, line.amount + line.fee}:
            theirs, why = (ours or Decimal(0)) - line.fee, Why.FEE
    else:
        why = find_cash(line)[1] or Why.OPEN
    what = f"{line.carrier} {line.tracking}"
    return Pair(f"carrier:line:{line.pk}", what, ours, theirs, why, payment=line.payment_id, line=line.pk)


def _overdue(day: date) -> Iterator[Pair]:
    """Cash of parcels delivered on this day that no remittance told of in time. What was fetched at the producer's place
    was paid there; a parcel that was sent without naming its carrier is asked about all the same."""
    if clock.today() <= day + timedelta(days=settings.REMITTANCE_DAYS):
        return
    since, until = on_day(day)
    cash = Payment.objects.filter(
        method=Method.CASH,
        status=PaymentStatus.SUCCEEDED,
        lines__isnull=True,
        parcel__consignment__way=Way.DELIVERY,
        ended_at__gte=since,
        ended_at__lt=until,
    )
    for payment in cash.select_related("parcel__carrier").order_by("pk"):
        assert payment.parcel is not None
        what = f"{payment.parcel.carrier or ''} {payment.parcel.tracking_number or payment.parcel}".strip()
        yield Pair(
            f"carrier:payment:{payment.pk}", what, payment.received, None, Why.OVERDUE, payment=payment.pk
        )
