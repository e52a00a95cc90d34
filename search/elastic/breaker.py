"""The circuit breaker: after some failures in a row nobody waits for a time-out any more.

1. closed: everybody asks Elasticsearch
2. open, after MOST_FAILURES in a row: nobody does, for PAUSE seconds
3. half open: one request tries; when it is answered the circuit closes, else it stays open for another pause

Each server process has its own.
"""

import time
from threading import Lock

MOST_FAILURES = 3
PAUSE = 5.0


class Breaker:
    """Says who may ask, and hears how it went. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.close()

    def close(self) -> None:
        self._failures = 0
        self._open_until: float | None = None

    @property
    def is_closed(self) -> bool:
        return self._open_until is None

    def may_ask(self) -> bool:
        """Whether this request may ask. After a pause the first one to ask is the probe; the others wait on."""
        with self._lock:
            if self._open_until is None:
                return True
            if time.monotonic() < self._open_until:
                return False
            self._open_until = time.monotonic() + PAUSE
            return True

    def answered(self) -> None:
        with self._lock:
            self.close()

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._open_until is not None or self._failures >= MOST_FAILURES:
                self._open_until = time.monotonic() + PAUSE


breaker = Breaker()
