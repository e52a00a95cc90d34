"""A cursor as it stands in an address: short, opaque, and read only in the order it was written for."""

import json
from base64 import b64decode, urlsafe_b64encode

from search.query import Cursor, Place, Sort

LONGEST = 160
MOST_SEEN = 10_000_000
"""More than any list has."""
MOST_SCORED = 1e9
MOST = 2**63

_SORTS = list(Sort)
_VALUES = {
    Sort.RELEVANCE: 5,
    Sort.NEWEST_CERTIFICATE: 3,
    Sort.PRICE_UP: 3,
    Sort.PRICE_DOWN: 3,
    Sort.STARS: 4,
    Sort.BEST_SELLING: 4,
}
"""How many values a whole place has, as search/elastic/requests.py orders."""


def written(cursor: Cursor, sort: Sort) -> str:
    """The cursor as letters that stand in an address as they are."""
    kept = json.dumps([_SORTS.index(sort), cursor.seen, *cursor.place], separators=(",", ":"))
    return urlsafe_b64encode(kept.encode()).rstrip(b"=").decode()


def read(text: str, sort: Sort) -> Cursor:
    """The cursor that was written so; raises ValueError for everything else."""
    if len(text) > LONGEST:
        raise ValueError("too long")
    kept = json.loads(b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    if not isinstance(kept, list) or len(kept) < 3:
        raise ValueError("no cursor")
    _sort, seen, *values = kept
    cursor = Cursor(seen, tuple(values))
    if not (_is_whole(seen) and 0 < seen <= MOST_SEEN and _is_place(cursor.place, sort)):
        raise ValueError("not a place in this order")
    if written(cursor, sort) != text:
        raise ValueError("written otherwise, or for another order")
    return cursor


def _is_place(place: Place, sort: Sort) -> bool:
    """Whether these are the values of such an order, or the id alone."""
    *values, key = place
    if sort is Sort.RELEVANCE and values and _is_score(values[0]):
        del values[0]
    return len(place) in (1, _VALUES[sort]) and all(map(_is_whole, [*values, key]))


def _is_score(value: object) -> bool:
    return isinstance(value, float) and abs(value) <= MOST_SCORED  # neither holds for NaN


def _is_whole(value: object) -> bool:
    """Whether this is a whole number that a database holds; True is none."""
    return type(value) is int and -MOST <= value < MOST
