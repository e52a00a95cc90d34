"""Keeps what people searched in vain, for staff, without anything that points at a person."""

import re
from datetime import date

from django.db import IntegrityError, OperationalError
from django.db.models import F

from search.result import ProductResult, Step
from search.text.tokens import tokenise

from .models import SearchLog

_PERSONAL = re.compile(r"\S*@\S*|\+?\d[\d\s.\-]{6,}\d")
MOST = 100


def in_vain(result: ProductResult) -> bool:
    """Whether nothing is found, or only what lacks words; what waits for the 18+ statement is found."""
    lacking = result.exact == 0 and not {Step.SOME_WORDS, Step.DROPPED_WORD}.isdisjoint(result.relaxed)
    return (not result.total or lacking) and not result.hidden_adult


def impersonal(text: str) -> str:
    """The text as searched, without addresses of mail and long numbers, at most MOST characters."""
    return " ".join(token.written for token in tokenise(_PERSONAL.sub(" ", text)))[:MOST]


def note(*, text: str, day: date, total: int) -> None:
    """Count a search in vain. A database that is busy, or two at once, lose a count, not the page."""
    words = impersonal(text)
    if not words:
        return
    try:
        if not SearchLog.objects.filter(day=day, text=words).update(times=F("times") + 1, total=total):
            SearchLog(day=day, text=words, total=total).save(force_insert=True)
    except (OperationalError, IntegrityError):
        return
