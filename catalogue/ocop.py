"""The rules of OCOP ratings, without Django: when a rating ends, which one counts on a day, what a day shows.

Source: Decision 148/QĐ-TTg (2023) and 26/2026/QĐ-TTg: ratings last 36 months from the decision date; 3 stars and
above are certified; a candidate proposed to the ministry for 5 stars has not got them. How many months is a
setting of the shop; each rating stores its own.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

ENDING_SOON_DAYS = 60  # a certificate that ends within so many days is said to end soon
CERTIFIED_FROM = 3  # stars; below there is no certificate


@dataclass(frozen=True)
class RatingFacts:
    """One rating. `ends_on` is inclusive; on `revoked_on` it is no longer valid; `order` breaks ties of a day."""

    stars: int
    issued_on: date
    ends_on: date
    revoked_on: date | None = None
    order: int = 0
    candidate: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which the rating is valid; before `issued_on` when revoked at once."""
        if self.revoked_on is None:
            return self.ends_on
        return min(self.ends_on, self.revoked_on - timedelta(days=1))

    def is_valid(self, day: date) -> bool:
        return self.issued_on <= day <= self.last_day


@dataclass(frozen=True)
class StarWindow:
    """A star that a product carries from `first` to `last`, both inclusive."""

    first: date
    last: date
    stars: int


class StarState(StrEnum):
    """What to say about a product's star on a day."""

    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"
    REVOKED = "revoked"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """A product's standing on a day: state, stars (None unless valid), the rating it speaks of."""

    state: StarState
    stars: int | None = None
    last_day: date | None = None
    candidate: bool = False
    rating: RatingFacts | None = None


def end_date(issued_on: date, months: int) -> date:
    """The last day of a rating: the same day `months` later, or that month's last day when there is none."""
    if months < 1:
        raise ValueError("A rating lasts at least one month")
    years, month = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + years, month + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def counting(ratings: Iterable[RatingFacts], day: date) -> RatingFacts | None:
    """The rating that counts on `day`: of those valid the latest issued, later `order` winning a tie."""
    return max((r for r in ratings if r.is_valid(day)), key=lambda r: (r.issued_on, r.order), default=None)


def star_on(ratings: Iterable[RatingFacts], day: date) -> int | None:
    """The star on `day`, 3 to 5, or None."""
    rating = counting(ratings, day)
    return rating.stars if rating else None


def standing(ratings: Sequence[RatingFacts], day: date) -> Standing:
    """All that a page says about the star on `day`."""
    rating = counting(ratings, day)
    if rating:
        soon = rating.last_day - day <= timedelta(days=ENDING_SOON_DAYS)
        state = StarState.ENDING if soon else StarState.VALID
        return Standing(state, rating.stars, rating.last_day, rating.candidate, rating)
    past = [r for r in ratings if r.last_day < day]
    last = max(past, key=lambda r: (r.issued_on, r.order), default=None)
    if last is None:
        return Standing(StarState.NONE)
    revoked = last.revoked_on is not None and last.revoked_on <= last.ends_on
    return Standing(StarState.REVOKED if revoked else StarState.ENDED, None, last.last_day, rating=last)


def windows(ratings: Sequence[RatingFacts]) -> list[StarWindow]:
    """The star of every day as non-overlapping windows in order; neighbours of equal star are joined.

    `star_on(ratings, d)` equals the star of the window that holds d, for every day d.
    """
    days = {r.issued_on for r in ratings} | {r.last_day + timedelta(days=1) for r in ratings}
    edges = sorted(days)
    found: list[StarWindow] = []
    for first, after in pairwise(edges):
        stars = star_on(ratings, first)
        last = after - timedelta(days=1)
        if stars is None:
            continue
        if found and found[-1].stars == stars and found[-1].last + timedelta(days=1) == first:
            found[-1] = StarWindow(found[-1].first, last, stars)
        else:
            found.append(StarWindow(first, last, stars))
    return found
