"""One call of the API while it is worked on: what was asked, by whom, and what it sets off."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.stripe_double.account import API_VERSION, Account, Object, new_id, now, snapshot


@dataclass
class Call:
    """`raw`: parameters as sent. `ids`: what the path names. `publishable`: made with the publishable key, so from a
    browser. `events`: what it raised, in order. `later`: what Stripe does right after it has answered.
    `some_time_later`: what it does after that, in a call of its own."""

    account: Account
    raw: dict[str, Any]
    ids: tuple[str, ...] = ()
    publishable: bool = False
    request_id: str = ""
    idempotency_key: str | None = None
    base: str = ""
    stays_processing: bool = False
    events: list[Object] = field(default_factory=list)
    later: list[Callable[[], None]] = field(default_factory=list)
    some_time_later: list[Callable[["Call"], None]] = field(default_factory=list)

    def emit(self, kind: str, one: Object, *, before: Object | None = None) -> None:
        """Raises an event with the object as it is now; `before`: what an update changed, as it was
        (https://docs.stripe.com/api/events/object)."""
        data: Object = {"object": snapshot(one)}
        if before is not None:
            data["previous_attributes"] = snapshot(before)
        event = {
            "id": new_id("evt_"),
            "object": "event",
            "api_version": API_VERSION,
            "created": now(),
            "data": data,
            "livemode": False,
            "pending_webhooks": 0,
            "request": {"id": self.request_id or None, "idempotency_key": self.idempotency_key},
            "type": kind,
        }
        self.account.add(event)
        self.events.append(event)
