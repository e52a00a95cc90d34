from datetime import date
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from catalogue.models import ProductChange
from search.elastic import lifecycle
from search.elastic.delivery import deliver_all, read, send
from search.models import Waiting
from search.query import ProductQuery
from search.searching import search
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def found(connected: Elasticsearch, settings: Any, text: str) -> tuple[int, ...]:
    """What a visitor finds once the worker has been."""
    deliver_all()
    connected.indices.refresh(index=settings.ELASTICSEARCH_ALIAS)
    result = search(ProductQuery(text=text, day=DAY))
    assert result.engine == "elasticsearch"
    return result.ids


def test_what_is_saved_is_found(elasticsearch: Elasticsearch, settings: Any) -> None:
    lifecycle.rebuild()
    product = factories.product("Trà xanh Phìn Hồ")
    assert found(elasticsearch, settings, "phin ho") == (product.pk,)
    assert not Waiting.objects.exists()


def test_what_is_withdrawn_or_deleted_is_found_no_more(elasticsearch: Elasticsearch, settings: Any) -> None:
    tea, cake = factories.product("Trà xanh Phìn Hồ"), factories.product("Bánh Phìn Hồ")
    lifecycle.rebuild()
    tea.is_public = False
    tea.save()
    cake.delete()
    assert found(elasticsearch, settings, "phin ho") == ()


def test_a_late_delivery_does_not_bring_old_data_back(elasticsearch: Elasticsearch, settings: Any) -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    lifecycle.rebuild()
    old = read([product.pk])
    product.title = "Trà đen Phìn Hồ"
    product.save()
    assert found(elasticsearch, settings, "tra den phin ho") == (product.pk,)
    assert send(elasticsearch, settings.ELASTICSEARCH_ALIAS, old) == {}
    elasticsearch.indices.refresh(index=settings.ELASTICSEARCH_ALIAS)
    kept = elasticsearch.get(index=settings.ELASTICSEARCH_ALIAS, id=str(product.pk))
    assert kept["_source"]["name"] == "Trà đen Phìn Hồ"


def test_a_late_delivery_does_not_bring_a_deleted_product_back(
    elasticsearch: Elasticsearch, settings: Any
) -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    lifecycle.rebuild()
    old = read([product.pk])
    product.delete()
    deliver_all()
    send(elasticsearch, settings.ELASTICSEARCH_ALIAS, old)
    assert found(elasticsearch, settings, "phin ho") == ()


def test_a_change_made_while_its_row_is_on_the_way_waits_on(
    elasticsearch: Elasticsearch, settings: Any
) -> None:
    product = factories.product("Trà xanh Phìn Hồ")
    lifecycle.rebuild()
    product.save()
    (waiting,) = Waiting.objects.all()
    number = ProductChange.objects.get(pk=product.pk).number
    assert waiting.number == number
    Waiting.objects.update(number=number + 1)  # raised by somebody after the document was read
    deliver_all(most=1)
    assert Waiting.objects.get().number == number + 1


@pytest.mark.parametrize("make_anew", [False, True])
def test_a_change_behind_a_refused_document_is_delivered(
    elasticsearch: Elasticsearch, settings: Any, monkeypatch: pytest.MonkeyPatch, make_anew: bool
) -> None:
    """The product is mended while its bad document is on the way."""
    from search.elastic import delivery

    lifecycle.rebuild()
    bad = factories.product("Trà đen Phìn Hồ")
    whole, set_aside = delivery.source, delivery.set_aside

    def mended_meanwhile(*told: Any) -> None:
        monkeypatch.undo()
        bad.save()
        set_aside(*told)

    for module in (delivery, lifecycle):
        monkeypatch.setattr(module, "set_aside", mended_meanwhile)
    monkeypatch.setattr(delivery, "source", lambda document: whole(document) | {"prise": 1})
    if make_anew:
        lifecycle.rebuild()
    else:
        delivery.deliver()
    assert found(elasticsearch, settings, "phin ho") == (bad.pk,)
    assert not Waiting.objects.exists()


def test_a_document_that_is_refused_is_set_aside_and_the_rest_arrives(
    elasticsearch: Elasticsearch, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.elastic import delivery

    lifecycle.rebuild()
    good, bad = factories.product("Trà xanh Phìn Hồ"), factories.product("Trà đen Phìn Hồ")
    whole = delivery.source
    monkeypatch.setattr(
        delivery, "source", lambda document: whole(document) | ({"prise": 1} if document.id == bad.pk else {})
    )
    assert found(elasticsearch, settings, "phin ho") == (good.pk,)
    (aside,) = Waiting.objects.all()
    assert aside.product_id == bad.pk
    assert "prise" in aside.refused
    monkeypatch.undo()
    bad.save()
    assert set(found(elasticsearch, settings, "phin ho")) == {good.pk, bad.pk}
    assert not Waiting.objects.exists()
