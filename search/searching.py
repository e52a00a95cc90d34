"""From a query to a result: understanding, engine, relaxation, ranker, page; the same for every engine."""

from dataclasses import replace

from search.engines.database import DatabaseEngine
from search.finding import Finding, find
from search.matching import match_group
from search.query import ProductQuery, Sort
from search.result import ProductResult, Step
from search.text.tokens import field

from . import reference

MOST_PAGES = 100
"""Numbered pages end here; who needs more, filters."""

_WORDS_CHANGED = {Step.SPELLING, Step.KEYBOARD}


def search(query: ProductQuery, *, facets: bool = True) -> ProductResult:
    """One page of products in order, with totals, counts and what was understood and relaxed."""
    engine = DatabaseEngine()
    found = find(
        query=query, engine=engine, gazetteer=reference.gazetteer.get(), vocabulary=reference.vocabulary.get()
    )
    counts = engine.facets(found.attempt, ids=found.matching) if facets else {}
    return ProductResult(
        ids=tuple(_page(engine, found, query)),
        total=found.total,
        engine=engine.name,
        facets=counts,
        relaxed=found.attempt.steps,
        chips=found.attempt.chips,
        corrected=_corrected(found),
        hidden_adult=counts.get("adult", {}).get("1", 0),
    )


def _page(engine: DatabaseEngine, found: Finding, query: ProductQuery) -> list[int]:
    start = (query.page - 1) * query.page_size
    end = start + query.page_size
    words = bool(found.ranked)
    if words and query.sort == Sort.RELEVANCE:
        first = [entry.candidate.id for entry in found.ranked]
        return [*first, *found.matching[len(first) :]][start:end]
    asked = replace(found.attempt, query=replace(found.attempt.query, sort=query.sort))
    return engine.page(asked, ids=found.matching, start=start, size=query.page_size)


def _corrected(found: Finding) -> str:
    """The words that were searched instead of those typed, as the best product writes them."""
    if not _WORDS_CHANGED.intersection(found.attempt.steps) or not found.ranked:
        return ""
    name = field(found.ranked[0].candidate.name)
    words = []
    for group in found.attempt.groups:
        _, start, size = match_group(group, name)
        words.append(" ".join(name.exact[start : start + size]) if start >= 0 else group.words)
    return " ".join(words)
