"""Events: what happened, kept to be listed (https://docs.stripe.com/api/events/list)."""

from typing import Any

from tests.stripe_double import params
from tests.stripe_double.account import Object
from tests.stripe_double.call import Call
from tests.stripe_double.errors import invalid
from tests.stripe_double.listing import LIST, page


def retrieve(call: Call) -> Object:
    return call.account.get("event", call.ids[0])


def listing(call: Call) -> Object:
    """Filters: type (with `*` at its end), types, created; delivery_success asks for those whose webhooks arrived."""
    known = LIST | {"type": params.filled, "types": params.strings, "delivery_success": params.flag}
    given = params.read(call.raw, known)
    if "type" in given and "types" in given:
        raise invalid("You may pass either 'type' or 'types', but not both.", param="type")
    whole = page(call, "event", {**given, "limit": 10**9}, url="/v1/events")
    kept = [event for event in whole["data"] if asked_for(event, given)]
    size = given.get("limit", 10)
    data = kept[-size:] if "ending_before" in given else kept[:size]
    return {**whole, "data": data, "has_more": len(kept) > size}


def asked_for(event: Object, given: dict[str, Any]) -> bool:
    wanted = [given["type"]] if "type" in given else given.get("types")
    if wanted is not None and not any(matches(pattern, event["type"]) for pattern in wanted):
        return False
    arrived = event["pending_webhooks"] == 0
    return "delivery_success" not in given or given["delivery_success"] == arrived


def matches(pattern: str, kind: str) -> bool:
    """`payment_intent.*` and `*` stand for groups, as `enabled_events` of webhook endpoints do, too."""
    return kind.startswith(pattern[:-1]) if pattern.endswith("*") else kind == pattern
