"""Background work of payments: Stripe is asked about cards and refunds, and orders whose end has passed unpaid are
cancelled."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.work.models import Job
from marketplace.work.queue import enqueue_many, finishing, on_every_run, take_up

from . import events
from .models import Method, Payment, PaymentStatus
from .opening import CLOSE_INTENT
from .privacy import forget_what_was_kept_longer
from .refunding import JOB
from .stripe_refunds import go_on_asking
from .sweeper import END, LOOK, end_order

logger = logging.getLogger(__name__)

MOST = 200  # in one run
EVERY = timedelta(minutes=1)  # between looks at refunds and at jobs that gave up
FIRST_LOOK = timedelta(minutes=5)  # after opening; then after twice as long each time


@on_every_run
def ask_about_cards() -> None:
    """Open card payments that somebody may have paid without our hearing of it: asked about less and less often."""
    moment = clock.now()
    started = _started().filter(created_at__lte=moment - FIRST_LOOK).order_by("pk")
    _enqueue(
        LOOK, [f"{pk}:{_step(moment - opened)}" for pk, opened in started.values_list("pk", "created_at")]
    )


@on_every_run
def end_unpaid_orders() -> None:
    """Safe to run at any time, by several workers: each order is looked at again once its row is held.

    Of an order that a card may just have paid Stripe is asked first, in a job. If it does not answer in the minutes
    of grace, the order ends all the same; what was paid then comes late, and is honoured or goes back.
    """
    moment = clock.now()
    ended = _ended(moment).annotate(asked=Exists(_started().filter(order=OuterRef("pk"))))
    grace = moment - timedelta(minutes=settings.CARD_GRACE_MINUTES)
    to_ask = []
    for order in ended[:MOST]:
        if finishing():
            return
        assert order.payment_due_at is not None
        if order.asked and order.payment_due_at > grace:
            to_ask.append(f"{order.pk}:{order.payment_due_at.timestamp():.0f}")
        else:
            _end(order)
    _enqueue(END, to_ask)


def _end(order: Order) -> None:
    """One that cannot be ended keeps no other, nor any job, waiting; it is tried again.

    Scheduled work runs outside of jobs: whatever is raised here would stop all of them, every time.
    """
    try:
        end_order(order_id=order.pk)
    except Exception:  # whatever it is, it is this order's
        logger.exception("Order %s cannot be ended", order.number)


def _ended(moment: datetime) -> QuerySet[Order]:
    waiting: QuerySet[Order] = Order.objects.filter(
        payment_state=PaymentState.AWAITING_PAYMENT, payment_due_at__lte=moment
    )
    return waiting.order_by("payment_due_at")


def _started() -> QuerySet[Payment]:
    return Payment.objects.filter(method=Method.CARD, status=PaymentStatus.OPEN, reference__isnull=False)


def _step(age: timedelta) -> int:
    """How often the time since the first look has doubled."""
    return (age // FIRST_LOOK).bit_length()


def _enqueue(kind: str, keys: list[str]) -> None:
    """Each once: what was asked for before is not even written again."""
    known = set(Job.objects.filter(kind=kind, key__in=keys).values_list("key", flat=True)) if keys else set()
    new: list[tuple[str, dict[str, Any]]] = [(key, {}) for key in keys if key not in known]
    if new:
        enqueue_many(kind=kind, jobs=new)


class Looked:
    """When this process last looked; another one looking too changes nothing."""

    at: datetime | None = None


@on_every_run
def look_after_money() -> None:
    """Refunds that are on their way, and whatever gave up while Stripe was away for long: money may wait behind it."""
    moment = clock.now()
    if Looked.at is None or abs(moment - Looked.at) >= EVERY:
        take_up(events.KIND, CLOSE_INTENT, JOB)
        go_on_asking(moment)
        forget_what_was_kept_longer()
        Looked.at = moment
