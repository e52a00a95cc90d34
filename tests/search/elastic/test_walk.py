"""Behind the numbered pages Elasticsearch goes on by cursor, and the database goes on for it."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import cursors, indexing
from search.elastic import engine, lifecycle, requests
from search.elastic.breaker import breaker
from search.elastic.engine import Adrift, ElasticsearchEngine
from search.engines import database
from search.engines.database import DatabaseEngine
from search.query import Cursor, ProductQuery, Sort
from search.result import ProductResult
from search.searching import search, search_with
from tests.benchmarks.synthetic import build
from tests.search.elastic.fault_proxy import proxy
from tests.search.walking import pages, walked

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
RANKED = 12
LIST = ProductQuery(text="", day=DAY, page_size=24)
WORDS = ProductQuery(text="trà", day=DAY, page_size=6)
NUMBERED = 3
"""So many pages lie behind those few that are ranked here."""


@pytest.fixture
def shop(elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> Elasticsearch:
    """The same 280 products before both engines."""
    for module in (database, engine, requests):
        monkeypatch.setattr(module, "MOST_RANKED", RANKED)
    build(size=280, day=DAY)
    indexing.rebuild()
    lifecycle.rebuild()
    return elasticsearch


def by_elasticsearch(query: ProductQuery) -> ProductResult:
    return search_with(ElasticsearchEngine(), query, facets=False)


def by_database(query: ProductQuery) -> ProductResult:
    return search_with(DatabaseEngine(), query, facets=False)


class ByTurns:
    """Now the one engine answers, now the other; both know the way from where the other was."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self, query: ProductQuery) -> ProductResult:
        self.turn += 1
        return (by_elasticsearch if self.turn // 2 % 2 else by_database)(query)


@pytest.mark.usefixtures("shop")
def test_a_walk_shows_every_product_once_in_the_order_of_one_big_page_whoever_answers() -> None:
    for sort in Sort:
        query = replace(LIST, sort=sort)
        expected = list(by_database(replace(query, page_size=1_000)).ids)
        assert len(expected) == len(set(expected)) > 200
        for ask in (by_elasticsearch, by_database, ByTurns()):
            assert walked(ask, query, numbered=NUMBERED) == expected, (sort, ask)


@pytest.mark.usefixtures("shop")
def test_so_does_a_walk_through_what_words_find() -> None:
    for sort in Sort:
        query = replace(WORDS, sort=sort)
        expected = list(by_elasticsearch(replace(query, page_size=1_000)).ids)
        assert len(expected) == len(set(expected)) > 30
        for ask in (by_elasticsearch, ByTurns()):
            assert walked(ask, query, numbered=NUMBERED) == expected, (sort, ask)


def test_what_comes_and_goes_before_the_cursor_moves_nothing_behind_it(
    shop: Elasticsearch, settings: Any
) -> None:
    """Before each page the last product of the one before is deleted, and the first of it moved to the front."""
    for sort in Sort:
        query, seen = replace(LIST, sort=sort), list[int]()
        front = {"price": 10**9 if sort is Sort.PRICE_DOWN else 0, "sold": 10**6}
        expected = list(by_elasticsearch(replace(query, page_size=1_000)).ids)
        result = by_elasticsearch(replace(query, page=NUMBERED))
        while result.further:
            index = {"index": settings.ELASTICSEARCH_ALIAS, "refresh": True}
            shop.delete(id=str(result.ids[-1]), **index)
            shop.update(id=str(result.ids[0]), doc=front, **index)
            result = by_elasticsearch(replace(query, after=result.further))
            seen += result.ids
        assert seen == expected[NUMBERED * 24 :], sort
        lifecycle.rebuild()


def test_elasticsearch_that_comes_and_goes_in_the_middle_of_a_walk_is_not_noticed(
    shop: Elasticsearch, settings: Any
) -> None:
    expected = list(by_database(replace(LIST, page_size=1_000)).ids)
    with proxy(settings.ELASTICSEARCH_URL) as faults:
        settings.ELASTICSEARCH_URL = faults.url
        seen, engines = list[int](), list[str]()
        for turn, result in enumerate(pages(search, LIST, numbered=NUMBERED), 1):
            seen += result.ids
            engines.append(result.engine)
            faults.cut = turn // 2 % 2 == 1
            breaker.close()
    assert seen == expected
    assert {(one, other) for one, other in pairwise(engines[NUMBERED - 1 :])} == {
        (one, other) for one in ("database", "elasticsearch") for other in ("database", "elasticsearch")
    }


def test_where_the_database_stopped_at_a_product_that_is_gone_the_database_goes_on(
    shop: Elasticsearch, settings: Any
) -> None:
    stopped = by_database(replace(LIST, page=NUMBERED))
    assert stopped.further
    assert search(replace(LIST, after=stopped.further)).engine == "elasticsearch"
    shop.delete(index=settings.ELASTICSEARCH_ALIAS, id=str(stopped.ids[-1]), refresh=True)
    result = search(replace(LIST, after=stopped.further))
    assert (result.engine, len(result.ids)) == ("database", LIST.page_size)
    assert breaker.is_closed and not result.stood_in
    assert search(LIST).engine == "elasticsearch"


LOWEST, HIGHEST = -(2**63), 2**63 - 1


@pytest.mark.usefixtures("shop")
def test_no_cursor_that_is_read_upsets_elasticsearch() -> None:
    """Else a visitor with made-up cursors could switch it off for everybody."""
    whole = [(value,) * size for value in (LOWEST, HIGHEST, -1, 2**31) for size in (1, 3, 4, 5)]
    scored = [(score, *(value,) * 4) for score in (1e9, -1e9, 0.5) for value in (LOWEST, HIGHEST)]
    asked = 0
    for sort, place in product(Sort, [*whole, *scored]):
        try:
            cursor = cursors.read(cursors.written(Cursor(2_400, place), sort), sort)
        except ValueError:
            continue
        for query in (LIST, WORDS):
            with suppress(Adrift):
                by_elasticsearch(replace(query, sort=sort, after=cursor))
            asked += 1
    assert asked > 90
