from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch

from catalogue.models import Product, ProductChange
from search.elastic import check, lifecycle
from search.elastic.delivery import deliver_all
from search.models import Waiting
from tests import factories

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("search_index", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_fresh_index_is_level(elasticsearch: Elasticsearch) -> None:
    for number in range(5):
        factories.product(f"Trà số {number}")
    lifecycle.rebuild()
    drift = check.drift()
    assert (drift.in_database, drift.in_index, drift.ids, drift.producers) == (5, 5, [], set())


def test_what_waits_is_no_drift(elasticsearch: Elasticsearch) -> None:
    product = factories.product("Trà xanh")
    lifecycle.rebuild()
    product.title = "Trà đen"
    product.save()
    assert check.drift().ids == []
    deliver_all()
    assert check.drift().ids == []


def test_drift_of_every_kind_is_found_told_and_mended(elasticsearch: Elasticsearch, settings: Any) -> None:
    missing, stale, fine = (factories.product(f"Trà {name}") for name in ("một", "hai", "ba"))
    lifecycle.rebuild()
    alias = settings.ELASTICSEARCH_ALIAS
    number = ProductChange.objects.get(pk=missing.pk).number
    elasticsearch.delete(index=alias, id=str(missing.pk), version=number, version_type="external_gte")
    Product.objects.filter(pk=stale.pk).update(title="Trà lạ")
    Waiting.objects.all().delete()  # as if word of it had been lost
    body = elasticsearch.get(index=alias, id=str(fine.pk))["_source"]
    elasticsearch.index(
        index=alias, id="999999", document=body | {"id": 999999}, version=7, version_type="external"
    )
    drift = check.drift()
    assert (drift.missing, drift.stale, drift.superfluous) == ([missing.pk], [stale.pk], [999999])
    assert drift.producers >= {missing.producer_id, stale.producer_id}
    with pytest.raises(SystemExit):
        command("check")
    assert "3 mended" in command("check", "--mend")
    elasticsearch.indices.refresh(index=alias)
    assert check.drift().ids == []


def test_an_index_ahead_of_a_restored_database_is_mended(elasticsearch: Elasticsearch) -> None:
    product = factories.product("Trà xanh")
    lifecycle.rebuild()
    for title in ("Trà đen", "Trà đỏ", "Trà trắng"):
        product.title = title
        product.save()
    deliver_all()
    Product.objects.filter(pk=product.pk).update(title="Trà xanh")
    ProductChange.objects.update(number=1)
    Waiting.objects.all().delete()
    assert check.drift().stale == [product.pk]
    check.mend([product.pk])
    deliver_all()
    assert check.drift().ids == []


def test_status_says_how_the_index_stands(elasticsearch: Elasticsearch) -> None:
    assert "no index yet" in command("status")
    product = factories.product("Trà xanh")
    command("rebuild")
    product.save()
    said = command("status")
    assert "documents: 1\nwaiting: 1\n" in said
    assert "mapping: up to date" in said


def test_without_an_address_the_engine_is_refused(settings: Any) -> None:
    with pytest.raises(CommandError, match="ELASTICSEARCH_URL"):
        command("status", "--engine", "elasticsearch")
