"""An attempt as the body of a search request. Pure: builds dictionaries and sends nothing.

Scores are those of search/engines/postings.py: for every required group the best of its alternatives and fields,
each a constant, so that both engines put the same products among the first two hundred.
"""

from collections.abc import Iterable
from typing import Any

from search.engines.filters import FACETS
from search.engines.postings import HEAD, OTHER_MARKS, WEIGHTS
from search.models import NARROW, Field
from search.query import Alternative, ProductQuery, Sort, Term, TermGroup
from search.ranking import IN_STOCK, MOST_RANKED, STAR
from search.relaxation import Attempt
from search.words import LONGEST

from .mapping import TEXTS

Clause = dict[str, Any]

COLUMNS: dict[str, str] = {"place": "place", "category": "set", "form": "form", "price": "price_band"}
MOST_VALUES = 500
"""More than any facet has: 63 former provinces, 26 sets, 7 forms."""

RANKED_FIELDS = ["producer_id", "name", "producer", "places", "category", "stars", "in_stock"]


def has_words(attempt: Attempt) -> bool:
    return attempt.minimum > 0 and any(group.required for group in attempt.groups)


def retrieve(attempt: Attempt, *, facets: bool) -> Clause:
    """The first two hundred with what the ranker needs of them, the exact total, and the counts of all facets."""
    body = _asked(attempt) | {"size": MOST_RANKED, "track_total_hits": True, "sort": order(attempt)}
    if attempt.groups:
        body["_source"] = [*RANKED_FIELDS, "description"] if attempt.wide else RANKED_FIELDS
    else:
        body |= {"_source": False, "docvalue_fields": ["producer_id"]}
    return body | ({"aggs": aggregations(attempt.query)} if facets else {})


def page(attempt: Attempt, *, sort: Sort, start: int, size: int) -> Clause:
    """Ids of one page in the order of a field, or in the engine's own for relevance."""
    body = _asked(attempt) | {"from": start, "size": size, "_source": False, "track_total_hits": False}
    return body | {"sort": order(attempt, sort)}


def _asked(attempt: Attempt) -> Clause:
    """Words choose and score; filters come after the counts, since no facet counts its own choice."""
    query = attempt.query
    found = {"bool": {"filter": [{"term": {"listed": True}}], **_words(attempt)}}
    after = [*chosen(query).values(), *([] if query.adult else [{"term": {"adult": False}}])]
    return {"query": found, "post_filter": {"bool": {"filter": after}}}


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
    wanted: list[Clause] = [{"terms": {"stars.stars": sorted(query.stars)}}] if query.stars else []
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
    """One filter a facet: all that is chosen but its own. `adult` counts what is held back."""
    filters = chosen(query)
    young = [] if query.adult else [{"term": {"adult": False}}]
    found = {facet: _counted(facet, query, [*_without(filters, facet), *young]) for facet in FACETS}
    hidden = [*filters.values(), {"term": {"adult": True}}]
    return found | ({} if query.adult else {"adult": {"filter": {"bool": {"filter": hidden}}}})


def _without(filters: dict[str, Clause], facet: str) -> list[Clause]:
    return [part for name, part in filters.items() if name != facet]


def _counted(facet: str, query: ProductQuery, filters: list[Clause]) -> Clause:
    if facet == "star":
        inner = {"today": {"nested": {"path": "stars"}, "aggs": {"today": _stars_today(query)}}}
    elif facet == "stock":
        inner = {"values": {"filter": {"term": {"in_stock": True}}}}
    else:
        inner = {"values": {"terms": {"field": COLUMNS[facet], "size": MOST_VALUES}}}
    return {"filter": {"bool": {"filter": filters}}, "aggs": inner}


def _stars_today(query: ProductQuery) -> Clause:
    """Windows of one product never overlap, so that windows of the day are as many as products."""
    inner = {"values": {"terms": {"field": "stars.stars", "size": 10}}}
    return {"filter": {"bool": {"filter": on_day(query)}}, "aggs": inner}


# ----- words


def _words(attempt: Attempt) -> Clause:
    """Enough of the required groups; where some alternatives are guesses, enough that are none."""
    groups = [group for group in attempt.groups if group.required]
    if not has_words(attempt):
        return _boosts(attempt.query)
    scored = [{"dis_max": {"queries": list(_scored(group, attempt.wide))}} for group in groups]
    must = [{"bool": {"should": scored, "minimum_should_match": attempt.minimum}}]
    if attempt.sure:
        sure = [_found(group, attempt.wide) for group in groups]
        must.append(_unscored({"bool": {"should": sure, "minimum_should_match": attempt.sure}}))
    return {"must": must, "should": [_head(groups[0])]}


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


def _in_field(alternative: Alternative, name: str) -> Clause:
    """All terms of the alternative in one text; a single one not beside its forbidden neighbours."""
    if len(alternative.terms) == 1 and (alternative.not_before or alternative.not_after):
        return _not_beside(alternative, name)
    parts = [_term(term, name) for term in alternative.terms]
    return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}}


def _term(term: Term, name: str) -> Clause:
    if term.exact is None:
        return {"term": {f"{name}_folded": term.folded[:LONGEST]}}
    return {"term": {f"{name}_exact": term.exact[:LONGEST]}}


def _not_beside(alternative: Alternative, name: str) -> Clause:
    """ "chè" is not tea in "chè lam": the word, but not where it stands with a neighbour that makes it another."""
    (term,) = alternative.terms
    own = _span(name, "folded", term.folded)
    pairs = [[own, *_spans(name, key)] for key in sorted(alternative.not_before)]
    pairs += [[*_spans(name, key), own] for key in sorted(alternative.not_after)]
    beside = [{"span_near": {"clauses": clauses, "slop": 0, "in_order": True}} for clauses in pairs]
    word = own
    if term.exact is not None:
        exact = _span(name, "exact", term.exact)
        word = {"field_masking_span": {"query": exact, "field": f"{name}_folded"}}
    return {"span_not": {"include": word, "exclude": {"span_or": {"clauses": beside}}}}


def _spans(name: str, key: tuple[str, ...]) -> list[Clause]:
    return [_span(name, "folded", word) for word in key]


def _span(name: str, form: str, word: str) -> Clause:
    return {"span_term": {f"{name}_{form}": word[:LONGEST]}}


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
    second: Clause = {"name_size": "asc"} if has_words(attempt) else newest
    orders: dict[Sort, list[Clause]] = {
        Sort.RELEVANCE: [{"_score": "desc"}, second],
        Sort.NEWEST_CERTIFICATE: [newest],
        Sort.PRICE_UP: [{"price": {"order": "asc", "missing": "_last"}}],
        Sort.PRICE_DOWN: [{"price": {"order": "desc", "missing": "_last"}}],
        Sort.STARS: [stars, newest],
        Sort.BEST_SELLING: [{"sold": "desc"}, newest],
    }
    return [*orders[sort], {"name_order": "asc"}, {"id": "asc"}]
