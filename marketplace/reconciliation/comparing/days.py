"""A day in Vietnam as moments."""

from datetime import date, datetime, time, timedelta

from marketplace import clock


def on_day(day: date) -> tuple[datetime, datetime]:
    """Its first moment, and that of the next."""
    return (
        datetime.combine(day, time.min, clock.VIETNAM),
        datetime.combine(day + timedelta(days=1), time.min, clock.VIETNAM),
    )
