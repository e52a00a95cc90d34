"""An attempt as the body of a search request. Pure: builds dictionaries and sends nothing.

Scores are those of search/engines/postings.py: for every required group the best of its alternatives and fields,
each a constant, so that both engines put the same products among the first two hundred.
"""

from collections.abc import Iterable
from typing import Any

from search.engines.filters import FACETS
from search.engines.postings import AHEAD, HEAD, OTHER_MARKS, WEIGHTS
from search.models import NARROW, Field
from search.query import Alternative, Place, ProductQuery, Sort, Term, TermGroup
from search.ranking import IN_STOCK, MOST_RANKED, STAR
from search.relaxation import Attempt
from search.words import LONGEST

from .mapping import TEXTS

Clause = dict[str, Any]

COLUMNS: dict[str, str] = {
    "place": "place",
    "category": "set",
    "form": "form",
    "stock": "in_stock",
    "price": "price_band",
}
MOST_VALUES = 500
"""More than any facet has: 63 former provinces, 26 sets, 7 forms."""

LISTED: Clause = {"term": {"listed": True}}
RANKED_FIELDS = ["producer_id", "name", "producer", "places", "category", "stars", "in_stock", "opinion"]


def has_words(attempt: Attempt) -> bool:
    return attempt.minimum > 0 and any(group.required for group in attempt.groups)


def retrieve(attempt: Attempt, *, facets: bool) -> Clause:
    """The first two hundred with what the ranker needs of them, the exact total, and the counts of all facets."""
    body = counted(attempt, facets=facets) | {"query": _asked(attempt, [])}
    body |= {"size": MOST_RANKED, "sort": order(attempt)}
    return body | {"_source": [*RANKED_FIELDS, "description"] if attempt.any_wide else RANKED_FIELDS}


def listed(attempt: Attempt, *, best: bool, size: int) -> Clause:
    """Without words: the first ones. With `best` only those that stand before all others are looked at."""
    body = _narrowed(attempt, _best(attempt.query) if best else []) | {"sort": order(attempt)}
    return body | {"size": size, "docvalue_fields": ["producer_id"]}


def counted(attempt: Attempt, *, facets: bool) -> Clause:
    """The exact total and the counts of all facets; filters come after those, since no facet counts its own choice."""
    query = attempt.query
    found = _asked(attempt, []) if has_words(attempt) else {"bool": {"filter": [LISTED]}}
    body = {"query": found, "post_filter": {"bool": {"filter": _fitting(query)}}}
    aggs = {"held": _held(attempt), **(aggregations(query) if facets else {})}
    return body | {"size": 0, "track_total_hits": True, "aggs": aggs}


def _held(attempt: Attempt) -> Clause:
    """How many fit and are named with the words, but held back before the 18+ statement."""
    if attempt.query.adult:
        return {"filter": {"match_none": {}}}
    fits = [*chosen(attempt.query).values(), {"term": {"adult": True}}, *_named(attempt)]
    return {"filter": {"bool": {"filter": fits}}}


def page(
    attempt: Attempt, *, sort: Sort, start: int, size: int, after: Place | None = None, best: bool = False
) -> Clause:
    """Places of one page in the order of a field, or in the engine's own for relevance; `best` as in `listed`."""
    body = _narrowed(attempt, _best(attempt.query) if best else [])
    begin: Clause = {"search_after": list(after)} if after else {"from": start}
    return body | begin | {"size": size, "sort": order(attempt, sort)}


def place(attempt: Attempt, *, sort: Sort, key: int) -> Clause:
    """Where in that order one product stands; nothing where it is not found any more."""
    body = _narrowed(attempt, [{"term": {"id": key}}])
    return body | {"from": 0, "size": 1, "sort": order(attempt, sort)}


def _narrowed(attempt: Attempt, besides: list[Clause]) -> Clause:
    """Where nothing is counted, filters come first: what does not fit need not be scored."""
    query = _asked(attempt, [*_fitting(attempt.query), *besides])
    return {"query": query, "_source": False, "track_total_hits": False}


def _asked(attempt: Attempt, filters: list[Clause]) -> Clause:
    """Words choose and score."""
    return {"bool": {"filter": [LISTED, *filters], **_words(attempt)}}


def _fitting(query: ProductQuery) -> list[Clause]:
    return [*chosen(query).values(), *([] if query.adult else [{"term": {"adult": False}}])]


def has_best(attempt: Attempt, sort: Sort = Sort.RELEVANCE) -> bool:
    """Whether it is worth looking among the best first: in long lists, those of which nothing is chosen."""
    return not attempt.groups and sort is Sort.RELEVANCE and not chosen(attempt.query)


def _best(query: ProductQuery) -> list[Clause]:
    """In stock, with four stars or five today: by `_boosts` nothing else stands before any of them."""
    return [{"term": {"in_stock": True}}, _today(query, {"terms": {"stars.stars": [4, 5]}})]


# ----- filters


