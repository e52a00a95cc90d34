"""Idempotency keys (https://docs.stripe.com/api/idempotent_requests).

- A key keeps the status and body of its first request, errors of the endpoint included.
- The same key with other parameters, or for another endpoint, is an `idempotency_error` (400).
- The same key while its first request is still worked on is a conflict (409, `idempotency_key_in_use`).
- What fails before the endpoint's execution begins is not kept.
- Keys can be removed "after they're at least 24 hours old"; then the same key is a new request.
- Only POST; at most 255 characters.
"""

import threading
import time
from dataclasses import dataclass, field

from tests.stripe_double.errors import idempotency, invalid

LONGEST = 255
KEPT_SECONDS = 24 * 3600


@dataclass
class Kept:
    """`answer`: status and body once the request is done. `request_id`: of the first request."""

    operation: str
    fingerprint: str
    request_id: str
    at: float
    answer: tuple[int, bytes] | None = None


@dataclass
class Keys:
    kept: dict[str, Kept] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, key: str, operation: str, fingerprint: str, request_id: str) -> Kept | None:
        """What the key answered before; None if this is its first request, which must `finish` or `abandon` it."""
        if len(key) > LONGEST:
            raise invalid(f"Idempotency keys can be up to {LONGEST} characters long.", saved=False)
        with self.lock:
            first = self.kept.get(key)
            if first is None or time.time() - first.at > KEPT_SECONDS:
                self.kept[key] = Kept(operation, fingerprint, request_id, time.time())
                return None
            if first.operation != operation:
                raise idempotency(
                    400,
                    "Keys for idempotent requests can only be used for the same endpoint they were first used for "
                    f"('{operation}' vs '{first.operation}'). Try using a key other than '{key}' if you meant to "
                    "execute a different request.",
                )
            if first.fingerprint != fingerprint:
                raise idempotency(
                    400,
                    "Keys for idempotent requests can only be used with the same parameters they were first used "
                    f"with. Try using a key other than '{key}' if you meant to execute a different request.",
                )
            if first.answer is None:
                raise idempotency(
                    409,
                    "There is currently another in-progress request using this Idempotent Key (that probably means "
                    "you submitted twice, and the other request is still going through): "
                    f"{key}. Please try again later.",
                    code="idempotency_key_in_use",
                )
            return first

    def finish(self, key: str, status: int, body: bytes) -> None:
        with self.lock:
            if key in self.kept:
                self.kept[key].answer = (status, body)

    def abandon(self, key: str) -> None:
        with self.lock:
            self.kept.pop(key, None)

    def expire(self, key: str | None) -> None:
        """Removes one key, or all that have an answer, as if their day were over."""
        with self.lock:
            for name in [key] if key else list(self.kept):
                if name in self.kept and self.kept[name].answer:
                    del self.kept[name]
