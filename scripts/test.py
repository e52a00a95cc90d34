"""`make test` and `make check`: every check of the project, in one go, each named with its time.

1. Install the Debian packages that are missing, or name them and stop.
2. Start a throw-away PostgreSQL, unless DATABASE_URL names a database, and for all tests a throw-away
   Elasticsearch, unless ELASTICSEARCH_URL names one.
3. Run lint, types, import contracts and the check for missing migrations, then the tests. Meanwhile the throw-away
   PostgreSQL's own database is migrated once; the databases of the tests are copies of it.
4. Close with what failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import elasticsearch_node
import postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
OURS = ("marketplace", "catalogue", "producers", "search", "cms")
STATIC = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy", *OURS, "scripts"),
    "imports": ("lint-imports",),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
}
TESTS = ("pytest", "-q", "-n", "2", "--dist", "loadscope")
QUICK, KEEPING = "not browser and not slow and not flushes", "not flushes"
FLUSHING = {"tests that empty the tables": ("pytest", "-q", "-m", "flushes")}

OUTCOMES = ("passed", "failed", "error", "skipped")
Counts = dict[str, Counter[str]]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fast", action="store_true", help="without browser, node and slow tests")
    fast = parser.parse_args().fast
    install(quick=fast)
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    given = os.environ.get("DATABASE_URL")
    with (
        nullcontext(given) if given else postgres.throwaway() as address,
        nullcontext() if fast else search_node(),
        tempfile.TemporaryDirectory() as folder,
    ):
        os.environ |= {"DATABASE_URL": address, "COUNTS": f"{folder}/counts"}
        tests = {"tests": (*TESTS, "-m", QUICK)} if fast else {"tests": (*TESTS, "-m", KEEPING), **FLUSHING}
        with migrated(wanted=not given):
            failed = [name for name, command in STATIC.items() if not passes(name, command)]
        failed += [name for name, command in tests.items() if not passes(name, command)]
        counts = read_counts(Path(folder) / "counts")
    close_with(counts)
    print(f"FAILED: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


@contextmanager
def migrated(*, wanted: bool) -> Iterator[None]:
    """The database is migrated while the block runs, and named by TEST_TEMPLATE; a failure is left to the tests, which
    then migrate for themselves and say it better."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    quiet = subprocess.DEVNULL
    migrating = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) if wanted else None
    yield
    if migrating and migrating.wait() == 0:
        os.environ["TEST_TEMPLATE"] = "yes"


@contextmanager
def search_node() -> Iterator[None]:
    """One Elasticsearch node for the whole run, named by TEST_ELASTICSEARCH_URL: shops that tests start do not use it.

    What it lacks is said loudly; its tests then fail under CI=true and are skipped elsewhere.
    """
    if given := os.environ.pop("ELASTICSEARCH_URL", ""):
        os.environ["TEST_ELASTICSEARCH_URL"] = given
        yield
        return
    try:
        with elasticsearch_node.throwaway() as node:
            os.environ["TEST_ELASTICSEARCH_URL"] = node.url
            yield
    except elasticsearch_node.Missing as missing:
        print(f"NO ELASTICSEARCH: its tests need {missing}", flush=True)
        yield


def install(*, quick: bool) -> None:
    present = {
        "postgresql": bool(os.environ.get("DATABASE_URL") or postgres.programs()),
        "gettext": bool(shutil.which("msgfmt")),
        "maven": quick or bool(os.environ.get("ELASTICSEARCH_URL") or shutil.which("mvn")),
        "chromium": quick or bool(shutil.which("chromium")),
    }
    missing = [package for package, there in present.items() if not there]
    if missing and subprocess.run([ROOT / "scripts/debian.sh", *missing], check=False).returncode:
        sys.exit(1)


def read_counts(file: Path) -> Counts:
    """The counts of all runs of tests, summed up by kind."""
    summed: Counts = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        for kind, outcomes in json.loads(line).items():
            summed.setdefault(kind, Counter()).update(outcomes)
    return summed


def close_with(counts: Counts) -> None:
    for kind, outcomes in counts.items():
        print(f"{kind}: {', '.join(f'{outcomes[name]} {name}' for name in OUTCOMES)}")


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check: tests are watched, the others speak only when they fail."""
    began = time.monotonic()
    watched = command[0] == "pytest"
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        check=False,
        text=True,
        stdout=None if watched else subprocess.PIPE,
        stderr=None if watched else subprocess.STDOUT,
    )
    if done.returncode and not watched:
        print(done.stdout)
    print(f"{'FAILED' if done.returncode else 'ok':7}{name} ({time.monotonic() - began:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
