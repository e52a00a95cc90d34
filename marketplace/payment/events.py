"""What webhooks tell is worked off here, in the background: safe in any order, twice, or late.

Of an event only the payment's id is believed. How the payment stands is asked of Stripe anew, so that an event that was
overtaken by another tells nothing wrong.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from marketplace import clock
from marketplace.work.queue import enqueue, handles

from . import card
from .disputes import UnknownDispute, take_dispute
from .models import EventState, ProviderEvent
from .receiving import AmountDiffers
from .stripe_gateway import FoundDispute, Intent, Refused, retrieve_dispute, retrieve_intent

KIND = "payment.event"


@transaction.atomic
def keep_event(event: dict[str, Any]) -> bool:
    """Put an event whose signature was right into the inbox, and have it worked off. False for one that is there."""
    key = str(event["id"])[:255]
    _row, new = ProviderEvent.objects.get_or_create(
        key=key,
        defaults={"type": str(event["type"])[:100], "payload": event, "received_at": clock.now()},
    )
    if new:
        enqueue(kind=KIND, key=key)
    return new


def ask(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Outside the transaction: how that which the event names stands now. Raises Away, to be tried again."""
    event = ProviderEvent.objects.get(key=key)
    for about, (retrieve, _take) in ABOUT.items():
        if event.type.startswith(about):
            try:
                return {"about": about, "found": retrieve(str(event.payload["data"]["object"]["id"]))}
            except (Refused, ValueError) as error:
                return {"error": str(error)}
    return {}


@handles(KIND, prepare=ask)
def work_off(key: str, payload: dict[str, Any]) -> None:
    error = payload.get("error", "")
    state = EventState.FAILED if error else EventState.IGNORED
    if "about" in payload:
        _retrieve, take = ABOUT[payload["about"]]
        error = take(payload["found"])
        state = EventState.FAILED if error else EventState.DONE
    ProviderEvent.objects.filter(key=key).update(state=state, error=error)


def _take_intent(intent: Intent) -> str:
    payment = card.payment_of(intent)
    if payment is None:
        return f"No payment of ours has the intent {intent.id}"
    try:
        card.take(payment, intent)
    except AmountDiffers as error:
        return str(error)
    return ""


def _take_dispute(found: FoundDispute) -> str:
    try:
        take_dispute(found)
    except UnknownDispute as error:
        return str(error)
    return ""


#: What events tell of, by the beginning of their type: how it is asked for, and what takes it and says what is wrong.
ABOUT: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "payment_intent.": (retrieve_intent, _take_intent),
    "charge.dispute.": (retrieve_dispute, _take_dispute),
}
