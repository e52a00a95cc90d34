"""Asks Stripe itself, where no browser came back and no webhook came: the jobs that jobs.py asks for.

Stripe is asked in `prepare`, before the job's transaction. While it is Away the job comes again.
"""

from typing import Any

from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.order.paying import expire
from marketplace.work.queue import handles

from .card import take, tell_differs
from .models import Method, Payment, PaymentStatus
from .opening import CLOSE_INTENT
from .receiving import AmountDiffers
from .stripe_gateway import (
    CANCELED,
    PROCESSING,
    SUCCEEDED,
    Intent,
    Refused,
    cancel_intent,
    retrieve_intent,
)

LOOK, END = "payment.look", "payment.end"


class Unsettled(RuntimeError):
    """The bank has not said yet whether the card is charged: to be asked again."""


def _ask(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    payment = Payment.objects.get(pk=int(key.partition(":")[0]))
    if payment.status != PaymentStatus.OPEN or not payment.reference:
        return {}
    try:
        return {"intent": retrieve_intent(payment.reference)}
    except Refused:
        return {}


@handles(LOOK, prepare=_ask)
def look_at_payment(key: str, payload: dict[str, Any]) -> None:
    """Take what an open card payment has brought. `key`: payment and the how many-th time."""
    _take(int(key.partition(":")[0]), payload.get("intent"))


def _close(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    payment = Payment.objects.get(pk=int(key))
    if payment.status != PaymentStatus.CANCELLED or not payment.reference:
        return {}
    return {"intent": _closed(payment.reference)}


@handles(CLOSE_INTENT, prepare=_close)
def close_intent(key: str, payload: dict[str, Any]) -> None:
    """A payment that was given up is given up at Stripe; if the card was faster, its money is taken as late."""
    _take(int(key), payload.get("intent"))


def _close_before_the_end(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    order = Order.objects.get(pk=int(key.partition(":")[0]))
    if not _has_ended(order):
        return {}
    payment = started(order)
    if payment is None or not payment.reference:
        return {"end": True}
    return {"end": True, "payment": payment.pk, "intent": _closed(payment.reference)}


@handles(END, prepare=_close_before_the_end)
def end_after_asking(key: str, payload: dict[str, Any]) -> None:
    """The end of an order that somebody may just have paid by card. `key`: order and the end that has passed."""
    if not payload.get("end") or _take(payload.get("payment"), payload.get("intent")):
        return
    end_order(order_id=int(key.partition(":")[0]))


def end_order(*, order_id: int) -> bool:
    """Cancel an order whose end has passed unpaid, and with it its payments (receivers.py). False if it is not such.
    Asks nobody."""
    return expire(order_id=order_id, moment=clock.now())


def started(order: Order) -> Payment | None:
    """The open card payment whose intent a browser may have."""
    found: Payment | None = order.payments.filter(
        method=Method.CARD, status=PaymentStatus.OPEN, reference__isnull=False
    ).first()
    return found


def _has_ended(order: Order) -> bool:
    due = order.payment_due_at
    return order.payment_state == PaymentState.AWAITING_PAYMENT and due is not None and due <= clock.now()


def _closed(reference: str) -> Intent | None:
    """The intent, paid or cancelled; None if Stripe does not know it. Raises Away, and Unsettled for anything else."""
    try:
        intent = retrieve_intent(reference)
        if intent.status not in (SUCCEEDED, CANCELED, PROCESSING):
            intent = cancel_intent(reference)
    except Refused:
        return None
    if intent.status not in (SUCCEEDED, CANCELED):
        raise Unsettled(f"{reference} is {intent.status}")
    return intent


def _take(payment_id: int | None, intent: Intent | None) -> bool:
    """Whether money had come. Too little, or not đồng, is left to staff."""
    if payment_id is None or intent is None:
        return False
    payment = Payment.objects.get(pk=payment_id)
    try:
        return take(payment, intent)
    except AmountDiffers as error:
        tell_differs(payment, error)
        return False
