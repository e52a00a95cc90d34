"""Both engines answer alike."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search import indexing
from search.elastic import engine, lifecycle, requests
from search.elastic.engine import ElasticsearchEngine
from search.engines.database import DatabaseEngine
from search.query import ProductQuery, Sort
from search.relaxation import Attempt
from search.result import ProductResult
from search.searching import search_with
from tests import factories
from tests.benchmarks.synthetic import build
from tests.search.asking import Asker

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
TEXTS = [
    "che shan tuyet", "nước mắm", "mật ong rừng", "trà", "kẹo dừa bến tre", "cà phê đắk lắk dưới 200k",
    "gạo 4 sao", "rượu", "mat ogn", "nuoc mam phu quoc", "htx", "mien dong bac kan", "bot san day huu co xyz",
]  # fmt: skip


@pytest.fixture
def engines(elasticsearch: Elasticsearch) -> None:
    """The same 300 products before both."""
    build(size=300, day=DAY)
    indexing.rebuild()
    lifecycle.rebuild()


def answers(query: ProductQuery) -> tuple[ProductResult, ProductResult]:
    return search_with(DatabaseEngine(), query), search_with(ElasticsearchEngine(facets=True), query)


def told(result: ProductResult) -> tuple[Any, ...]:
    """Everything but which engine it was, and counts of nothing."""
    counts = {
        facet: {value: n for value, n in values.items() if n} for facet, values in result.facets.items()
    }
    return (
        result.ids,
        result.total,
        counts,
        result.relaxed,
        result.chips,
        result.corrected,
        result.hidden_adult,
    )


@pytest.mark.usefixtures("engines")
def test_without_words_ids_order_totals_and_counts_are_the_same_whatever_is_chosen() -> None:
    asker, totals = Asker(seed=7, around=DAY), set()
    for turn in range(150):
        query = asker.ask(page=1 + turn % 3)
        database, elastic = answers(query)
        assert told(elastic) == told(database), query
        totals.add(database.total)
    assert len(totals) > 30  # the questions were not all answered with nothing


@pytest.mark.usefixtures("engines")
def test_a_long_list_is_the_same_when_the_best_are_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    for module in (requests, engine):
        monkeypatch.setattr(module, "MOST_RANKED", 12)
    ask = engine.ask
    monkeypatch.setattr(engine, "ask", lambda body, **options: asked.append(body) or ask(body, **options))
    query = ProductQuery(text="", day=DAY, page_size=12)
    pages = [replace(query, page=page) for page in range(1, 8)]
    found = [search_with(ElasticsearchEngine(), page).ids for page in pages]
    # The counts, then what is looked for among the best; behind the last of those one asks again.
    assert 2 * len(pages) < len(asked) < 3 * len(pages)
    monkeypatch.setattr(requests, "has_best", lambda *arguments: False)
    assert found == [search_with(ElasticsearchEngine(), page).ids for page in pages]
    assert all(len(ids) == 12 for ids in found)


@pytest.mark.usefixtures("engines")
def test_with_words_they_find_and_count_the_same() -> None:
    asker = Asker(seed=8, around=DAY)
    for text in TEXTS:
        for query in (ProductQuery(text=text, day=DAY), asker.ask(text=text)):
            database, elastic = answers(query)
            assert (elastic.total, elastic.facets) == (database.total, database.facets), query
            assert told(elastic) == told(database), query


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize("sort", list(Sort))
def test_a_text_that_is_read_as_a_place_alone_is_found_alike_in_every_order(sort: Sort) -> None:
    """Its filter is what the text was read as, at a second look for wrong marks."""
    for text in ("Hà Nôi", "đăc sản Thái Nguyên", "đặc sản Hà Nội", "hàng OCOP"):
        query = ProductQuery(text=text, day=DAY, sort=sort, page_size=6)
        for asked in (query, replace(query, page=2)):
            database, elastic = answers(asked)
            assert told(elastic) == told(database), asked
        assert database.total > 0, text


@pytest.mark.usefixtures("engines")
def test_the_star_is_that_of_the_day_without_a_new_index() -> None:
    """The clock moves over five years in steps of about two months; nothing is indexed meanwhile."""
    seen = set()
    for step in range(-18, 18):
        query = ProductQuery(text="", day=DAY + timedelta(days=61 * step))
        attempt = Attempt(query, (), 0)
        counts = ElasticsearchEngine(facets=True).facets(attempt)
        assert counts == DatabaseEngine().facets(attempt), query.day
        seen.add(tuple(sorted(counts["star"].items())))
    assert len(seen) > 15


def test_a_few_candidates_decide_a_page_only_if_their_producers_fill_the_first_places(
    elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "FEW", 24)
    big = factories.producer()
    for number in range(40):
        product = factories.product(f"Chè {number}", by=big if number < 30 else None)
        factories.rating(product, stars=5 if number < 30 else 3, issued_on=date(2026, 1, 15))
    indexing.rebuild()
    lifecycle.rebuild()
    for page in (1, 2, 3):
        query = ProductQuery(text="", day=DAY, page=page, page_size=12)
        database, elastic = answers(query)
        assert elastic.ids == database.ids, page
