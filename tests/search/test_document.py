from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.document import documents
from tests import factories

pytestmark = pytest.mark.django_db
SQL_OF_A_CHUNK = 7
"""The tree of sets; products; their sets, ratings, stock records, sizes, and the stock records of those."""


def asked_for(ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert len(list(documents(ids))) == len(ids)
    return len(asked)


def test_a_chunk_costs_the_same_few_queries_whatever_its_size() -> None:
    keys = []
    for number in range(8):
        parent, _sizes = factories.sized(title=f"Trà {number}", sets=(factories.category("Chè", 1),))
        factories.rating(parent, issued_on=date(2026, 1, 15))
        keys.append(parent.pk)
    assert asked_for(keys) == asked_for(keys[:1]) == SQL_OF_A_CHUNK
