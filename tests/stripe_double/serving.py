"""Runs the double for tests: `with serving() as stripe_double: …`."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.stripe_double.account import PUBLISHABLE_KEY, SECRET_KEY
from tests.stripe_double.double import Double
from tests.stripe_double.server import Server


@dataclass(frozen=True)
class Remote:
    """A double that runs somewhere, and its control API."""

    address: str
    secret_key: str = SECRET_KEY
    publishable_key: str = PUBLISHABLE_KEY

    def control(self, path: str, **given: Any) -> Any:
        request = urllib.request.Request(
            f"{self.address}/_double/{path}",
            data=json.dumps(given).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


@contextmanager
def serving(*, host: str = "127.0.0.1", port: int = 0, later: float | None = None) -> Iterator[Remote]:
    """A double on a port of its own; port 0 chooses one. `later`: seconds until pending and failing refunds go on by
    themselves; None: when the control API says so."""
    server = Server((host, port), Double(later=later))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Remote(server.double.base)
    finally:
        server.shutdown()
        server.double.webhooks.close()
        server.server_close()
        thread.join()
