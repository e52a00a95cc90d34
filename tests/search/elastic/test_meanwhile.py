"""Searches and writes go on while the index is made anew: nobody sees a half index, and no write is lost."""

import threading
from collections.abc import Callable
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
from search.searching import search
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
DAY = date(2026, 11, 24)
STEADY, TURNS = 60, 4


class Crowd:
    """Threads that do something over and over until they are told to stop; the first error is kept."""

    def __init__(self, *doings: Callable[[int], None]) -> None:
        self.over, self.errors = threading.Event(), list[Exception]()
        self.threads = [threading.Thread(target=self._go_on, args=(doing,)) for doing in doings]
        for thread in self.threads:
            thread.start()

    def _go_on(self, doing: Callable[[int], None]) -> None:
        turn = 0
        try:
            while not self.over.is_set():
                doing(turn)
                turn += 1
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()
        if self.errors:
            raise self.errors[0]


def test_searches_see_a_whole_index_and_no_write_is_lost(
    elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "CHUNK", 7)
    maker = factories.producer("HTX Phìn Hồ")
    for number in range(STEADY):
        factories.product(f"Chè nền {number}", by=maker)
    lifecycle.rebuild()
    seen: list[tuple[int, str]] = []

    def write(turn: int) -> None:
        product = factories.product(f"Bánh mới {turn}", by=maker)
        StockRecord.objects.filter(product=product).update(price=Decimal(1000 + turn))
        if turn % 3 == 2:
            Product.objects.filter(title=f"Bánh mới {turn - 1}").delete()

    def look(turn: int) -> None:
        result = search(ProductQuery(text="che nen", day=DAY))
        seen.append((result.total, result.engine))

    crowd = Crowd(write, look, lambda turn: deliver_all() and None)
    try:
        for _ in range(TURNS):
            lifecycle.rebuild()
    finally:
        crowd.stop()
    deliver_all()
    assert len(seen) > TURNS
    assert set(seen) == {(STEADY, "elasticsearch")}
    found = check.drift()
    assert found.ids == []
    assert found.in_index == found.in_database > STEADY
