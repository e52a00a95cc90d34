"""`make bench`: whole pages as a client sees them, served by the production server from PostgreSQL.

    python -m tests.benchmarks.run [--size 16543] [--rounds 60]

Builds the synthetic catalogue in a throw-away PostgreSQL, warms up, asks for each page one after the other, and
prints p50, p95, SQL queries and memory against the goals, first for the database engine, then for Elasticsearch on a
real node. Ends with 1 when a goal is missed; below the full size only SQL counts are goals, because times would mean
nothing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import postgres  # noqa: E402  scripts/postgres.py

from scripts import elasticsearch_node  # noqa: E402
from tests.benchmarks import elastic, ordering, webhooks  # noqa: E402
from tests.benchmarks.pages import Client, Goal, Page, measure, timed  # noqa: E402
from tests.benchmarks.synthetic_size import FULL_SIZE  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure the shop's pages.")
    parser.add_argument("--size", type=int, default=FULL_SIZE, help="listed products")
    parser.add_argument("--rounds", type=int, default=60, help="requests a page")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    with postgres.throwaway() as database, tempfile.TemporaryDirectory(prefix="shop-bench-") as folder:
        os.environ |= {"DATABASE_URL": database, "DATA_DIR": folder}
        prepare(options.size)
        timed = options.size >= FULL_SIZE
        with server() as address:
            rows = measure(Client(address), size=options.size, rounds=options.rounds)
            rows.append(ordering.measure(address, rounds=options.rounds))
            rows += _of_staff(Client(address), options.rounds)
            rows.append(webhooks.measure(address))  # last: so many requests have gunicorn renew its workers
            memory = _memory()
        print("\nThe database engine")
        missed = report(rows, timed=timed)
        print(f"memory of {len(memory)} server processes (PSS, MB): {memory}")
        missed += _elasticsearch(options.size, options.rounds, timed=timed)
    print(f"{missed} goals missed" if missed else "all goals met")
    return 1 if missed else 0


def _of_staff(client: Client, rounds: int) -> list[Goal]:
    """Staff's lists, which are as long at every size of the catalogue."""
    told = json.loads((Path(os.environ["DATA_DIR"]) / "staff.json").read_text(encoding="utf-8"))
    client.cookies["sessionid"] = told["session"]
    pages = [Page(name, path, 100, 12) for name, path in told["pages"].items()]
    return [timed(client, page, rounds) for page in pages]


def _elasticsearch(size: int, rounds: int, *, timed: bool) -> int:
    """The pages that search once more, from a real node; how many goals they miss."""
    print("\nElasticsearch")
    try:
        measured = elastic.measure(server, size=size, rounds=rounds, full=timed)
    except elasticsearch_node.Missing as missing:
        print(f"NOT MEASURED: a node needs {missing}")
        return 1
    return report(measured.rows, timed=timed) + tell(measured.told)


def prepare(size: int) -> None:
    """Build and index the catalogue in the database that DATABASE_URL names."""
    started = time.monotonic()
    for command in (
        ["manage.py", "createcachetable"],  # first: migrating looks for it
        ["manage.py", "migrate", "--verbosity=0"],
        ["manage.py", "collectstatic", "--no-input", "--verbosity=0"],
        ["-m", "tests.benchmarks.build", str(size)],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    print(f"{size} products on PostgreSQL, built and indexed in {time.monotonic() - started:.0f} s")


@contextmanager
def server(*, log: IO[str] | None = None) -> Iterator[str]:
    """The production server, as gunicorn.conf.py sets it; its warnings go to `log`."""
    port = postgres.free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["gunicorn", "marketplace.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    options = ["--pid", str(_pid_file()), "--log-level", "warning"]
    process = subprocess.Popen([sys.executable, "-m", *command, *options], cwd=ROOT, stderr=log)
    try:
        _wait(address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _pid_file() -> Path:
    return Path(os.environ["DATA_DIR"]) / "gunicorn.pid"


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/suc-khoe/").read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server does not answer")


def _memory() -> list[int]:
    """Proportional set size in MB of each server process."""
    master = _pid_file().read_text().strip()
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    sizes = []
    for pid in children:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes.append(next(int(line.split()[1]) // 1024 for line in lines if line.startswith("Pss:")))
    return sizes


def report(rows: list[Goal], *, timed: bool) -> int:
    """Print one engine's pages against their goals; how many miss one."""
    print(f"{'page':34} {'p50 ms':>8} {'goal':>6} {'p95 ms':>8} {'goal':>6} {'SQL':>5} {'goal':>5} {'KB':>6}")
    for row in rows:
        page = row.page
        print(
            f"{row.name:34} {row.p50:8.1f} {page.p50_goal or '':>6} {row.p95:8.1f} {page.p95_goal or '':>6}"
            f" {row.sql:5} {page.sql_goal or '':>5} {row.kilobytes:6.1f}"
            + ("  missed" if row.misses(timed=timed) else "")
        )
    return sum(row.misses(timed=timed) for row in rows)


def tell(told: list[tuple[str, bool]]) -> int:
    """Print what is told of the whole; how much of it misses its goal."""
    for text, missed in told:
        print(text + ("  missed" if missed else ""))
    return sum(missed for _text, missed in told)


if __name__ == "__main__":
    sys.exit(main())
