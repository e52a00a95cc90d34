"""Background work: lines of files are matched; days that are over are compared, and compared again while they differ."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min, Q

from marketplace import clock
from marketplace.payment.models import Payment
from marketplace.payment.stripe_gateway import list_movements
from marketplace.work.queue import enqueue_many, handles, on_every_run

from .comparing import stripe
from .comparing.asking import KIND, day_of, key_of
from .comparing.day import compare
from .comparing.days import on_day
from .importing import MATCH
from .models import ComparedDay, Difference, DifferenceState, Line, LineState, Source
from .taking import match_line

LATER = timedelta(days=1)  # for so long after its day a movement may still be booked
A_WHILE = timedelta(hours=1)  # after which a line that nobody looked at is looked at again


class Hourly:
    """The last hour for which this process asked; another process asking too changes nothing."""

    asked: datetime | None = None


@handles(MATCH)
def match(key: str, payload: dict[str, Any]) -> None:
    match_line(line_id=int(key), moment=clock.now())


def ask_stripe(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Outside the transaction: what moved at Stripe. Raises Away, also half way, to be tried again."""
    source, day = day_of(key)
    if source != Source.STRIPE or not settings.STRIPE_SECRET_KEY:
        return {}
    since, until = on_day(day)
    return {"movements": list_movements(since=since, until=min(until + LATER, clock.now()))}


@handles(KIND, prepare=ask_stripe, patient=True)
def compare_day(key: str, payload: dict[str, Any]) -> None:
    source, day = day_of(key)
    if "movements" in payload:
        stripe.keep(payload["movements"])
    elif source == Source.STRIPE:
        return  # nobody was asked: the day stays as it is
    compare(source=source, day=day, moment=clock.now())


@on_every_run
def compare_days_that_are_over() -> None:
    """Each hour those that were not compared yet, each day those that still differ; lines whose job gave up, too."""
    this_hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if Hourly.asked == this_hour:
        return
    today = clock.today()
    days = _days_with_money(today)
    ComparedDay.objects.bulk_create(
        [ComparedDay(source=source, day=day) for source in _asked() for day in days], ignore_conflicts=True
    )
    late = Line.objects.filter(state=LineState.NEW, imported__at__lt=this_hour - A_WHILE).order_by("pk")
    enqueue_many(kind=MATCH, jobs=[(str(key), {}) for key in late.values_list("pk", flat=True)], again=True)
    jobs: list[tuple[str, dict[str, Any]]] = [
        (key_of(Source(source), day), {}) for source, day in _due(today)
    ]
    enqueue_many(kind=KIND, jobs=jobs, again=True)
    Hourly.asked = this_hour


def _days_with_money(today: date) -> list[date]:
    """The last days that are over, since the first of which somebody tells of money."""
    first = today - timedelta(days=settings.RECONCILE_DAYS)
    told = [Line.objects.aggregate(first=Min("day"))["first"]]
    if opened := Payment.objects.aggregate(first=Min("created_at"))["first"]:
        told.append(opened.astimezone(clock.VIETNAM).date())
    since = max(first, min((day for day in told if day), default=today))
    return [since + timedelta(days=number) for number in range((today - since).days)]


def _asked() -> list[Source]:
    return [source for source in Source if source != Source.STRIPE or settings.STRIPE_SECRET_KEY]


def _due(today: date) -> list[tuple[str, date]]:
    """Days not compared, those that differ, and of carriers those whose cash may have become overdue since."""
    open_ones = Difference.objects.filter(state=DifferenceState.OPEN).values_list("source", "day").distinct()
    differ = Q()
    for source, day in open_ones:
        differ |= Q(source=source, day=day)
    overdue = Q(source=Source.CARRIER, day__gte=today - timedelta(days=settings.REMITTANCE_DAYS + 2))
    again = (differ | overdue) & Q(compared_at__lt=on_day(today)[0])
    rows = ComparedDay.objects.filter(Q(compared_at__isnull=True) | again, day__lt=today)
    return list(rows.order_by("-day").values_list("source", "day"))
