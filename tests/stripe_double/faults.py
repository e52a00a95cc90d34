"""The fault plan: which call of which operation goes wrong, and how.

An operation is `METHOD /path` with `*` for one part of the path: `POST /v1/payment_intents/*/confirm`.

| kind | what happens |
|---|---|
| delay | the call is worked on only after `seconds`; its idempotency key is in use meanwhile |
| delay_after | done, webhooks sent, then the answer comes only after `seconds` |
| error_before | `status` (500, 503, 429) in front of the endpoint: nothing done, no key kept |
| error_after | done and kept under the key, but `status` comes back; a retry with the key gets the real answer |
| error_saved | done, and the endpoint itself answers 500, which its key keeps: "Subsequent requests with the same key \
return the same result, including 500 errors" |
| cut_before | the connection is cut, nothing done |
| cut_after | done, then the connection is cut without an answer |
| webhook_drop, webhook_duplicate, webhook_reorder, webhook_delay | what becomes of the webhooks of the call |
| processing | the card's payment stays `processing` until the control API settles it |
"""

import threading
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from tests.stripe_double.errors import Refused

KINDS = frozenset(
    "delay delay_after error_before error_after error_saved cut_before cut_after webhook_drop webhook_duplicate "
    "webhook_reorder webhook_delay processing".split()
)


@dataclass
class Rule:
    """Fires from the `nth` matching call after it was set, `times` times. `events`: a pattern that narrows webhook
    faults to some types. Of several rules of one kind that fire for a call, the one set last counts."""

    operation: str
    kind: str
    nth: int = 1
    times: int = 1
    status: int = 500
    seconds: float = 0.0
    events: str = "*"
    seen: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Unknown fault {self.kind}: one of {', '.join(sorted(KINDS))}")

    def fires(self) -> bool:
        """Counts one more matching call."""
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


@dataclass
class Plan:
    rules: list[Rule] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, given: dict[str, Any]) -> Rule:
        rule = Rule(**given)
        with self.lock:
            self.rules.append(rule)
        return rule

    def clear(self) -> None:
        with self.lock:
            self.rules.clear()

    def of(self, operation: str) -> list[Rule]:
        """The rules that fire for this call."""
        with self.lock:
            return [rule for rule in self.rules if matches(rule.operation, operation) and rule.fires()]

    def shown(self) -> list[dict[str, Any]]:
        with self.lock:
            return [asdict(rule) for rule in self.rules]


def matches(pattern: str, operation: str) -> bool:
    wanted, given = pattern.split("/"), operation.split("/")
    return len(wanted) == len(given) and all(map(fnmatchcase, given, wanted))


def error(rule: Rule) -> Refused:
    """The body Stripe sends with the status (https://docs.stripe.com/api/errors, /rate-limits)."""
    if rule.status == 429:
        return Refused(
            429,
            "invalid_request_error",
            "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
            saved=False,
            code="rate_limit",
            headers={"Stripe-Rate-Limited-Reason": "global-rate"},
        )
    # "we expect the stripe-should-retry header to be false in most cases when a 500 is returned, since our idempotency
    # framework would typically replay it anyway" (stripe-python, _http_client.py)
    headers = {"Stripe-Should-Retry": "false"} if rule.kind == "error_saved" else {}
    return Refused(
        rule.status,
        "api_error",
        "An unknown error occurred.",
        saved=rule.kind == "error_saved",
        headers=headers,
    )
