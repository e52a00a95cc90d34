"""A real Elasticsearch node, once a run: ELASTICSEARCH_URL, else one of our own from Maven's jars."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from scripts import elasticsearch_node
from search.elastic.breaker import breaker
from search.elastic.client import client
from search.reference import forget_words, vocabulary
from tests.conftest import lacks

_numbers = count(1)


@pytest.fixture(scope="session")
def node_url() -> Iterator[str]:
    given = os.environ.get("TEST_ELASTICSEARCH_URL") or os.environ.get("ELASTICSEARCH_URL")
    if given:
        yield given
        return
    try:
        with elasticsearch_node.throwaway() as node:
            yield node.url
    except elasticsearch_node.Missing as missing:
        lacks(f"For Elasticsearch {missing}")


@pytest.fixture
def elasticsearch(node_url: str, settings: Any) -> Iterator[Elasticsearch]:
    """The shop searches with Elasticsearch; indices of its own, gone afterwards."""
    settings.ELASTICSEARCH_URL = node_url
    settings.ELASTICSEARCH_ALIAS = f"test-{os.getpid()}-{next(_numbers)}"
    settings.ELASTICSEARCH_TIMEOUT = 20
    for one in (breaker.close, forget_words, vocabulary.forget):
        one()
    connected = client()
    yield connected
    names = list(connected.indices.get(index=f"{settings.ELASTICSEARCH_ALIAS}*").body)
    for name in names:
        connected.indices.delete(index=name)
