"""Counts what visitors search for, and what they open of it, for staff, without anything that points at a person.

Pages are answered outside transactions: a count that fails takes nothing else with it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import InternalError, OperationalError, connection
from django.db.models import F

from search.models import SearchLog
from search.result import ProductResult, Step
from search.text.tokens import MAX_TEXT, tokenise

_PERSONAL = re.compile(r"\S*\s*@\s*\S*|\+?\d(?:[\s.,\-/_()]*\d){7,}")
"""Addresses of mail, and eight digits or more, however they are grouped: numbers of phones, accounts, identity cards."""
MOST = 100
KEPT = timedelta(days=400)
PATIENCE = 100  # milliseconds
# One statement for the first search of a day and every other: the page has no more to spare.
_COUNT = """
    INSERT INTO search_searchlog (day, text, times, in_vain, clicks, total) VALUES (%s, %s, 1, %s, 0, %s)
    ON CONFLICT (day, text) DO UPDATE SET times = search_searchlog.times + 1,
        in_vain = search_searchlog.in_vain + excluded.in_vain, total = excluded.total
"""


def impersonal(text: str) -> str:
    """The text as searched, without addresses of mail and long numbers, at most MOST characters."""
    return " ".join(token.written for token in tokenise(_PERSONAL.sub(" ", text[:MAX_TEXT])))[:MOST]


def note(*, text: str, day: date, result: ProductResult) -> None:
    """Count a search. A database that is busy loses the count, not the visitor's page."""
    words = impersonal(text)
    if words:
        with _unless_busy(), connection.cursor() as cursor:
            cursor.execute(_COUNT, [day.isoformat(), words, int(_in_vain(result)), result.total])


def note_opened(*, text: str, day: date) -> None:
    """Count a product opened from the results of a text that was searched on this day."""
    words = impersonal(text)
    if words:
        with _unless_busy():
            SearchLog.objects.filter(day=day, text=words).update(clicks=F("clicks") + 1)


def forget_old(*, today: date) -> None:
    """Drop the rows older than KEPT. Looks before it deletes: on SQLite deleting nothing stops other writers too."""
    old = SearchLog.objects.filter(day__lt=today - KEPT)
    if old.exists():
        old.delete()


def _in_vain(result: ProductResult) -> bool:
    """Whether nothing is found, or only what lacks words; what waits for the 18+ statement is found."""
    lacking = result.exact == 0 and not {Step.SOME_WORDS, Step.DROPPED_WORD}.isdisjoint(result.relaxed)
    return (not result.total or lacking) and not result.hidden_adult


@contextmanager
def _unless_busy() -> Iterator[None]:
    """Give up when the database is busy or lets nobody write. SQLite, with one writer at a time, would let the page wait 20 seconds."""
    try:
        if connection.vendor == "sqlite":
            with _little_patience():
                yield
        else:
            yield
    except (OperationalError, InternalError):
        return


@contextmanager
def _little_patience() -> Iterator[None]:
    connection.ensure_connection()
    database = connection.connection
    (usual,) = database.execute("PRAGMA busy_timeout").fetchone()
    database.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        database.execute(f"PRAGMA busy_timeout = {usual}")
