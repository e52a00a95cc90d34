"""Keeps what people searched in vain, for staff, without anything that points at a person."""

import re
from datetime import date

from django.db import OperationalError, connection

from search.result import ProductResult, Step
from search.text.tokens import tokenise

_PERSONAL = re.compile(r"\S*@\S*|\+?\d[\d\s.\-]{6,}\d")
MOST = 100
# One statement for the first search of a day and every other: the page has no more to spare.
_COUNT = """
    INSERT INTO search_searchlog (day, text, times, total) VALUES (%s, %s, 1, %s)
    ON CONFLICT (day, text) DO UPDATE SET times = search_searchlog.times + 1, total = excluded.total
"""


def in_vain(result: ProductResult) -> bool:
    """Whether nothing is found, or only what lacks words; what waits for the 18+ statement is found."""
    lacking = result.exact == 0 and not {Step.SOME_WORDS, Step.DROPPED_WORD}.isdisjoint(result.relaxed)
    return (not result.total or lacking) and not result.hidden_adult


def impersonal(text: str) -> str:
    """The text as searched, without addresses of mail and long numbers, at most MOST characters."""
    return " ".join(token.written for token in tokenise(_PERSONAL.sub(" ", text)))[:MOST]


def note(*, text: str, day: date, total: int) -> None:
    """Count a search in vain. A database that is busy loses the count, not the visitor's page."""
    words = impersonal(text)
    if not words:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [day.isoformat(), words, total])
    except OperationalError:
        return
