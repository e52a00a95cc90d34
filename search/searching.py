"""From a query to a result: understanding, engine, relaxation, ranker, page; the same for every engine.

Elasticsearch answers where it is configured. When it does not, the database engine answers the same page, and the
circuit breaker keeps the next visitors from waiting for it.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.conf import settings

from search.elastic import begun as elastic_begun
from search.elastic.breaker import breaker
from search.elastic.client import Refused, Unavailable
from search.elastic.engine import Adrift, ElasticsearchEngine
from search.engines import begun as database_begun
from search.engines.database import DatabaseEngine
from search.engines.filters import filters, on_day, visible
from search.finding import Engine, Finding, corrected_text, find
from search.knowledge import Knowledge
from search.query import Cursor, Place, ProductQuery, Sort
from search.result import Begun, ProductResult, Promotion, Step

from . import reference

MOST_PAGES = 100
"""Numbered pages end here, with 2,400 products: every number costs an engine all that comes before it, and
Elasticsearch refuses to number more than 10,000 (`max_result_window`). Behind them a list goes on by cursor."""

_FEWER_WORDS = {Step.SOME_WORDS, Step.DROPPED_WORD}


logger = logging.getLogger(__name__)
T = TypeVar("T")


def search(query: ProductQuery, *, facets: bool = True, knowledge: Knowledge | None = None) -> ProductResult:
    """One page of products in order, with totals, counts and what was understood and relaxed.

    `knowledge` takes the place of what is in force, to try what is not saved yet.
    """
    known = knowledge or reference.knowledge()

    def ask() -> ProductResult:
        try:
            return search_with(ElasticsearchEngine(facets=facets), query, facets=facets, knowledge=known)
        except Adrift:
            return search_with(DatabaseEngine(), query, facets=facets, knowledge=known)

    answered = _elasticsearch(ask)
    if answered:
        return answered
    result = search_with(DatabaseEngine(), query, facets=facets, knowledge=known)
    return replace(result, stood_in=bool(settings.ELASTICSEARCH_URL))


def begun(typed: str, *, adult: bool, products: int, producers: int) -> Begun:
    """Products and producers whose names go on as typed."""

    def ask(source: Any) -> Begun:
        found: Begun = source.begun(typed, adult=adult, products=products, producers=producers)
        return found

    return _elasticsearch(lambda: ask(elastic_begun)) or ask(database_begun)


def _elasticsearch(ask: Callable[[], T]) -> T | None:
    """What Elasticsearch answers; None where it is not configured, or does not answer now."""
    if not settings.ELASTICSEARCH_URL or not breaker.may_ask():
        return None
    try:
        answered = ask()
    except (Unavailable, Refused) as error:
        breaker.failed()
        logger.warning("Elasticsearch does not answer, the database does: %s", error)
        return None
    breaker.answered()
    return answered


def search_with(
    engine: Engine, query: ProductQuery, *, facets: bool = True, knowledge: Knowledge | None = None
) -> ProductResult:
    """The same from one engine; raises what the engine raises."""
    known = knowledge or reference.knowledge()
    found = find(query=query, engine=engine, knowledge=known)
    counts = engine.facets(found.attempt) if facets else {}
    ids, further = _page(engine, found, query)
    return ProductResult(
        ids=ids,
        total=found.total,
        engine=engine.name,
        facets=counts,
        relaxed=found.attempt.steps,
        chips=found.attempt.chips,
        corrected=corrected_text(found),
        groups=found.attempt.groups,
        exact=_exact(found),
        further=further,
        hidden_adult=counts.get("adult", {}).get("1", 0),
        promoted=_promoted(query, known),
    )


def found_by(engine: Engine, query: ProductQuery) -> Finding:
    """What the engine finds, understood, relaxed and ranked; raises what the engine raises."""
    return find(query=query, engine=engine, knowledge=reference.knowledge())


def _promoted(query: ProductQuery, known: Knowledge) -> tuple[Promotion, ...]:
    """Products that staff put in front, those of them that this visitor may see and the filters leave."""
    wanted = known.promoted_for(query)
    if not wanted:
        return ()
    shown = on_day(visible(query), query).filter(filters(query), pk__in=[each.product_id for each in wanted])
    kept = set(shown.values_list("pk", flat=True))
    return tuple(each for each in wanted if each.product_id in kept)


def _page(engine: Engine, found: Finding, query: ProductQuery) -> tuple[tuple[int, ...], Cursor | None]:
    """By relevance the ranker's order first, and the engine's behind it; then where the list goes on."""
    ranked = found.ranked if query.sort is Sort.RELEVANCE else ()
    start, end = query.start, query.start + query.page_size
    ids = tuple(entry.candidate.id for entry in ranked[start:end])
    wanted = query.page_size - len(ids)
    if not wanted or found.total <= len(ranked):
        return ids, None
    # One more than wanted says whether the list goes on: the total does not, while products come and go.
    places = engine.page(
        found.attempt,
        sort=query.sort,
        start=max(start, len(ranked)),
        size=wanted + 1,
        after=query.after.place if query.after else None,
    )
    further = Cursor(end, places[wanted - 1]) if len(places) > wanted else None
    return ids + _ids(places[:wanted]), further


def _ids(places: list[Place]) -> tuple[int, ...]:
    return tuple(int(place[-1]) for place in places)


def _exact(found: Finding) -> int | None:
    """How many hold every word as typed; None where nothing was relaxed."""
    if not found.attempt.steps:
        return None
    if not _FEWER_WORDS.issuperset(found.attempt.steps):
        return 0
    return found.exact
