"""What webhooks tell is worked off here, in the background: safe in any order, twice, or late.

Of an event only the id of what it is about is believed. How that stands is asked of Stripe anew, so that an event that
was overtaken by another tells nothing wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from marketplace import clock
from marketplace.work.queue import enqueue, handles

from . import card
from .disputes import UnknownDispute, take_dispute
from .models import EventState, ProviderEvent
from .receiving import AmountDiffers
from .stripe_gateway import (
    GivenBack,
    Intent,
    Refused,
    refunds_of,
    retrieve_dispute,
    retrieve_intent,
    retrieve_refund,
)
from .stripe_refunds import DoesNotFit, note_others, note_refund
from .unusable import fits_after_all, tell_of_event

KIND = "payment.event"
#: All that is kept of an event's object: who it is and what it belongs to. The rest names persons and cards.
NEEDED = ("id", "object", "status", "amount", "currency", "payment_intent", "charge", "metadata")

State = tuple[EventState, str]


class Unusable(ValueError):
    """The event cannot be worked off; the text says why, for staff."""


@dataclass(frozen=True)
class About:
    """What is done with events whose type begins with `starts`: `ask` Stripe how it stands, outside the transaction,
    given the event's object, and `take` that. `ask` raises Away, Refused and Unusable, `take` raises Unusable."""

    starts: tuple[str, ...]
    ask: Callable[[dict[str, Any]], Any]
    take: Callable[[Any], object]


def needed(event: dict[str, Any]) -> dict[str, Any]:
    """The event without what is not used."""
    told = (event.get("data") or {}).get("object") or {}
    kept = {name: told[name] for name in NEEDED if name in told}
    return {
        "id": event["id"],
        "type": event["type"],
        "created": event.get("created"),
        "data": {"object": kept},
    }


@transaction.atomic
def keep_event(event: dict[str, Any]) -> bool:
    """Put an event whose signature was right into the inbox, and have it worked off. False for one that is there."""
    key = str(event["id"])[:255]
    _row, new = ProviderEvent.objects.get_or_create(
        key=key,
        defaults={"type": str(event["type"])[:100], "payload": needed(event), "received_at": clock.now()},
    )
    if new:
        enqueue(kind=KIND, key=key)
    return new


def ask(key: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Outside the transaction: how what the event is about stands now. Raises Away, to be tried again."""
    event = ProviderEvent.objects.get(key=key)
    about = _about(event.type)
    if about is None:
        return {}
    try:
        return {"told": about.ask(event.payload["data"]["object"])}
    except (Refused, Unusable) as error:
        return {"error": str(error)}


@handles(KIND, prepare=ask)
def work_off(key: str, payload: dict[str, Any]) -> None:
    event = ProviderEvent.objects.get(key=key)
    state, why = _worked_off(event, payload)
    if state == EventState.FAILED:
        tell_of_event(event, why=why)
        return
    ProviderEvent.objects.filter(key=key).update(state=state, error=why)
    if state == EventState.DONE:
        fits_after_all(str(event.payload["data"]["object"].get("id")))


def _worked_off(event: ProviderEvent, payload: dict[str, Any]) -> State:
    about = _about(event.type)
    if payload.get("error"):
        return EventState.FAILED, payload["error"]
    if about is None or "told" not in payload:
        return EventState.IGNORED, ""
    try:
        with transaction.atomic():
            about.take(payload["told"])
    except (Unusable, AmountDiffers, DoesNotFit, UnknownDispute) as error:
        return EventState.FAILED, str(error)
    return EventState.DONE, ""


def _about(type_: str) -> About | None:
    return next((one for one in ABOUT if type_.startswith(one.starts)), None)


def _named(told: dict[str, Any], what: str = "id") -> str:
    """What an event's object says whom to ask about. Raises Unusable where it says nothing: asking again would not help."""
    found = told.get(what)
    if not found:
        raise Unusable(f"The event's object has no {what}")
    return str(found)


def _take_intent(intent: Intent) -> None:
    payment = card.payment_of(intent)
    if payment is None:
        raise Unusable(f"No payment of ours has the intent {intent.id}")
    card.take(payment, intent)


def _take_refund(told: GivenBack) -> None:
    note_refund(told, moment=clock.now())


ABOUT = (
    About(("payment_intent.",), lambda told: retrieve_intent(_named(told)), _take_intent),
    About(("charge.dispute.",), lambda told: retrieve_dispute(_named(told)), take_dispute),
    About(("refund.", "charge.refund."), lambda told: retrieve_refund(_named(told)), _take_refund),
    About(("charge.refunded",), lambda told: refunds_of(_named(told, "payment_intent")), note_others),
)
