"""What webhooks tell is worked off here, in the background: safe in any order, twice, or late.

Of an event only the payment's id is believed. How the payment stands is asked of Stripe anew, so that an event that was
overtaken by another tells nothing wrong.
"""

from typing import Any

from django.db import transaction

from marketplace import clock
from marketplace.work.queue import enqueue, handles

from .card import payment_of
from .models import EventState, ProviderEvent
from .receiving import AmountDiffers, receive
from .stripe_gateway import SUCCEEDED, Intent, Refused, retrieve_intent

KIND = "payment.event"
ABOUT_INTENTS = "payment_intent."


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
    """Outside the transaction: how the intent that the event names stands now. Raises Away, to be tried again."""
    event = ProviderEvent.objects.get(key=key)
    if not event.type.startswith(ABOUT_INTENTS):
        return {}
    try:
        return {"intent": retrieve_intent(str(event.payload["data"]["object"]["id"]))}
    except Refused as error:
        return {"error": str(error)}


@handles(KIND, prepare=ask)
def work_off(key: str, payload: dict[str, Any]) -> None:
    intent: Intent | None = payload.get("intent")
    error = payload.get("error", "")
    state = EventState.FAILED if error else EventState.IGNORED
    if intent is not None:
        state, error = _take(intent)
    ProviderEvent.objects.filter(key=key).update(state=state, error=error)


def _take(intent: Intent) -> tuple[EventState, str]:
    payment = payment_of(intent)
    if payment is None:
        return EventState.FAILED, f"No payment of ours has the intent {intent.id}"
    if intent.status != SUCCEEDED:
        return EventState.DONE, ""
    try:
        receive(payment_id=payment.pk, amount=intent.amount, moment=clock.now(), note=intent.id)
    except AmountDiffers as error:
        return EventState.FAILED, str(error)
    return EventState.DONE, ""
