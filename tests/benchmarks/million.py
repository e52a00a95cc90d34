"""`make bench-million`: a million products, which Elasticsearch alone is made for.

    python -m tests.benchmarks.million [--size 1000000] [--rounds 60]

The catalogue of `make bench`, many times over (tests/benchmarks/multiply.py), in a throw-away PostgreSQL; then the index
made anew, with its speed and its peak memory; then, when the node has merged what it merges, whole pages as a client
sees them, with the node's own share of the time. The database engine knows the originals only: should it answer in
Elasticsearch's place, the run ends. Ends with 1 when a goal is missed; below the full size times are no goals.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scripts import elasticsearch_node, postgres
from scripts.elasticsearch_node import Node
from tests.benchmarks.elastic import watched
from tests.benchmarks.pages import Client, Goal, Page, some_products, timed
from tests.benchmarks.run import ROOT, prepare, report, server, tell
from tests.benchmarks.synthetic_size import FULL_SIZE

MILLION = 1_000_000
HEAP = "2g"
BYTES_A_PRODUCT = 8_000
"""Room on disk for both servers, with some to spare."""

MOST_MS, MOST_SQL = 300, 5
MOST_GROWTH = 1.2
"""Peak memory of the rebuild against that after the first tenth of its time, when its caches are full."""

LEAST_LISTED = 0.9
"""What a visitor sees of all products: no alcohol before the statement of age."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the shop with a million products.")
    parser.add_argument("--size", type=int, default=MILLION, help="listed products")
    parser.add_argument("--rounds", type=int, default=60, help="requests a page")
    options = parser.parse_args()
    if shutil.disk_usage(tempfile.gettempdir()).free < options.size * BYTES_A_PRODUCT:
        raise SystemExit(f"{tempfile.gettempdir()} has no room for {options.size} products")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    with postgres.throwaway() as database, tempfile.TemporaryDirectory(prefix="shop-bench-") as folder:
        os.environ |= {"DATABASE_URL": database, "DATA_DIR": folder}
        prepare(min(options.size, FULL_SIZE))
        _multiply(options.size)
        with elasticsearch_node.throwaway(heap=HEAP) as node:
            os.environ["ELASTICSEARCH_URL"] = node.url
            missed = _fill(node, options.size) + _visit(node, options.size, options.rounds)
    print(f"{missed} goals missed" if missed else "all goals met")
    return 1 if missed else 0


def _multiply(size: int) -> None:
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.multiply", str(size)], cwd=ROOT, check=True)
    print(f"multiplied to {size} products in {time.monotonic() - started:.0f} s", flush=True)


# ----- making the index


@dataclass(frozen=True)
class Filled:
    """How long a rebuild took, of that its own processor time, and its peak memory in MB: in the end, and early on."""

    seconds: float
    processor: float
    peak: int
    early: int


def _fill(node: Node, size: int) -> int:
    """Make the index and tell how it went; how many goals are missed."""
    filled = _rebuild()
    _wait_for_merges(node)
    speed = f"{size} documents in {filled.seconds:.0f} s, {size / filled.seconds:.0f} a second"
    memory = f"peak memory {filled.peak} MB, {filled.early} MB of it in the first tenth of the time"
    grows = size >= MILLION and filled.peak > MOST_GROWTH * filled.early
    index = _stats(node, "store")["size_in_bytes"] // 1024**2
    return tell(
        [
            (f"index made: {speed}, {filled.processor:.0f} s of it the command's own work", False),
            (f"{memory} (goal: at most {MOST_GROWTH} times that)", grows),
            (f"the node: index of {index} MB, peak memory {_peak(node.process.pid)} MB, heap {HEAP}", False),
        ]
    )


