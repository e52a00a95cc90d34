"""The same shop with Elasticsearch: a real node beside it, its pages, eight visitors at once, and making the index."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from scripts import elasticsearch_node
from tests.benchmarks.pages import Client, Goal, Page, public, some_products, timed

ROOT = Path(__file__).parents[2]
VISITORS = 8
LEAST_RATIO = 0.25
MOST_SECONDS = 20


Serve = Callable[..., AbstractContextManager[str]]
"""Starts the shop's server; its warnings go to `log`."""


@dataclass(frozen=True)
class Measured:
    """Rows as those of the database engine, and what is told of the whole, each with whether it misses its goal."""

    rows: list[Goal]
    told: list[tuple[str, bool]]


def measure(serve: Serve, *, size: int, rounds: int, full: bool) -> Measured:
    """Start a node, fill it twice, and ask for the pages that search. Raises elasticsearch_node.Missing."""
    with elasticsearch_node.throwaway(heap="1g") as node:
        os.environ["ELASTICSEARCH_URL"] = node.url
        try:
            _rebuild()
            seconds = _rebuild()
            with watched(serve) as address:
                rows = [timed(Client(address), page, rounds) for page in _pages(address, size)]
                raw, whole = _both(node.url, address, rounds)
        finally:
            del os.environ["ELASTICSEARCH_URL"]
    anew = f"index of {size} products made anew on a warm node in {seconds:.1f} s (goal {MOST_SECONDS})"
    share = f"{whole / raw:.2f} times the node's own {raw:.0f} answers (goal {LEAST_RATIO})"
    at_once = f"browse with {VISITORS} visitors at once: {whole:.0f} pages a second, {share}"
    late, few = seconds > MOST_SECONDS, whole < LEAST_RATIO * raw
    return Measured(rows, [(anew, full and late), (at_once, full and few)])


@contextmanager
def watched(serve: Serve) -> Iterator[str]:
    """The served shop; ends the program if the database engine stood in for Elasticsearch meanwhile."""
    with tempfile.TemporaryFile("w+") as log:
        with serve(log=log) as address:
            yield address
        log.seek(0)
        complaints = log.read()
    if "Elasticsearch does not answer" in complaints:
        raise SystemExit(f"The database engine stood in:\n{complaints[-3000:]}")


def _rebuild() -> float:
    started = time.monotonic()
    command = ["manage.py", "search_index", "rebuild", "--engine", "elasticsearch"]
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return time.monotonic() - started


def _pages(address: str, size: int) -> list[Page]:
    """Lists and searches, with this engine's goals, and a suggestion."""
    pages = public(some_products(Client(address))[0], min(30, size // 24))
    lists = [page for page in pages if page.name.startswith(("browse", "search"))]
    goals = [replace(page, p50_goal=35, p95_goal=70, sql_goal=5) for page in lists]
    return [*goals, Page("suggest: mat on", "/goi-y/?q=mat+on", None, 5, 25)]


def _both(node: str, address: str, rounds: int) -> tuple[float, float]:
    """Answers a second of the node itself, of all that a browse page shows in one search, and of the shop."""
    command = [sys.executable, "-m", "tests.benchmarks.browse_request"]
    body = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    path = f"/{os.environ.get('ELASTICSEARCH_ALIAS', 'cho-ocop-products')}/_search"
    return _rate(node, "POST", path, body, rounds), _rate(address, "GET", "/san-pham/", None, rounds)


def _rate(address: str, method: str, path: str, body: bytes | None, rounds: int) -> float:
    """Answers a second with VISITORS at once; any error raises."""

    def visit() -> None:
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
        for _ in range(rounds):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")

    started = time.monotonic()
    with ThreadPoolExecutor(VISITORS) as pool:
        for one in [pool.submit(visit) for _ in range(VISITORS)]:
            one.result()
    return VISITORS * rounds / (time.monotonic() - started)
