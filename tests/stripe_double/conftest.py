"""A double, the real library in front of it, and a shop's webhook that collects what comes."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stripe

from tests.stripe_double.serving import Remote, serving

SECRET = "whsec_of_the_tests"


class Shop(ThreadingHTTPServer):
    """Keeps the events that arrive, as the library accepts them; `statuses` are answered first, then 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Webhook)
        self.url = f"http://127.0.0.1:{self.server_port}/webhook?shop=1"
        self.events: list[stripe.Event] = []
        self.statuses: list[int] = []

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]


class Webhook(BaseHTTPRequestHandler):
    server: Shop

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event = stripe.Webhook.construct_event(body, self.headers["Stripe-Signature"], SECRET)
        self.server.events.append(event)
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", self.server.url)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="session")
def running_double() -> Iterator[Remote]:
    with serving() as remote:
        yield remote


@pytest.fixture
def double(running_double: Remote) -> Remote:
    """Empty at the start of each test."""
    running_double.control("reset")
    return running_double


@pytest.fixture
def client(double: Remote) -> stripe.StripeClient:
    """The real library; it does not retry by itself, so that tests see each answer."""
    return stripe.StripeClient(
        double.secret_key, base_addresses={"api": double.address}, max_network_retries=0
    )


@pytest.fixture
def shop(double: Remote) -> Iterator[Shop]:
    server = Shop()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    double.control("webhook_endpoints", url=server.url, secret=SECRET)
    yield server
    server.shutdown()
    server.server_close()
