"""Asks for days to be compared, in the background."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from marketplace import clock
from marketplace.reconciliation.models import Source
from marketplace.work.queue import enqueue_many

KIND = "reconciliation.day"
SOON = timedelta(seconds=20)  # lines of a file are matched first


def ask_again(*, source: Source, days: Iterable[date], moment: datetime) -> None:
    """Have those of the days that are over compared soon, also if they were before."""
    today = moment.astimezone(clock.VIETNAM).date()
    jobs: list[tuple[str, dict[str, Any]]] = [
        (key_of(source, day), {}) for day in sorted(set(days)) if day < today
    ]
    enqueue_many(kind=KIND, jobs=jobs, again=True, due_at=moment + SOON)


def key_of(source: Source, day: date) -> str:
    return f"{source.value}:{day.isoformat()}"


def day_of(key: str) -> tuple[Source, date]:
    source, _colon, day = key.partition(":")
    return Source(source), date.fromisoformat(day)
