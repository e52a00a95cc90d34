"""What day and time it is. Nobody else in the project asks the system.

The clock can be set for the current thread or task, so that tests, and later "the shop as of a day",
see another moment. "Day" always means the calendar day in Vietnam.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; the moment the clock was set to, if it was."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Vietnam."""
    return now().astimezone(VIETNAM).date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Set the clock to an aware moment, or to noon in Vietnam of a day, while the block runs."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=VIETNAM)
    if moment.tzinfo is None:
        raise ValueError("The clock takes aware moments only")
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
