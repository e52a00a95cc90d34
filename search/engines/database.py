"""The `database` engine: portable ORM over the index tables, no service beside the shop's own database.

It retrieves candidates and counts; the order of the first 200 of a search by words is the ranker's
(search/ranking.py), everything else is ordered here. Texts are found as tokens between spaces: at the catalogue's
size a pass over the folded texts takes a few milliseconds.
"""

import operator
import re
from collections.abc import Iterable, Sequence
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
from django.db.models.functions import Concat, Length
from django.db.models.lookups import GreaterThanOrEqual

from search.finding import Retrieved
from search.matching import match_group
from search.models import Entry, EntryText, StarSpan
from search.query import Alternative, ProductQuery, Sort, TermGroup
from search.ranking import MOST_RANKED, Candidate
from search.relaxation import Attempt
from search.text.tokens import field

MANY = 4
"""From so many single words on, one regular expression is quicker than as many comparisons."""
PRICE_BANDS = (0, 100_000, 200_000, 500_000, 1_000_000)
IDS_IN_QUERY = 2_000


class DatabaseEngine:
    """Answers attempts from the shop's own database."""

    name = "database"

    def retrieve(self, attempt: Attempt) -> Retrieved:
        """The best 200 of all that match, by a rough score; without words only their number."""
        matching = self._matching(attempt)
        if not _required(attempt):
            return Retrieved(matching.count(), ())
        ordered = _roughly_ordered(matching, attempt)
        rows = list(
            _with_star(ordered, attempt.query)
            .select_related("text")
            .annotate(star=F("today__stars"), rated_on=F("today__first_day"))[: MOST_RANKED + 1]
        )
        candidates = tuple(_candidate(row, wide=attempt.wide) for row in rows[:MOST_RANKED])
        if len(rows) > MOST_RANKED:
            ids = list(ordered.values_list("pk", flat=True))
            return Retrieved(len(ids), candidates, tuple(ids))
        candidates = tuple(candidate for candidate in candidates if _is_found(candidate, attempt))
        return Retrieved(len(candidates), candidates, tuple(candidate.id for candidate in candidates))

    def page(self, attempt: Attempt, *, ids: Sequence[int], start: int, size: int) -> list[int]:
        """Ids of one page in the order of the query's sort; `ids` are all that match, where words were searched."""
        found = _with_star(_of(ids) if _required(attempt) else self._matching(attempt), attempt.query)
        return list(
            found.order_by(*_order(attempt.query.sort)).values_list("pk", flat=True)[start : start + size]
        )

    def facets(self, attempt: Attempt, *, ids: Sequence[int] = ()) -> dict[str, dict[str, int]]:
        """Counts by facet and value in one statement; a facet's own choice does not shrink its own counts.

        `ids` are all that match, where words were searched. The facet `adult` counts what is hidden.
        """
        query = attempt.query
        legs = [_leg(facet, self._narrowed(attempt, facet, ids), column) for facet, column in _FACETS.items()]
        hidden = Entry.objects.filter(_filters(query), adult=True)
        if not query.adult:
            legs.append(_leg("adult", _texts(hidden, attempt), Value("1")))
        counts: dict[str, dict[str, int]] = {facet: {} for facet in (*_FACETS, "adult")}
        for facet, value, count in legs[0].union(*legs[1:], all=True):
            counts[facet][value] = count
        return counts

    def _matching(self, attempt: Attempt) -> QuerySet[Entry]:
        return _texts(_visible(attempt.query).filter(_filters(attempt.query)), attempt)

    def _narrowed(self, attempt: Attempt, facet: str, ids: Sequence[int]) -> QuerySet[Entry]:
        """What the counts of one facet are taken from."""
        query = attempt.query
        filters = _filters(query, without=facet)
        known = _required(attempt) and filters == _filters(query) and len(ids) <= IDS_IN_QUERY
        base = _of(ids) if known else _texts(_visible(query).filter(filters), attempt)
        return _with_star(base, query) if facet == "star" else base


def _leg(facet: str, entries: QuerySet[Entry], column: Any) -> Any:
    """One part of the union: facet, value, count."""
    named = entries.order_by().annotate(facet=Value(facet, CharField()), value=column)
    return named.values_list("facet", "value").annotate(count=Count("pk"))


def _candidate(row: Any, *, wide: bool) -> Candidate:
    text: EntryText = row.text
    return Candidate(
        id=row.pk,
        name=text.name,
        producer_id=row.producer_id,
        producer=text.producer,
        places=text.places,
        category=text.category,
        description=text.description if wide else "",
        star=row.star,
        in_stock=row.in_stock,
        rated_on=row.rated_on,
    )


def _is_found(candidate: Candidate, attempt: Attempt) -> bool:
    """What SQL cannot see: forbidden neighbours ("chè" is not tea in "chè lam"). Too many hits are not looked at."""
    required = _required(attempt)
    if not any(one.not_before or one.not_after for group in required for one in group.alternatives):
        return True
    texts = [candidate.name, candidate.producer, candidate.places]
    texts += [candidate.category, candidate.description] if attempt.wide else []
    fields = [field(text) for text in texts]
    met = sum(any(match_group(group, text)[0] for text in fields) for group in required)
    return met >= attempt.minimum


def _of(ids: Sequence[int]) -> QuerySet[Entry]:
    return Entry.objects.filter(pk__in=ids)


def _visible(query: ProductQuery) -> QuerySet[Entry]:
    return Entry.objects.all() if query.adult else Entry.objects.filter(adult=False)


def _required(attempt: Attempt) -> list[TermGroup]:
    return [group for group in attempt.groups if group.required] if attempt.minimum else []