def _rebuild() -> Filled:
    started, peaks = time.monotonic(), []
    command = ["manage.py", "search_index", "rebuild", "--engine", "elasticsearch"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=said, stderr=said)
        while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            peaks.append(_peak(process.pid))
            time.sleep(0.5)
        seconds = time.monotonic() - started
        _pid, status, used = os.wait4(process.pid, 0)
        if status:
            said.seek(0)
            raise SystemExit(said.read().decode()[-3000:])
    return Filled(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, peaks[len(peaks) // 10])


def _peak(pid: int) -> int:
    """The most memory in MB that a process has held so far; 0 for one that has just ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _wait_for_merges(node: Node) -> None:
    """Until the node has nothing left to do for the index; at most ten minutes."""
    until = time.monotonic() + 600
    while _stats(node, "merges")["current"] and time.monotonic() < until:
        time.sleep(1)


def _stats(node: Node, kind: str) -> Any:
    with urllib.request.urlopen(f"{node.url}/_stats") as answer:
        return json.load(answer)["_all"]["primaries"][kind]


# ----- pages


def _found(text: str) -> Page:
    return Page(f"search: {text}", f"/tim-kiem/?{urlencode({'q': text})}", None, MOST_SQL, MOST_MS)


AFRESH = "nothing kept"
FILTERS = "sao=4&tinh=tuyen-quang&tinh=lao-cai&nhom=che-tuoi-che-che-bien"
LISTS = [
    *(
        Page(f"browse, {name}", f"/san-pham/{address}", None, MOST_SQL, MOST_MS)
        for name, address in (
            ("all facets", ""),
            ("stars, provinces and a set", f"?{FILTERS}"),
            ("page 30", "?trang=30"),
            ("page 100, the last", "?trang=100"),
            ("cheapest first", "?sap_xep=gia-tang"),
            (f"all facets, {AFRESH}", ""),
        )
    ),
    *map(_found, ("che shan tuyet", "mật ong bạc hà", "ca phe", "nước mắm", "mật ong rừg hữu cơ")),
]
BEGUN = [Page(f"suggest: {text}", f"/goi-y/?{urlencode({'q': text})}", None, 5) for text in ("mat on", "ca")]


class Watching(Client):
    """Keeps the pages that it gets. With `forgetful`, that node first throws its kept answers away."""

    def __init__(self, address: str, forgetful: Node | None) -> None:
        super().__init__(address)
        self.kept: list[bytes] = []
        self.forgetful = forgetful

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        if self.forgetful:
            urllib.request.urlopen(f"{self.forgetful.url}/_cache/clear?request=true", b"").close()
        response, content = super().ask(method, path, body)
        self.kept.append(content)
        return response, content

    def totals(self) -> set[int]:
        """What lists among them say of how many there are."""
        pages = (gzip.decompress(content).decode() for content in self.kept)
        found = (re.search(r"<p data-say><b>([\d.]+)", page) for page in pages)
        return {int(one.group(1).replace(".", "")) if one else 0 for one in found}


def _visit(node: Node, size: int, rounds: int) -> int:
    """Ask for the pages and print how they did; how many goals are missed."""
    with watched(server) as address:
        product = some_products(Client(address))[0]
        pages = [*LISTS, *BEGUN, Page("product", product, None, None), Page("home", "/", None, None)]
        asked = [_page(node, address, page, size, rounds) for page in pages]
    missed = report([goal for goal, _ in asked], timed=size >= MILLION)
    print("\nThe node's share of a page: requests, milliseconds; products found")
    for goal, (requests, milliseconds, found) in asked:
        print(f"{goal.name:34} {requests:8.1f} {milliseconds:8.1f} {found:9}")
    return missed


def _page(
    node: Node, address: str, page: Page, size: int, rounds: int
) -> tuple[Goal, tuple[float, float, int]]:
    """One page, and of it the node's requests and milliseconds, and the products found."""
    client = Watching(address, node if page.name.endswith(AFRESH) else None)
    before = _stats(node, "search")
    goal, after = timed(client, page, rounds), _stats(node, "search")
    turns = len(client.kept)
    spent = sum(
        after[f"{part}_time_in_millis"] - before[f"{part}_time_in_millis"] for part in ("query", "fetch")
    )
    share = (after["query_total"] - before["query_total"]) / turns, spent / turns
    return goal, (*share, _whole(page, client.totals(), size) if page in LISTS else 0)


def _whole(page: Page, totals: set[int], size: int) -> int:
    """What every answer counts alike; the list of all products counts all of them."""
    least = LEAST_LISTED * size if page.path == LISTS[0].path else 1
    if len(totals) > 1 or min(totals) < least:
        raise SystemExit(f"{page.name}: {totals} of {size} products; that was not Elasticsearch")
    return min(totals)


if __name__ == "__main__":
    sys.exit(main())
