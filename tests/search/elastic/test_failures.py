"""What visitors and changes meet when Elasticsearch is away, slow, overloaded or of another opinion."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from elasticsearch import Elasticsearch

from marketplace.accounts.models import User
from search.elastic import breaker as circuit
from search.elastic import lifecycle
from search.elastic.breaker import breaker
from search.elastic.client import Refused, Unavailable, client
from search.elastic.delivery import deliver_all
from search.jobs import deliver_changes
from search.models import Rebuild, Waiting
from search.query import ProductQuery
from search.searching import search
from tests import factories
from tests.search.elastic.fault_proxy import Faults, proxy

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def faults(elasticsearch: Elasticsearch, settings: Any) -> Iterator[Faults]:
    """One product behind a proxy that can be told to misbehave."""
    factories.product("Trà xanh Phìn Hồ")
    lifecycle.rebuild()
    deliver_all()
    with proxy(settings.ELASTICSEARCH_URL) as faults:
        settings.ELASTICSEARCH_URL = faults.url
        yield faults


def asked() -> str:
    """The engine that answered with the product."""
    result = search(ProductQuery(text="phin ho", day=DAY))
    assert result.total == 1
    return result.engine


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_overloaded_node_is_stood_in_for_on_the_same_page(
    faults: Faults, client: Client, status: int
) -> None:
    faults.status = status
    page = client.get("/san-pham/")
    assert page.status_code == 200
    assert "Trà xanh Phìn Hồ" in page.content.decode()
    faults.heal()
    assert asked() == "elasticsearch"


def test_a_slow_node_is_waited_for_no_longer_than_said(faults: Faults, settings: Any) -> None:
    settings.ELASTICSEARCH_TIMEOUT = 1
    faults.slow = 4
    began = time.monotonic()
    assert asked() == "database"
    assert time.monotonic() - began < faults.slow


def test_after_some_failures_nobody_asks_until_a_probe_is_answered(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.cut = True
    for _ in range(circuit.MOST_FAILURES):
        assert asked() == "database"
    seen = len(faults.asked)
    assert asked() == "database"
    assert len(faults.asked) == seen, "the circuit is open, and somebody asked"
    faults.heal()
    assert asked() == "database"
    monkeypatch.setattr(circuit.time, "monotonic", lambda now=time.monotonic: now() + circuit.PAUSE + 1)
    assert asked() == "elasticsearch"
    assert breaker.is_closed


def test_one_probe_at_a_time_finds_out_whether_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    one = circuit.Breaker()
    for _ in range(circuit.MOST_FAILURES):
        one.failed()
    monkeypatch.setattr(circuit.time, "monotonic", lambda now=time.monotonic: now() + circuit.PAUSE + 1)
    assert [one.may_ask() for _ in range(3)] == [True, False, False]
    one.failed()
    assert not one.may_ask()


def test_a_missing_index_is_stood_in_for(elasticsearch: Elasticsearch) -> None:
    factories.product("Trà xanh Phìn Hồ")
    assert asked() == "database"
    assert search(ProductQuery(text="", day=DAY)).engine == "database"


@pytest.mark.parametrize("fault", ["cut", "status"])
def test_changes_wait_while_nothing_answers_and_arrive_afterwards(
    faults: Faults, settings: Any, fault: str
) -> None:
    setattr(faults, fault, 503)
    product = factories.product("Bánh Phìn Hồ")
    deliver_changes()
    waiting = Waiting.objects.get(pk=product.pk)
    assert (waiting.refused, waiting.attempts) == ("", 1)
    faults.heal()
    Waiting.objects.update(due_at=waiting.since)
    deliver_changes()
    client().indices.refresh(index=settings.ELASTICSEARCH_ALIAS)
    assert search(ProductQuery(text="phin ho", day=DAY)).total == 2
    assert not Waiting.objects.exists()


def test_a_read_only_index_is_no_documents_fault(faults: Faults, settings: Any) -> None:
    (name,) = lifecycle.live(client())
    client().indices.put_settings(index=name, settings={"index.blocks.write": True})
    factories.product("Bánh Phìn Hồ")
    with pytest.raises(Unavailable):
        deliver_all()
    assert Waiting.objects.get().refused == ""
    client().indices.put_settings(index=name, settings={"index.blocks.write": False})
    Waiting.objects.update(due_at=Waiting.objects.get().since)
    deliver_all()
    assert not Waiting.objects.exists()


def test_what_earlier_rebuilds_left_behind_goes_with_the_next(
    elasticsearch: Elasticsearch, settings: Any
) -> None:
    alias = settings.ELASTICSEARCH_ALIAS
    for name in (f"{alias}-20260101000000000000", f"{alias}-archive"):
        elasticsearch.indices.create(index=name)
    new = lifecycle.rebuild()
    assert sorted(elasticsearch.indices.get(index=f"{alias}-*").body) == sorted([new, f"{alias}-archive"])


@pytest.mark.parametrize("path", ["_bulk", "_aliases", "_count"])
def test_a_rebuild_that_fails_leaves_the_old_index_and_nothing_of_its_own(faults: Faults, path: str) -> None:
    before = lifecycle.live(client())
    faults.status, faults.only = 503, lambda asked: path in asked
    with pytest.raises(Unavailable):
        lifecycle.rebuild()
    faults.heal()
    assert lifecycle.live(client()) == before
    assert list(client().indices.get(index=f"{before[0].rpartition('-')[0]}-*").body) == before
    assert not Rebuild.objects.exists()
    assert asked() == "elasticsearch"


def test_a_switch_whose_answer_is_lost_keeps_the_new_index(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old,) = lifecycle.live(client())
    switch = type(client().indices).update_aliases

    def lost(self: Any, **arguments: Any) -> Any:
        switch(self, **arguments)
        raise Unavailable("the answer was lost")

    monkeypatch.setattr(type(client().indices), "update_aliases", lost)
    with pytest.raises(Unavailable):
        lifecycle.rebuild()
    (new,) = lifecycle.live(client())
    assert new != old
    assert asked() == "elasticsearch"


def test_an_index_that_lacks_products_is_not_put_in_place(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lifecycle.live(client())
    monkeypatch.setattr(lifecycle, "send", lambda *arguments: {})
    with pytest.raises(Refused, match="0 of 1"):
        lifecycle.rebuild()
    assert lifecycle.live(client()) == before


WORDS = "Elasticsearch chưa trả lời"


def test_only_staff_read_that_the_database_stood_in(faults: Faults, client: Client) -> None:
    staff = User.objects.create_user("nhan-vien@cho.example", password="x", is_staff=True)
    faults.status = 503
    assert WORDS not in client.get("/san-pham/").content.decode()
    client.force_login(staff)
    assert WORDS in client.get("/san-pham/").content.decode()
    assert client.get("/goi-y/?q=phin").status_code == 200
    faults.heal()
    breaker.close()
    assert WORDS not in client.get("/san-pham/").content.decode()
