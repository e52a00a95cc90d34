"""Keeps what people searched in vain, for staff, without anything that points at a person."""

import re
from datetime import date

from django.db import OperationalError, transaction
from django.db.models import F

from search.text.tokens import tokenise

from .models import SearchLog

_PERSONAL = re.compile(r"\S*@\S*|\+?\d[\d\s.\-]{6,}\d")
MOST = 100


def impersonal(text: str) -> str:
    """The text as searched, without addresses of mail and long numbers, at most MOST characters."""
    return " ".join(token.written for token in tokenise(_PERSONAL.sub(" ", text)))[:MOST]


def note(*, text: str, day: date, total: int) -> None:
    """Count a fruitless search. A database that is busy loses the count, not the visitor's page."""
    words = impersonal(text)
    if not words:
        return
    try:
        with transaction.atomic():
            if not SearchLog.objects.filter(day=day, text=words).update(times=F("times") + 1, total=total):
                SearchLog.objects.bulk_create(
                    [SearchLog(day=day, text=words, total=total)], ignore_conflicts=True
                )
    except OperationalError:
        return
