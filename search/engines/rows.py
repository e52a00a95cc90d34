"""Entries as rows in Python: what was found by words is filtered, counted and sorted here.

The same meanings as search/engines/filters.py has in SQL; tests hold one against the other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from search.bands import band
from search.models import Entry, EntryText
from search.query import ProductQuery, Sort

from .filters import FACETS, on_day


class Row(NamedTuple):
    """An entry with the star and its first day on the query's day."""

    id: int
    producer_id: int
    province: str
    former_province: str
    region: str
    group: str
    cls: str
    set: str
    form: str
    price: int | None
    in_stock: bool
    adult: bool
    sold: int
    opinion: int
    name_order: int
    name_size: int
    star: int | None
    rated_on: date | None


@dataclass(frozen=True, slots=True)
class Sifted:
    """What fits the filters, the counts of every facet, and how many 18+ entries are held back."""

    rows: tuple[Row, ...]
    counts: dict[str, dict[str, int]]


Texts = dict[int, EntryText]

_OWN = [name for name in Row._fields if name not in ("id", "star", "rated_on")]
_SIZE = len(Row._fields)
_TEXTS = ("name", "producer", "places", "category", "description")


def load(ids: Iterable[int], query: ProductQuery, *, texts: Texts | None = None) -> list[Row]:
    """The rows of these entries, in one query, which fills `texts` too where they are given."""
    return read(on_day(Entry.objects.filter(pk__in=list(ids)), query).order_by(), texts=texts)


def read(entries: QuerySet[Entry], *, texts: Texts | None = None) -> list[Row]:
    """Entries that are joined with their day (`on_day`) as rows."""
    more = [f"text__{name}" for name in _TEXTS] if texts is not None else []
    values = list(entries.values_list("pk", *_OWN, F("today__stars"), F("today__first_day"), *more))
    if texts is not None:
        texts |= {value[0]: _text(value[0], value[_SIZE:]) for value in values}
    return [Row._make(value[:_SIZE]) for value in values]


def read_texts(ids: Iterable[int]) -> Texts:
    """The texts of these entries alone."""
    found = EntryText.objects.filter(pk__in=list(ids)).order_by().values_list("pk", *_TEXTS)
    return {key: _text(key, values) for key, *values in found}


def _text(key: int, values: Iterable[str]) -> EntryText:
    return EntryText(entry_id=key, **dict(zip(_TEXTS, values, strict=True)))


def sift(rows: Iterable[Row], query: ProductQuery) -> Sifted:
    """Apply all filters; a row that misses by one facet alone still counts in that facet."""
    tests = _tests(query)
    found: list[Row] = []
    near: dict[str, list[Row]] = defaultdict(list)
    hidden = 0
    for row in rows:
        missed = [facet for facet, holds in tests if not holds(row)]
        if row.adult and not query.adult:
            hidden += not missed
        elif not missed:
            found.append(row)
        elif len(missed) == 1:
            near[missed[0]].append(row)
    counts = {facet: dict(Counter(map(_VALUES[facet], [*found, *near[facet]]))) for facet in FACETS}
    return Sifted(tuple(found), counts | {"adult": {"1": hidden} if hidden else {}})


def _tests(query: ProductQuery) -> list[tuple[str, Callable[[Row], bool]]]:
    """The condition of every facet with a choice."""
    found: list[tuple[str, Callable[[Row], bool]]] = []
    if query.stars:
        found.append(("star", lambda row: row.star in query.stars))
    elif query.certified:
        found.append(("star", lambda row: row.star is not None))
    if query.provinces or query.former_provinces or query.regions:
        found.append(("place", lambda row: _is_there(row, query)))
    if query.categories:
        found.append(("category", lambda row: not query.categories.isdisjoint((row.group, row.cls, row.set))))
    if query.forms:
        found.append(("form", lambda row: row.form in query.forms))
    if query.in_stock:
        found.append(("stock", lambda row: row.in_stock))
    if query.price_from is not None or query.price_to is not None:
        found.append(("price", lambda row: _costs(row, query)))
    return found


def _is_there(row: Row, query: ProductQuery) -> bool:
    return (
        row.province in query.provinces
        or row.former_province in query.former_provinces
        or row.region in query.regions
    )


def _costs(row: Row, query: ProductQuery) -> bool:
    return (
        row.price is not None
        and (query.price_from is None or row.price >= query.price_from)
        and (query.price_to is None or row.price <= query.price_to)
    )


_VALUES: dict[str, Callable[[Row], str]] = {
    "star": lambda row: str(row.star or ""),
    "place": lambda row: f"{row.province}:{row.former_province}",
    "category": lambda row: row.set,
    "form": lambda row: row.form,
    "stock": lambda row: "1" if row.in_stock else "",
    "price": lambda row: band(row.price),
}


def sort_key(sort: Sort) -> Callable[[Row], Any]:
    """The order of a sort by field; relevance is the ranker's, or the score of the words."""
    return lambda row: (*_SORTS[sort](row), row.name_order, row.id)


def _last(value: Any) -> tuple[bool, Any]:
    """Sorts what has no value behind everything."""
    return (value is None, value or 0)


def _newest(row: Row) -> tuple[bool, int]:
    return _last(-row.rated_on.toordinal() if row.rated_on else None)


_SORTS: dict[Sort, Callable[[Row], tuple[Any, ...]]] = {
    Sort.NEWEST_CERTIFICATE: lambda row: (_newest(row),),
    Sort.PRICE_UP: lambda row: (_last(row.price),),
    Sort.PRICE_DOWN: lambda row: (_last(None if row.price is None else -row.price),),
    Sort.STARS: lambda row: (-(row.star or 0), _newest(row)),
    Sort.BEST_SELLING: lambda row: (-row.sold, _newest(row)),
}
