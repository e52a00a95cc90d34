"""What every test has: services that are missing are named, and the run closes with its counts."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

KINDS = {"browser": "browser", "project": "project", "": "unit and integration"}


def lacks(service: str) -> NoReturn:
    """A test cannot run without this service: a failure where everything must run, a named skip elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{service} is missing, and CI=true leaves nothing out", pytrace=False)
    pytest.skip(f"{service} is missing")


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_keepdb: bool) -> bool:
    """What is copied from the migrated database (scripts/test.py) is found there as if it had been kept."""
    return django_db_keepdb or "TEST_TEMPLATE" in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Each worker has a copy of its own, before anything connects to it."""
    if "TEST_TEMPLATE" not in os.environ:
        return
    from django.db import connection

    settings = connection.settings_dict
    name, whole = settings["TEST"]["NAME"] or f"test_{settings['NAME']}", settings["NAME"]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{whole}"')


@pytest.fixture(autouse=True)
def postgresql_where_it_is_needed(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgresql"):
        from django.db import connection

        if connection.vendor != "postgresql":
            lacks("PostgreSQL (make test starts one)")


@pytest.fixture(autouse=True)
def back_to_vietnamese() -> Iterator[None]:
    """A request for an English page leaves its language behind in the thread."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_attempts_of_other_tests() -> None:
    """Limits count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_kept_of_another_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Names and words that the process keeps belong to the tables they were read from."""
    yield
    if request.node.get_closest_marker("django_db") and "demo" not in request.fixturenames:
        forget()


@contextmanager
def until_the_modules_end(blocker: Any) -> Iterator[None]:
    """What the block writes, a module's tests share; each test's own changes are rolled back to here, and all of it
    at the end. For a fixture with `scope="module"` that yields inside."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def forget() -> None:
    """What searches are understood with is read anew."""
    from search import names, reference

    reference.forget_words()
    for kept in (reference.vocabulary, names.names):
        kept.forget()


def settle() -> None:
    """After much was written in a transaction that tests go on in: what waits for its end would be done at each
    test's end again, and plans would be made for empty tables."""
    from django.db import connection

    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/browser drives a browser, everything in tests/search/elastic a node; what commits leaves
    empty tables behind for others."""
    for item in items:
        database = item.get_closest_marker("django_db")
        if database and database.kwargs.get("transaction"):
            item.add_marker("flushes")
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)
        if "elastic" in Path(item.path).parts:
            item.add_marker(pytest.mark.slow)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests report of themselves, and counts by kind and outcome."""
    _reports(terminalreporter)
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS.values()}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if hasattr(report, "nodeid"):
                counts[kind_of(report.nodeid)][outcome] += 1
    terminalreporter.section("counts")
    for line in said(counts):
        terminalreporter.write_line(line)
    file = os.environ.get("COUNTS")
    if file and "PYTEST_XDIST_WORKER" not in os.environ:  # not of runs that tests start
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(counts) + "\n")


def said(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """A line of outcomes for each kind of test."""
    outcomes = ("passed", "failed", "error", "skipped")
    return [
        f"{kind}: {', '.join(f'{count.get(name, 0)} {name}' for name in outcomes)}"
        for kind, count in counts.items()
    ]


def _reports(terminalreporter: Any) -> None:
    """What tests gave to `record_property("report", …)`."""
    passed, failed = (terminalreporter.stats.get(outcome, []) for outcome in ("passed", "failed"))
    said = [
        value for report in [*passed, *failed] for name, value in report.user_properties if name == "report"
    ]
    if said:
        terminalreporter.section("reports")
    for text in said:
        terminalreporter.write_line(text)


def kind_of(nodeid: str) -> str:
    folder = nodeid.removeprefix("tests/").split("/")[0]
    return KINDS.get(folder, KINDS[""])
