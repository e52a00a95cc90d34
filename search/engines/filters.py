"""What is chosen, as conditions and orders in SQL: for lists without words, where the database counts and sorts."""

import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from search.bands import PRICE_BANDS
from search.models import Entry, StarSpan
from search.query import ProductQuery, Sort
from search.ranking import IN_STOCK, STAR

FACETS = ("star", "place", "category", "form", "stock", "price")


def visible(query: ProductQuery) -> QuerySet[Entry]:
    """What this visitor may see, without alcohol before the 18+ statement."""
    return Entry.objects.all() if query.adult else Entry.objects.filter(adult=False)


def on_day(entries: QuerySet[Entry], query: ProductQuery) -> QuerySet[Entry]:
    """Join the span that holds the query's day, as `today`."""
    holds = Q(spans__first_day__lte=query.day, spans__last_day__gte=query.day)
    return entries.annotate(today=FilteredRelation("spans", condition=holds))


def filters(query: ProductQuery, *, without: str = "") -> Q:
    """All chosen filters but those of one facet."""
    parts = (part for facet, part in chosen(query).items() if facet != without)
    return reduce(operator.and_, parts, Q())


def chosen(query: ProductQuery) -> dict[str, Q]:
    """The filter of each facet; an empty one where nothing is chosen."""
    return {
        "star": _star(query),
        "place": _place(query),
        "category": _category(query),
        "form": Q(form__in=query.forms) if query.forms else Q(),
        "stock": Q(in_stock=True) if query.in_stock else Q(),
        "price": _price(query),
    }


def _star(query: ProductQuery) -> Q:
    if not (query.stars or query.certified):
        return Q()
    today = StarSpan.objects.filter(first_day__lte=query.day, last_day__gte=query.day)
    if query.stars:
        today = today.filter(stars__in=query.stars)
    return Q(pk__in=today.values("entry_id"))


def _place(query: ProductQuery) -> Q:
    parts = [
        Q(province__in=query.provinces) if query.provinces else None,
        Q(former_province__in=query.former_provinces) if query.former_provinces else None,
        Q(region__in=query.regions) if query.regions else None,
    ]
    return reduce(operator.or_, (part for part in parts if part), Q())


def _category(query: ProductQuery) -> Q:
    if not query.categories:
        return Q()
    codes = sorted(query.categories)
    return Q(group__in=codes) | Q(cls__in=codes) | Q(set__in=codes)


def _price(query: ProductQuery) -> Q:
    low = Q() if query.price_from is None else Q(price__gte=query.price_from)
    return low if query.price_to is None else low & Q(price__lte=query.price_to)


def order(sort: Sort) -> Iterable[Any]:
    """Relevance without words is what is left of the ranker's: its boosts, what buyers think behind
    the others, so that no list begins with opinions; then the newest certificate."""
    newest = F("today__first_day").desc(nulls_last=True)
    star = Coalesce(F("today__stars"), 0, output_field=IntegerField())
    in_stock = Case(When(in_stock=True, then=round(100 * IN_STOCK)), default=0, output_field=IntegerField())
    boosts = star * round(100 * STAR) + in_stock
    orders: dict[Sort, tuple[Any, ...]] = {
        Sort.RELEVANCE: (boosts.desc(), F("opinion").desc(), newest),
        Sort.NEWEST_CERTIFICATE: (newest,),
        Sort.PRICE_UP: (F("price").asc(nulls_last=True),),
        Sort.PRICE_DOWN: (F("price").desc(nulls_last=True),),
        Sort.STARS: (F("today__stars").desc(nulls_last=True), newest),
        Sort.BEST_SELLING: (F("sold").desc(), newest),
    }
    return (*orders[sort], "name_order", "pk")


FOREMOST = Q(today__stars__gte=4, in_stock=True)
"""What relevance without words puts before everything else: four stars in stock weigh more than five without."""


def hidden(query: ProductQuery) -> int:
    """How many fit but are held back from this visitor."""
    return 0 if query.adult else Entry.objects.filter(filters(query), adult=True).count()


# ----- counts

_NONE = Value("", CharField())
_BANDS = list(zip(PRICE_BANDS[1:], PRICE_BANDS, strict=False))
_COLUMNS: dict[str, Any] = {
    "star": Case(*[When(today__stars=star, then=Value(str(star))) for star in (3, 4, 5)], default=_NONE),
    "form": F("form"),
    "stock": Case(When(in_stock=True, then=Value("1")), default=_NONE),
    "price": Case(
        *[When(price__lt=end, then=Value(str(start))) for end, start in _BANDS],
        When(price__gte=PRICE_BANDS[-1], then=Value(str(PRICE_BANDS[-1]))),
        default=_NONE,
    ),
}
_TOGETHER = tuple(_COLUMNS)
"""Facets of few values each, counted in one pass."""


def counts(query: ProductQuery) -> dict[str, dict[str, int]]:
    """Counts by facet and value in one statement; a facet's own choice does not shrink its own counts.

    The facet `adult` counts what is hidden from this visitor.
    """
    own = {facet for facet, part in chosen(query).items() if part}
    together = [facet for facet in _TOGETHER if facet not in own]
    legs = [_leg(query, "place", F("province"), F("former_province"))]
    legs.append(_leg(query, "category", F("set")))
    legs += [_leg(query, facet, _COLUMNS[facet]) for facet in _TOGETHER if facet in own]
    if together:
        legs.append(_leg(query, "", *[_COLUMNS[facet] for facet in together]))
    if not query.adult:
        legs.append(_hidden(query))
    found: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, "adult")}
    for leg, *values, number in legs[0].union(*legs[1:], all=True):
        if number:  # grouped by constants alone, nothing is one row with 0
            _add(found, leg, values, number, together)
    return found


def _leg(query: ProductQuery, facet: str, *columns: Any) -> Any:
    """One part of the union: facet ('' for those counted together), up to four values, count."""
    entries = on_day(visible(query).filter(filters(query, without=facet)), query)
    return _grouped(entries, facet, columns)


def _hidden(query: ProductQuery) -> Any:
    return _grouped(Entry.objects.filter(filters(query), adult=True), "adult", (Value("1", CharField()),))


def _grouped(entries: QuerySet[Entry], leg: str, columns: Iterable[Any]) -> Any:
    padded = (*columns, *[_NONE] * len(_TOGETHER))[: len(_TOGETHER)]
    named = {f"value_{place}": column for place, column in enumerate(padded)}
    rows = entries.order_by().annotate(leg=Value(leg, CharField()), **named)
    return rows.values_list("leg", *named).annotate(number=Count("pk"))


def _add(
    found: dict[str, dict[str, int]], leg: str, values: list[str], number: int, together: list[str]
) -> None:
    if leg == "place":
        found[leg][f"{values[0]}:{values[1]}"] = number
    elif leg:
        found[leg][values[0]] = number
    for facet, value in zip(together, values, strict=False) if not leg else ():
        found[facet][value] = found[facet].get(value, 0) + number
