"""A shop for the browser: its own database, its own data folder, served by the production server."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from wagtail.models import Page

from tests.checkout.server import environment, serving
from tests.project.tree import ROOT
from tests.stripe_double.serving import Remote

WEBHOOK_SECRET = "whsec_of_the_browsers_shop"


@dataclass(frozen=True)
class Opened:
    """A shop that is served, and the environment in which other processes of it run."""

    address: str
    variables: dict[str, str]

    def works(self) -> None:
        """The worker does what is due."""
        command = [sys.executable, "manage.py", "run_due"]
        subprocess.run(command, cwd=ROOT, env=self.variables, capture_output=True, check=True)


def ways_to_pay(double: Remote) -> dict[str, str]:
    """Variables of a shop that takes cards, by this double, and transfers."""
    return {
        "STRIPE_SECRET_KEY": double.secret_key,
        "STRIPE_PUBLISHABLE_KEY": double.publishable_key,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API": double.address,
        "STRIPE_SCRIPT": f"{double.address}/endive/stripe.js",
        "BANK_NAME": "Ngân hàng Thử nghiệm",
        "BANK_BIN": "999999",
        "BANK_ACCOUNT": "0000000000",
        "BANK_HOLDER": "KHONG CHUYEN TIEN THAT",
    }


@contextmanager
def open_shop(folder: Path, **ways_to_pay: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a stocked shop, and the environment of its processes.

    Expects to be let at the database of the tests, which it leaves as it is.
    """
    with own_database(folder) as name:
        variables = environment(database=name, DATA_DIR=str(folder), **ways_to_pay)
        stocking = [sys.executable, "-m", "tests.browser.stocking"]
        done = subprocess.run(stocking, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        with serving(processes=1, threads=4, variables=variables) as address:
            yield address, variables


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The name of a copy of the test database; of an empty one where a test has flushed what migrations made."""
    as_migrated = Page.objects.exists()
    source = str(connection.settings_dict["NAME"])
    connection.close()
    if connection.vendor == "sqlite":
        yield _copied_file(source, folder / "shop.sqlite3", as_migrated)
        return
    name = f"{source}_browser"
    leave = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    # Threads of earlier tests may still hold connections; a database in use cannot be copied.
    _run(leave, drop, f'CREATE DATABASE "{name}" TEMPLATE "{source if as_migrated else "template0"}"')
    try:
        yield name
    finally:
        _run(drop)


def _copied_file(source: str, target: Path, as_migrated: bool) -> str:
    if as_migrated:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    return os.fspath(target)


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