def on_day(query: ProductQuery) -> list[Clause]:
    """The window of the query's day."""
    day = query.day.isoformat()
    return [{"range": {"stars.first": {"lte": day}}}, {"range": {"stars.last": {"gte": day}}}]


def chosen(query: ProductQuery) -> dict[str, Clause]:
    """The filter of each facet that has a choice."""
    parts = {
        "star": _star(query),
        "place": _place(query),
        "category": _any({"group": query.categories, "cls": query.categories, "set": query.categories}),
        "form": _any({"form": query.forms}),
        "stock": {"term": {"in_stock": True}} if query.in_stock else None,
        "price": _price(query),
    }
    return {facet: part for facet, part in parts.items() if part}


def _star(query: ProductQuery) -> Clause | None:
    if not (query.stars or query.certified):
        return None
    return _today(query, *([{"terms": {"stars.stars": sorted(query.stars)}}] if query.stars else []))


def _today(query: ProductQuery, *wanted: Clause) -> Clause:
    """A window that holds the day."""
    return {"nested": {"path": "stars", "query": {"bool": {"filter": [*on_day(query), *wanted]}}}}


def _place(query: ProductQuery) -> Clause | None:
    return _any(
        {
            "province": query.provinces,
            "former_province": query.former_provinces,
            "region": query.regions,
        }
    )


def _any(wanted: dict[str, frozenset[str]]) -> Clause | None:
    parts = [{"terms": {name: sorted(values)}} for name, values in wanted.items() if values]
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else None


def _price(query: ProductQuery) -> Clause | None:
    bounds = {"gte": query.price_from, "lte": query.price_to}
    given = {name: int(value) for name, value in bounds.items() if value is not None}
    return {"range": {"price": given}} if given else None


# ----- counts


def aggregations(query: ProductQuery) -> Clause:
    """A facet counts what all is chosen but its own; those of which nothing is chosen count the same together.

    `adult` counts what is held back.
    """
    filters = chosen(query)
    young = [] if query.adult else [{"term": {"adult": False}}]
    open_ones = [facet for facet in FACETS if facet not in filters]
    found = {facet: _counted([facet], query, [*_without(filters, facet), *young]) for facet in filters}
    hidden = [*filters.values(), {"term": {"adult": True}}]
    return {
        **found,
        **({"open": _counted(open_ones, query, [*filters.values(), *young])} if open_ones else {}),
        **({} if query.adult else {"adult": {"filter": {"bool": {"filter": hidden}}}}),
    }


def _without(filters: dict[str, Clause], facet: str) -> list[Clause]:
    return [part for name, part in filters.items() if name != facet]


def _counted(facets: Iterable[str], query: ProductQuery, filters: list[Clause]) -> Clause:
    inner = {facet: _values(facet, query) for facet in facets}
    return {"filter": {"bool": {"filter": filters}}, "aggs": inner}


def _values(facet: str, query: ProductQuery) -> Clause:
    if facet == "star":
        return {"nested": {"path": "stars"}, "aggs": {"today": _stars_today(query)}}
    return {"terms": {"field": COLUMNS[facet], "size": MOST_VALUES}}


def _stars_today(query: ProductQuery) -> Clause:
    """Windows of one product never overlap, so that windows of the day are as many as products."""
    inner = {"values": {"terms": {"field": "stars.stars", "size": 10}}}
    return {"filter": {"bool": {"filter": on_day(query)}}, "aggs": inner}


# ----- words


def _words(attempt: Attempt) -> Clause:
    """What the attempt finds, and before that what the attempts before it have found."""
    if not has_words(attempt):
        return _boosts(attempt.query)
    own = {"bool": _own_words(attempt)}
    if attempt.before is None:
        return {"must": [own]}
    earlier = {"bool": {"must": [{"bool": _words(attempt.before)}, _constant({"match_all": {}}, AHEAD)]}}
    return {"must": [{"dis_max": {"queries": [own, earlier]}}]}


def _own_words(attempt: Attempt) -> Clause:
    """Enough of the required groups; where some alternatives are guesses, enough that are none."""
    groups = _required(attempt)
    scored = [{"dis_max": {"queries": list(_scored(group, attempt.wide))}} for group in groups]
    must = [{"bool": {"should": scored, "minimum_should_match": attempt.minimum}}]
    if attempt.sure:
        sure = [_found(group, attempt.wide) for group in groups]
        must.append(_unscored({"bool": {"should": sure, "minimum_should_match": attempt.sure}}))
    return {"must": must, "should": [_head(groups[0])]}


def _required(attempt: Attempt) -> list[TermGroup]:
    return [group for group in attempt.groups if group.required]


def _named(attempt: Attempt) -> list[Clause]:
    """What is named with one of the words; everything where there are none."""
    if not has_words(attempt):
        return []
    parts = [_in_field(one, TEXTS[0]) for group in _required(attempt) for one in group.alternatives]
    return [{"bool": {"should": parts, "minimum_should_match": 1}}]


