"""What visitors find in the demonstration catalogue when Elasticsearch answers."""

from typing import Any

import pytest
from elasticsearch import Elasticsearch

from marketplace.demo.loading.judged import read_judged
from search.elastic import lifecycle
from search.elastic.breaker import breaker
from tests.search import test_demo_catalogue as catalogue
from tests.search.judging import judge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
LEAST = 0.95


@pytest.fixture(autouse=True)
def filled(elasticsearch: Elasticsearch) -> None:
    lifecycle.rebuild()


def is_elasticsearch() -> bool:
    return catalogue.answer("che shan tuyet").engine == "elasticsearch" and breaker.is_closed


@pytest.mark.parametrize("file", ["search_queries", "more_queries"])
def test_judged_queries_are_answered_as_expected(file: str, record_property: Any) -> None:
    verdict = judge(read_judged(file), catalogue.rows)
    record_property("report", f"{file}, Elasticsearch\n{verdict}")
    assert verdict.share >= LEAST, str(verdict)
    assert is_elasticsearch()


@pytest.mark.parametrize("way", list(catalogue.typists(0)))
def test_some_names_find_their_products(way: str) -> None:
    spell, share = catalogue.typists(20)[way]
    some = list(catalogue.names_by_key().values())[:: catalogue.SOME]
    assert len(catalogue.lost(spell, some)) <= share * len(some)
    assert is_elasticsearch()
