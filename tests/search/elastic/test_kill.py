"""The real node is killed (SIGKILL) in the middle of what the shop asks of it, and comes back."""

import tempfile
import threading
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from elasticsearch import Elasticsearch

from scripts import elasticsearch_node
from search.elastic import check, delivery, lifecycle
from search.elastic.breaker import breaker
from search.elastic.client import Unavailable, client
from search.models import Rebuild, Waiting
from search.query import ProductQuery
from search.searching import search
from tests import factories
from tests.conftest import lacks

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)
GOODS = 30


class Killable:
    """A node of our own, which comes back at the same address with what it had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.node = elasticsearch_node.start(folder)

    def kill(self) -> None:
        self.node.kill()

    def kill_soon(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        return timer

    def restart(self) -> None:
        port = int(self.node.url.rpartition(":")[2])
        self.node = elasticsearch_node.start(self.folder, port=port)
        breaker.close()


@pytest.fixture(scope="module")
def own_node() -> Iterator[Killable]:
    with tempfile.TemporaryDirectory(prefix="shop-killed-", ignore_cleanup_errors=True) as folder:
        try:
            killable = Killable(Path(folder))
        except elasticsearch_node.Missing as missing:
            lacks(f"For Elasticsearch {missing}")
        yield killable
        killable.kill()


@pytest.fixture
def node(own_node: Killable, settings: Any) -> Iterator[Killable]:
    """Thirty products in its index, and the shop searches with it."""
    if own_node.node.process.poll() is not None:
        own_node.restart()
    settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_TIMEOUT = own_node.node.url, 2
    settings.ELASTICSEARCH_ALIAS = "killed"
    breaker.close()
    for number in range(GOODS):
        factories.product(f"Chè nền {number}")
    lifecycle.rebuild()
    yield own_node
    if own_node.node.process.poll() is not None:
        own_node.restart()
    connected: Elasticsearch = client()
    for name in connected.indices.get(index="killed*").body:
        connected.indices.delete(index=name)


def asked() -> tuple[int, str]:
    result = search(ProductQuery(text="che nen", day=DAY))
    return result.total, result.engine


def is_level() -> bool:
    delivery.deliver_all()
    found = check.drift()
    return not found.ids and found.in_index == found.in_database


@pytest.mark.parametrize("address", ["/tim-kiem/?q=che+nen", "/san-pham/", "/san-pham/?sap_xep=sao"])
def test_killed_in_the_middle_of_browsing_no_page_fails(
    address: str, node: Killable, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, calls = Elasticsearch.search, count()

    def killed(self: Any, **arguments: Any) -> Any:
        if next(calls) == 5:
            node.kill_soon(0.001)
        return find(self, **arguments)

    monkeypatch.setattr(Elasticsearch, "search", killed)
    engines = set()
    for _ in range(20):
        page = client.get(address)
        assert page.status_code == 200
        assert page.context["total"] == GOODS
        engines.add(page.context["stood_in"])
    assert engines == {False, True}
    node.restart()
    assert asked() == (GOODS, "elasticsearch")


def test_killed_in_the_middle_of_a_bulk_nothing_is_lost(
    node: Killable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        factories.product(f"Chè thêm {number}")
    bulk = Elasticsearch.bulk

    def killed(self: Any, **arguments: Any) -> Any:
        node.kill_soon(0.002)
        return bulk(self, **arguments)

    monkeypatch.setattr(Elasticsearch, "bulk", killed)
    try:
        delivery.deliver_all()
        delivery.deliver_all()
    except Unavailable:
        assert Waiting.objects.filter(refused="").exists()
    monkeypatch.undo()
    node.restart()
    for row in Waiting.objects.all():
        Waiting.objects.filter(pk=row.pk).update(due_at=row.since)
    assert is_level()
    assert not Waiting.objects.exists()


def test_killed_in_the_middle_of_a_rebuild_the_old_index_serves_on(
    node: Killable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "CHUNK", 10)
    before = lifecycle.live(client())
    with pytest.raises(Unavailable):
        lifecycle.rebuild(told=lambda count: node.kill())
    assert asked() == (GOODS, "database")
    node.restart()
    assert lifecycle.live(client()) == before
    assert asked() == (GOODS, "elasticsearch")
    new = lifecycle.rebuild()
    assert list(client().indices.get(index="killed-*").body) == [new]
    assert not Rebuild.objects.exists()
    assert is_level()