def _boosts(query: ProductQuery) -> Clause:
    """Without words only the ranker's boosts are left, as whole numbers, which add up without loss."""
    star = [
        _constant(
            {"bool": {"filter": [*on_day(query), {"term": {"stars.stars": stars}}]}},
            round(100 * STAR) * stars,
        )
        for stars in (3, 4, 5)
    ]
    today = {"nested": {"path": "stars", "score_mode": "max", "query": {"dis_max": {"queries": star}}}}
    return {"should": [today, _constant({"term": {"in_stock": True}}, round(100 * IN_STOCK))]}


def _scored(group: TermGroup, wide: bool) -> Iterable[Clause]:
    for alternative in group.alternatives:
        for name, weight in _fields(wide):
            full = group.weight * alternative.weight * weight
            found = _in_field(alternative, name)
            if alternative.terms[0].exact is not None or not group.preferred:
                yield _constant(found, full)
            else:
                as_typed = {"terms": {f"{name}_exact": [form[:LONGEST] for form in group.preferred]}}
                yield _constant({"bool": {"filter": [found, as_typed]}}, full)
                yield _constant(found, full * OTHER_MARKS)


def _found(group: TermGroup, wide: bool) -> Clause:
    """The group by an alternative that is no guess, in any field."""
    sure = [one for one in group.alternatives if not one.guess]
    parts = [_in_field(one, name) for one in sure for name, _ in _fields(wide)]
    return {"bool": {"should": parts, "minimum_should_match": 1}}


def _fields(wide: bool) -> list[tuple[str, float]]:
    return [(TEXTS[field], WEIGHTS[field]) for field in (Field if wide else NARROW)]


def _in_field(one: Alternative, name: str) -> Clause:
    """The alternative in one text, as search/matching.py has it.

    Several words stand together, but in a name they may stand apart, if they were typed apart; and what was found is
    not beside a neighbour that makes another thing of it: "chè" is not tea in "chè lam".
    """
    parts = [_term(term, name) for term in one.terms]
    if len(parts) > 1 and name == TEXTS[0] and not one.run_together:
        return {"bool": {"filter": parts}}
    if len(parts) == 1 and not (one.not_before or one.not_after):
        return parts[0]
    words = [_word(term, name) for term in one.terms]
    beside = [_together([*words, *_folded(name, key)]) for key in sorted(one.not_before)]
    beside += [_together([*_folded(name, key), *words]) for key in sorted(one.not_after)]
    if not beside:
        return _together(words)
    return {"span_not": {"include": _together(words), "exclude": {"span_or": {"clauses": beside}}}}


def _term(term: Term, name: str) -> Clause:
    if term.exact is None:
        return {"term": {f"{name}_folded": term.folded[:LONGEST]}}
    return {"term": {f"{name}_exact": term.exact[:LONGEST]}}


def _word(term: Term, name: str) -> Clause:
    """The term as a span of the folded words, among which those with marks have the same places."""
    if term.exact is None:
        return _folded(name, (term.folded,))[0]
    exact = {"span_term": {f"{name}_exact": term.exact[:LONGEST]}}
    return {"field_masking_span": {"query": exact, "field": f"{name}_folded"}}


def _folded(name: str, words: Iterable[str]) -> list[Clause]:
    return [{"span_term": {f"{name}_folded": word[:LONGEST]}} for word in words]


def _together(words: list[Clause]) -> Clause:
    if len(words) == 1:
        return words[0]
    return {"span_near": {"clauses": words, "slop": 0, "in_order": True}}


def _head(group: TermGroup) -> Clause:
    heads = sorted({one.terms[0].folded[:LONGEST] for one in group.alternatives})
    return _constant({"terms": {"head": heads}}, HEAD)


def _constant(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost}}


def _unscored(clause: Clause) -> Clause:
    return {"bool": {"filter": [clause]}}


# ----- order


def order(attempt: Attempt, sort: Sort = Sort.RELEVANCE) -> list[Clause]:
    """A unique order: the sort, then the name's first letters, then the id."""
    query = attempt.query
    today = {"path": "stars", "filter": {"bool": {"filter": on_day(query)}}}
    newest = {"stars.first": {"order": "desc", "missing": "_last", "nested": today}}
    stars = {"stars.stars": {"order": "desc", "missing": "_last", "nested": today}}
    liked = {"opinion": {"order": "desc", "missing": "_last", "unmapped_type": "integer"}}
    then: list[Clause] = [{"name_size": "asc"}, liked] if has_words(attempt) else [liked, newest]
    orders: dict[Sort, list[Clause]] = {
        Sort.RELEVANCE: [{"_score": "desc"}, *then],
        Sort.NEWEST_CERTIFICATE: [newest],
        Sort.PRICE_UP: [{"price": {"order": "asc", "missing": "_last"}}],
        Sort.PRICE_DOWN: [{"price": {"order": "desc", "missing": "_last"}}],
        Sort.STARS: [stars, newest],
        Sort.BEST_SELLING: [{"sold": "desc"}, newest],
    }
    return [*orders[sort], {"name_order": "asc"}, {"id": "asc"}]
