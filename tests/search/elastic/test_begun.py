"""Suggestions from either engine."""

from typing import Any

import pytest
from django.test import Client
from elasticsearch import Elasticsearch

from search.elastic import begun as elastic
from search.elastic import lifecycle
from search.engines import begun as database
from tests import factories

pytestmark = pytest.mark.django_db
SIZES = {"products": 6, "producers": 3}


@pytest.fixture(autouse=True)
def goods(elasticsearch: Elasticsearch) -> None:
    forest = factories.producer("HTX Tràm Xanh", of="Cà Mau")
    factories.product("Mật ong rừng tràm", by=forest)
    factories.product("Mật ong hoa cà phê", by=factories.producer("Cơ sở Mật Ong Vàng", of="Cà Mau"))
    factories.product("Tinh dầu tràm gió", by=forest)
    wine = factories.category("Rượu trắng", flags=("alcohol",))
    factories.product("Rượu mật ong", by=factories.producer("HTX Men Lá", of="Cà Mau"), sets=(wine,))
    lifecycle.rebuild()


@pytest.mark.parametrize("adult", [False, True])
@pytest.mark.parametrize("typed", ["mat", "mat o", "mat ong r", "tram", "ong mat", "htx", "htx t", "zzz"])
def test_both_engines_suggest_the_same(typed: str, adult: bool) -> None:
    one = elastic.begun(typed, adult=adult, **SIZES)
    assert one == database.begun(typed, adult=adult, **SIZES)
    assert bool(one.products or one.producers) == (typed != "zzz")


def test_a_suggestion_asks_elasticsearch_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    ask = elastic.ask
    monkeypatch.setattr(elastic, "ask", lambda body: asked.append(body) or ask(body))
    page = client.get("/goi-y/?q=tram").content.decode()
    assert "Mật ong rừng tràm" in page
    assert len(asked) == 1
