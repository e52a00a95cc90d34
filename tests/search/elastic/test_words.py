from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from elasticsearch import Elasticsearch

from marketplace import clock
from search.elastic import lifecycle
from search.models import PromotedResult, Synonym, Waiting
from search.query import ProductQuery
from search.searching import search
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
MOST_SQL = 5


@pytest.mark.usefixtures("elasticsearch")
def test_staffs_words_are_in_force_without_a_new_index() -> None:
    pia, tea = factories.product("Bánh pía Sóc Trăng"), factories.product("Trà xanh Phìn Hồ")
    lifecycle.rebuild()
    query = ProductQuery(text="lột da", day=clock.today())
    assert not search(query).total
    waiting = list(Waiting.objects.values_list("pk", "number"))
    Synonym.objects.create(words="bánh pía, lột da")
    PromotedResult.objects.create(text="lột da", product=tea, reason="Ăn với trà.")
    result = search(query)
    assert (result.engine, result.ids) == ("elasticsearch", (pia.pk,))
    assert [one.product_id for one in result.promoted] == [tea.pk]
    assert list(Waiting.objects.values_list("pk", "number")) == waiting


def test_a_page_asks_the_database_at_most_five_times(client: Client, elasticsearch: Elasticsearch) -> None:
    for number in range(30):
        product = factories.product(f"Trà xanh {number}")
        factories.rating(product, stars=3 + number % 3, issued_on=date(2026, 1, 15))
    PromotedResult.objects.create(text="trà", product=product, reason="Ngon.")
    lifecycle.rebuild()
    for query in ({}, {"trang": "2"}, {"q": "tra xanh"}, {"q": "trà"}, {"sao": "4", "sap_xep": "gia-tang"}):
        client.get(reverse("search:search"), query)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse("search:search"), query)
        assert answer.status_code == 200 and answer.context["total"]
        assert len(asked) <= MOST_SQL, asked.captured_queries
