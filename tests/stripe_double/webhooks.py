"""Webhooks: every event goes to every endpoint that wants it, signed, and again until it is answered 2xx.

https://docs.stripe.com/webhooks: any other status, a redirect among them, and no answer in time are failures, retried
with growing pauses (test mode: three times over a few hours; here seconds); order is not guaranteed, and an event can
come more than once. Several deliveries run at a time, so the order is not guaranteed here either. Tests that want an
order hold deliveries and release them one by one.
"""

import heapq
import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.stripe_double.account import Object, new_id
from tests.stripe_double.events import matches
from tests.stripe_double.signing import signature

WORKERS = 8
ANSWER_SECONDS = 10
CLOSING_SECONDS = 2
RETRIES = (1.0, 5.0, 25.0)


@dataclass
class Endpoint:
    url: str
    secret: str
    enabled_events: list[str] = field(default_factory=lambda: ["*"])
    id: str = field(default_factory=lambda: new_id("we_"))


@dataclass
class Delivery:
    """`state`: waiting, held, delivered, failed (no retry left) or dropped. `attempts`: when, and what was answered."""

    endpoint: Endpoint
    event: Object
    state: str = "waiting"
    attempts: list[dict[str, Any]] = field(default_factory=list)
    busy: bool = False

    def shown(self) -> dict[str, Any]:
        return {
            "event": self.event["id"],
            "type": self.event["type"],
            "object": self.event["data"]["object"]["id"],
            "endpoint": self.endpoint.id,
            "url": self.endpoint.url,
            "state": self.state,
            "attempts": list(self.attempts),
        }


class Webhooks:
    def __init__(self) -> None:
        self.endpoints: list[Endpoint] = []
        self.deliveries: list[Delivery] = []
        self.retries: tuple[float, ...] = RETRIES
        self.holding = False
        self.closed = False
        self.due: list[tuple[float, int, Delivery]] = []
        self.count = 0
        self.changed = threading.Condition()
        self.workers = [threading.Thread(target=self.work, daemon=True) for _ in range(WORKERS)]
        for worker in self.workers:
            worker.start()

    def register(self, url: str, secret: str, enabled_events: list[str] | None = None) -> Endpoint:
        endpoint = Endpoint(url, secret, enabled_events or ["*"])
        with self.changed:
            self.endpoints.append(endpoint)
        return endpoint

    def send(self, event: Object, *, after: float = 0.0, dropped: bool = False) -> list[Delivery]:
        """Makes one delivery for each endpoint that wants the event; `after` seconds it is due."""
        with self.changed:
            made = [
                Delivery(endpoint, event)
                for endpoint in self.endpoints
                if any(matches(pattern, event["type"]) for pattern in endpoint.enabled_events)
            ]
            self.deliveries += made
            event["pending_webhooks"] += len(made)
            for delivery in made:
                if dropped:
                    delivery.state = "dropped"
                elif self.holding:
                    delivery.state = "held"
                else:
                    self.schedule(delivery, after)
        return made

    def schedule(self, delivery: Delivery, after: float) -> None:
        self.count += 1
        heapq.heappush(self.due, (time.monotonic() + after, self.count, delivery))
        self.changed.notify_all()

    def work(self) -> None:
        while delivery := self.next():
            self.attempt(delivery)

    def next(self) -> Delivery | None:
        with self.changed:
            while not self.closed:
                pause = self.due[0][0] - time.monotonic() if self.due else None
                if pause is None or pause > 0:
                    self.changed.wait(pause)
                    continue
                delivery = heapq.heappop(self.due)[2]
                if delivery.state == "waiting" and not delivery.busy:
                    delivery.busy = True
                    return delivery
        return None

    def attempt(self, delivery: Delivery) -> None:
        """Sends once and notes what came back; a failure is due again while pauses are left."""
        started = time.time()
        status, problem = post(delivery.endpoint, delivery.event)
        with self.changed:
            delivery.busy = False
            delivery.attempts.append({"at": started, "status": status, "error": problem})
            if status is not None and 200 <= status < 300:
                if delivery.state != "delivered":
                    delivery.event["pending_webhooks"] = max(0, delivery.event["pending_webhooks"] - 1)
                delivery.state = "delivered"
            elif delivery.state != "delivered":
                self.after_failure(delivery)
            self.changed.notify_all()

    def after_failure(self, delivery: Delivery) -> None:
        tries = len(delivery.attempts)
        if self.holding:
            delivery.state = "held"
        elif tries <= len(self.retries):
            delivery.state = "waiting"
            self.schedule(delivery, self.retries[tries - 1])
        else:
            delivery.state = "failed"

    def hold(self) -> None:
        """From now on nothing leaves by itself."""
        with self.changed:
            self.holding = True
            for delivery in self.deliveries:
                if delivery.state == "waiting" and not delivery.busy:
                    delivery.state = "held"
            self.due.clear()

    def resume(self) -> None:
        with self.changed:
            self.holding = False
            for delivery in self.deliveries:
                if delivery.state == "held":
                    delivery.state = "waiting"
                    self.schedule(delivery, 0.0)

    def deliver(self, wanted: list[str] | None) -> list[Delivery]:
        """Sends now, one after another in this order: event ids or types; None: everything held. What was delivered
        before is sent again, as Stripe may."""
        if wanted is None:
            chosen = [delivery for delivery in self.deliveries if delivery.state == "held"]
        else:
            chosen = [
                delivery
                for name in wanted
                for delivery in self.deliveries
                if name in {delivery.event["id"], delivery.event["type"]}
            ]
        for delivery in chosen:
            self.attempt(delivery)
        return chosen

    def settle(self, seconds: float) -> bool:
        """Waits until nothing is on its way any more; False if that took too long."""
        end = time.monotonic() + seconds
        with self.changed:
            while any(delivery.busy or delivery.state == "waiting" for delivery in self.deliveries):
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self.changed.wait(left)
        return True

    def close(self) -> None:
        """Sends nothing more, and waits a little for what is on its way."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
        end = time.monotonic() + CLOSING_SECONDS
        for worker in self.workers:
            worker.join(max(0.0, end - time.monotonic()))


def post(endpoint: Endpoint, event: Object) -> tuple[int | None, str | None]:
    """The status answered, or why there was none."""
    body = json.dumps(event, indent=2, ensure_ascii=False).encode()
    address = urlsplit(endpoint.url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(str(address.hostname), address.port, timeout=ANSWER_SECONDS)
    path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    try:
        connection.request(
            "POST",
            path,
            body,
            {
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
                "Stripe-Signature": signature(body, endpoint.secret, at=int(time.time())),
            },
        )
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as problem:
        return None, f"{type(problem).__name__}: {problem}"
    finally:
        connection.close()
    return answer.status, None
