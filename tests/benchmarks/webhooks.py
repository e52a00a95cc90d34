"""Webhooks as Stripe sends them: fifty a second, each signed, over connections that are kept open.

An answer is timed from the moment at which its webhook was to be sent, so that a queue that grows is seen.
"""

import http.client
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.benchmarks.pages import Goal, Page
from tests.stripe_double.signing import signature

SECRET = "whsec_of_benchmarks"
A_SECOND = 50
SECONDS = 20
SENDERS = 10  # connections
PAGE = Page("webhooks, 50 a second", "/thanh-toan/stripe/", None, 8, p95_goal=50)


def measure(address: str) -> Goal:
    """Raises RuntimeError on any answer but 200: what is refused is never fast."""
    parts = urlsplit(address)
    start = time.perf_counter() + 0.5

    def sender(first: int) -> list[tuple[float, int]]:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        answers = []
        for number in range(first, A_SECOND * SECONDS, SENDERS):
            at = start + number / A_SECOND
            time.sleep(max(at - time.perf_counter(), 0))
            sql = _send(connection, number)
            answers.append(((time.perf_counter() - at) * 1000, sql))
        connection.close()
        return answers

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = [answer for mine in pool.map(sender, range(SENDERS)) for answer in mine]
    times = [milliseconds for milliseconds, _sql in answers]
    p95 = statistics.quantiles(times, n=20)[-1]
    return Goal(PAGE.name, statistics.median(times), p95, max(sql for _time, sql in answers), 0, PAGE)


def _send(connection: http.client.HTTPConnection, number: int) -> int:
    """The number of SQL queries that answering took."""
    body = json.dumps(_event(number)).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(body, SECRET, at=int(time.time())),
    }
    connection.request("POST", PAGE.path, body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"A webhook was answered with {answer.status}")
    return int(answer.headers["X-SQL-Queries"])


def _event(number: int) -> dict[str, object]:
    """About as long as Stripe's."""
    intent = {"id": f"pi_bench_{number}", "object": "payment_intent", "amount": 250_000, "currency": "vnd"}
    padding = {"description": "x" * 3000}
    return {
        "id": f"evt_bench_{number}",
        "object": "event",
        "type": "payment_intent.succeeded",
        "data": {"object": intent | padding},
    }
