"""Searches and writes go on while the index is made anew: nobody sees a half index, and no write is lost."""

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from elasticsearch import Elasticsearch

from catalogue.models import Product
from marketplace.partner.models import StockRecord
from search.elastic import check, lifecycle
from search.elastic.delivery import deliver_all
from search.query import ProductQuery
from search.result import ProductResult
from search.searching import search
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 11, 24)
STEADY, TURNS = 60, 4


class Crowd:
    """Threads that do something over and over until they are told to stop, or something goes wrong."""

    def __init__(self, *doings: Callable[[int], object]) -> None:
        self.over = threading.Event()
        self.pool = ThreadPoolExecutor(len(doings))
        self.going_on = [self.pool.submit(self._go_on, doing) for doing in doings]

    def _go_on(self, doing: Callable[[int], object]) -> None:
        try:
            for turn in itertools.count():
                if self.over.is_set():
                    return
                doing(turn)
        finally:
            connection.close()

    def stop(self) -> None:
        self.over.set()
        for one in self.going_on:
            one.result()


def write(turn: int) -> None:
    product = factories.product(f"Bánh mới {turn}")
    StockRecord.objects.filter(product=product).update(price=Decimal(1000 + turn))
    if turn % 3 == 2:
        Product.objects.filter(title=f"Bánh mới {turn - 1}").delete()


def test_searches_see_a_whole_index_and_no_write_is_lost(
    elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "CHUNK", 7)
    for number in range(STEADY):
        factories.product(f"Chè nền {number}")
    lifecycle.rebuild()
    seen: list[ProductResult] = []
    look = ProductQuery(text="che nen", day=DAY)
    crowd = Crowd(write, lambda turn: seen.append(search(look)), lambda turn: deliver_all())
    try:
        for _ in range(TURNS):
            lifecycle.rebuild()
    finally:
        crowd.stop()
    deliver_all()
    assert len(seen) > TURNS
    assert {(result.total, result.engine) for result in seen} == {(STEADY, "elasticsearch")}
    found = check.drift()
    assert found.ids == []
    assert found.in_index == found.in_database > STEADY
