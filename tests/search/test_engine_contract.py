"""The database engine against a naive evaluation, over random catalogues' worth of filters and words."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.ocop import StarWindow
from search import indexing, reference
from search.document import Document
from search.engines.database import DatabaseEngine
from search.engines.rows import load, sort_key
from search.models import Entry
from search.query import ProductQuery, Sort
from search.relaxation import Attempt, reduced, repaired, shortened, typed, widened
from search.result import Step
from search.understanding import understand
from tests import factories
from tests.conftest import forget
from tests.search.naive import Shop

pytestmark = pytest.mark.django_db
SIZE, MANY = 90, 1_000
DAY = date(2026, 11, 24)
PROVINCES, FORMER, REGIONS = ("01", "08", "19"), ("01", "02", "06", "08", "19"), ("dbsh", "tdmnpb")
CATEGORIES = [(f"g{n // 4}", f"c{n // 2}", f"s{n}") for n in range(8)]
FORMS = ("htx", "doanh-nghiep", "ho-kinh-doanh")
PRICES = (None, 0, 99_999, 100_000, 100_001, 250_000, 999_999, 1_000_000, 3_000_000)
WORDS = "chè trà lam kho xanh mật ong dừa dứa thơm sấy heo lợn bò khô tỏi một cô đơn rượu nếp gạo cà phê tan".split()
TYPED = [*WORDS, "cafe", "tra", "duwa", "matong", "thon", "lợnn", "rieng", "đặc", "sản", "htx", "5", "sao"]


def _document(key: int, maker: int, dice: random.Random) -> Document:
    group, cls, kind = dice.choice(CATEGORIES)
    windows, first = [], DAY - timedelta(days=dice.randrange(400))
    for _ in range(dice.randrange(3)):
        last = first + timedelta(days=dice.randrange(1, 300))
        windows.append(StarWindow(first, last, dice.choice((3, 4, 5))))
        first = last + timedelta(days=dice.randrange(1, 60))
    return Document(
        id=key,
        producer_id=maker,
        province=dice.choice(PROVINCES),
        former_province=dice.choice(("", *FORMER)),
        region=dice.choice(REGIONS),
        group=group,
        cls=cls,
        set=kind,
        form=dice.choice(FORMS),
        price=dice.choice(PRICES),
        in_stock=dice.random() < 0.7,
        adult=dice.random() < 0.2,
        sold=dice.randrange(5),
        opinion=dice.choice((-40, 0, 0, 0, 60)),
        name=_text(dice, 1, 5).capitalize(),
        producer=f"HTX {_text(dice, 1, 2)}",
        places=_text(dice, 1, 3),
        category=_text(dice, 1, 3),
        description=_text(dice, 4, 12),
        spans=tuple(windows),
    )


def _text(dice: random.Random, least: int, most: int) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most)))


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shop]:
    """Entries of every kind, and all that the tables hold of them."""
    dice = random.Random(3)
    with django_db_blocker.unblock(), transaction.atomic():
        maker = factories.producer()
        keys = [factories.product(by=maker, price=None).pk for _ in range(SIZE)]
        Entry.objects.all().delete()
        indexing._write(_document(key, maker.pk + key % 7, dice) for key in keys)
        forget()
        yield Shop.read()
        transaction.set_rollback(True)
    forget()


def some(values: Any) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


def bound() -> st.SearchStrategy[Decimal | None]:
    return st.none() | st.sampled_from(PRICES[1:]).map(Decimal)


def filters(text: st.SearchStrategy[str]) -> st.SearchStrategy[ProductQuery]:
    codes = sorted({code for line in CATEGORIES for code in line})
    return st.builds(
        ProductQuery,
        text=text,
        day=st.integers(-500, 500).map(lambda days: DAY + timedelta(days=days)),
        stars=some((3, 4, 5)),
        provinces=some(PROVINCES),
        former_provinces=some(FORMER),
        regions=some(REGIONS),
        categories=some(codes),
        price_from=bound(),
        price_to=bound(),
        forms=some(FORMS),
        in_stock=st.booleans(),
        certified=st.booleans(),
        adult=st.booleans(),
    )


def check(shop: Shop, attempt: Attempt) -> None:
    """The engine finds and counts what the naive evaluation does."""
    engine = DatabaseEngine()
    retrieved, counts = engine.retrieve(attempt), engine.facets(attempt)
    page = engine.page(attempt, sort=Sort.RELEVANCE, start=0, size=MANY)
    found, expected = [place[-1] for place in page], shop.counts(attempt)
    assert sorted(found) == sorted(shop.ids(attempt))
    assert retrieved.total == len(found)
    assert {one.id for one in retrieved.candidates} == set(found)
    assert {facet: dict(sorted(values.items())) for facet, values in counts.items()} == {
        facet: dict(sorted(values.items())) for facet, values in expected.items()
    }


@settings(max_examples=80, deadline=None, derandomize=True)
@given(query=filters(st.just("")))
def test_filters_find_and_count_what_a_naive_evaluation_does(shop: Shop, query: ProductQuery) -> None:
    check(shop, Attempt(query, (), 0))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    query=filters(st.just("")), sort=st.sampled_from([sort for sort in Sort if sort is not Sort.RELEVANCE])
)
def test_lists_are_sorted_alike_in_sql_and_in_python(shop: Shop, query: ProductQuery, sort: Sort) -> None:
    attempt = Attempt(query, (), 0)
    found = [place[-1] for place in DatabaseEngine().page(attempt, sort=sort, start=0, size=MANY)]
    assert found == [row.id for row in sorted(load(shop.ids(attempt), query), key=sort_key(sort))]


def attempts(query: ProductQuery) -> Iterator[Attempt]:
    """Every way in which a text may be looked up."""
    known = reference.knowledge()
    words = known.vocabulary
    for reading in understand(query=query, gazetteer=known.gazetteer, lexicon=known.lexicon).readings:
        first = typed(reading=reading, vocabulary=words)
        wide = widened(attempt=first)
        yield from (first, wide)
        yield from shortened(attempt=wide)
        yield from repaired(attempt=first, vocabulary=words)
        for step in (Step.SOME_WORDS, Step.DROPPED_WORD, Step.MARKS_IGNORED):
            yield from reduced(attempt=first, vocabulary=words, step=step)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(query=filters(st.lists(st.sampled_from(TYPED), min_size=1, max_size=4).map(" ".join)))
def test_words_find_and_count_what_a_naive_evaluation_does(shop: Shop, query: ProductQuery) -> None:
    for attempt in attempts(query):
        check(shop, attempt)