# ----- filters


_BAND_ENDS = (*PRICE_BANDS[1:], None)

_FACETS: dict[str, Any] = {
    "star": Case(
        *[When(today__stars=stars, then=Value(str(stars))) for stars in (3, 4, 5)], default=Value("")
    ),
    "place": Concat("province", Value(":"), "former_province"),
    "category": F("set"),
    "form": F("form"),
    "stock": Case(When(in_stock=True, then=Value("1")), default=Value("")),
    "price": Case(
        *[
            When(price__lt=end, then=Value(str(start)))
            for start, end in zip(PRICE_BANDS, _BAND_ENDS, strict=True)
            if end
        ],
        When(price__gte=PRICE_BANDS[-1], then=Value(str(PRICE_BANDS[-1]))),
        default=Value(""),
    ),
}


def _filters(query: ProductQuery, *, without: str = "") -> Q:
    """All chosen filters but those of one facet."""
    chosen = {
        "star": _star(query),
        "place": _place(query),
        "category": _category(query),
        "form": Q(form__in=query.forms) if query.forms else Q(),
        "stock": Q(in_stock=True) if query.in_stock else Q(),
        "price": _price(query),
    }
    return reduce(operator.and_, (part for facet, part in chosen.items() if facet != without), Q())


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


# ----- texts


def _texts(entries: QuerySet[Entry], attempt: Attempt) -> QuerySet[Entry]:
    """The entries in which enough of the required groups are found."""
    required = _required(attempt)
    if not required:
        return entries
    found = EntryText.objects.filter(_enough(required, attempt.minimum, attempt.wide))
    if attempt.sure:
        sure = [_group(group, attempt.wide, sure=True) for group in required]
        found = found.filter(_at_least(sure, attempt.sure))
    return entries.filter(pk__in=found.values("pk"))


def _enough(required: list[TermGroup], minimum: int, wide: bool) -> Any:
    return _at_least([_group(group, wide) for group in required], minimum)


def _at_least(conditions: list[Q], minimum: int) -> Any:
    if minimum >= len(conditions):
        return reduce(operator.and_, conditions)
    if minimum == 1:
        return reduce(operator.or_, conditions)
    met = [Case(When(c, then=1), default=0, output_field=IntegerField()) for c in conditions]
    return GreaterThanOrEqual(reduce(operator.add, met), minimum)


def _group(group: TermGroup, wide: bool, *, sure: bool = False) -> Q:
    """Any alternative of the group; many single words without marks as one expression."""
    alternatives = [each for each in group.alternatives if not (sure and each.guess)]
    simple = [each.terms[0].folded for each in alternatives if _is_simple(each)]
    if len(simple) < MANY:
        return reduce(operator.or_, (_alternative(each, wide) for each in alternatives))
    pattern = f" ({'|'.join(re.escape(word) for word in sorted(set(simple)))}) "
    column = "wide_folded" if wide else "narrow_folded"
    rest = [_alternative(each, wide) for each in alternatives if not _is_simple(each)]
    return reduce(operator.or_, rest, Q(**{f"{column}__regex": pattern}))


def _is_simple(alternative: Alternative) -> bool:
    return len(alternative.terms) == 1 and alternative.terms[0].exact is None and not alternative.not_before


def _alternative(alternative: Alternative, wide: bool) -> Q:
    """All terms of the alternative, anywhere in the texts. Its forbidden neighbours are left to the ranker."""
    base = "wide" if wide else "narrow"
    parts = [
        Q(**{f"{base}_folded__contains": f" {term.folded} "})
        if term.exact is None
        else Q(**{f"{base}_exact__contains": f" {term.exact} "})
        for term in alternative.terms
    ]
    return reduce(operator.and_, parts, Q())


# ----- order


def _roughly_ordered(entries: QuerySet[Entry], attempt: Attempt) -> QuerySet[Entry]:
    """Best first by what SQL can see: words in the name, the first one at its head, then short names."""
    groups = _required(attempt)
    in_name = [
        Case(When(_in_name(group), then=4), default=1, output_field=IntegerField()) for group in groups
    ]
    head = Q()
    for alternative in groups[0].alternatives:
        head |= Q(text__name_folded__startswith=f" {alternative.terms[0].folded} ")
    first = Case(When(head, then=2), default=0, output_field=IntegerField())
    score = reduce(operator.add, in_name, first)
    return entries.order_by(score.desc(), Length("text__name_folded"), "pk")


def _in_name(group: TermGroup) -> Q:
    words = {alternative.terms[0].folded for alternative in group.alternatives[:MANY]}
    return reduce(operator.or_, (Q(text__name_folded__contains=f" {word} ") for word in sorted(words)))


def _with_star(entries: QuerySet[Entry], query: ProductQuery) -> QuerySet[Entry]:
    """Join the span that holds the query's day, as `today`."""
    on_day = Q(spans__first_day__lte=query.day, spans__last_day__gte=query.day)
    return entries.annotate(today=FilteredRelation("spans", condition=on_day))


def _order(sort: Sort) -> Iterable[Any]:
    newest = F("today__first_day").desc(nulls_last=True)
    orders: dict[Sort, tuple[Any, ...]] = {
        Sort.RELEVANCE: (newest,),
        Sort.NEWEST_CERTIFICATE: (newest,),
        Sort.PRICE_UP: (F("price").asc(nulls_last=True),),
        Sort.PRICE_DOWN: (F("price").desc(nulls_last=True),),
        Sort.STARS: (F("today__stars").desc(nulls_last=True), newest),
        Sort.BEST_SELLING: (F("sold").desc(), newest),
    }
    return (*orders[sort], "pk")
