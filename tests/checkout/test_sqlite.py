"""The embedded database under load; its shop is its own, whatever database the other tests have."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.checkout.crowd import at_once, ready_to_order
from tests.checkout.server import Browser, environment, serving
from tests.project.tree import ROOT

pytestmark = pytest.mark.slow

WORKER = """
import sys, django
django.setup()
from django.db import transaction
from marketplace.audit.models import record
from marketplace.work.queue import enqueue, handles, run_due
from marketplace.work.models import Job
@handles("noise")
def write(key, payload):
    record(action="noise", target=Job.objects.get(kind="noise", key=key))
print("ready", flush=True)
for number in range(int(sys.argv[1])):
    enqueue(kind="noise", key=str(number))
    run_due()
print("done", Job.objects.filter(kind="noise", state="done").count())
"""


class Shop:
    """A stocked SQLite shop in a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "shop.sqlite3"
        self.variables = environment(DATABASE_URL=f"sqlite:///{self.file}", DATA_DIR=str(folder))
        done = self.run("-m", "tests.checkout.sqlite_shop")
        said, errors = done.communicate(timeout=120)
        assert done.returncode == 0, errors[-3000:]
        self.products = [SimpleNamespace(pk=key) for key in json.loads(said)]

    def run(self, *arguments: str) -> "subprocess.Popen[str]":
        """A Python program of this shop."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=self.variables, **pipes)

    def ask(self, question: str) -> list[object]:
        """The one row that answers."""
        with closing(sqlite3.connect(self.file)) as connection:
            return list(connection.execute(question).fetchone())


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    yield Shop(tmp_path)


def test_the_worker_beside_five_parallel_checkouts_meets_no_locked_database(shop: Shop) -> None:
    with serving(processes=1, threads=8, variables=shop.variables) as address:
        rounds = [[ready_to_order(address, *shop.products, stocked=True) for _ in range(5)] for _ in range(3)]
        worker = shop.run("-c", WORKER, "40")
        assert worker.stdout.readline() == "ready\n"
        answers = [
            answer for five in rounds for answer in at_once(lambda b=b, f=f: b.sends(f) for b, f in five)
        ]
        said, errors = worker.communicate(timeout=60)
    assert [answer.status_code for answer in answers] == [302] * 15
    assert (said, "locked" in errors) == ("done 40\n", False)
    assert shop.ask("SELECT count(*) FROM order_order") == [15]
    assert shop.ask("SELECT sum(num_allocated) FROM partner_stockrecord") == [45]
    assert shop.ask("PRAGMA journal_mode") == ["wal"]


def test_a_page_of_results_does_not_wait_for_whoever_writes(shop: Shop) -> None:
    with serving(processes=1, threads=1, variables=shop.variables) as address:
        visitor = Browser(address)
        assert visitor.get("/tim-kiem/?q=hang").status_code == 200
        with closing(sqlite3.connect(shop.file, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            started = time.monotonic()
            assert visitor.get("/tim-kiem/?q=hang").status_code == 200
            assert time.monotonic() - started < 5  # others wait for 20 seconds
            writer.execute("ROLLBACK")
        assert shop.ask("SELECT sum(times) FROM search_searchlog") == [1]
        visitor.get("/tim-kiem/?q=hang")
    assert shop.ask("SELECT sum(times) FROM search_searchlog") == [2]
