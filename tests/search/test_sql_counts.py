"""How often the pages ask the database: a fixed number, whatever is shown, searched or lies in the basket."""

import random
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue.models import Product
from cms.starter import load_pages
from marketplace import clock
from marketplace.demo.loading.judged import read_judged
from search import indexing
from tests.benchmarks.synthetic import build
from tests.checkout.buyer import Buyer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST = 10
MOST_FOR_A_BASKET = 3


@pytest.fixture
def shop(client: Client) -> Client:
    """A visitor, warm, of a shop with 300 products."""
    build(size=300, day=date(2026, 11, 24))
    load_pages()
    indexing.rebuild()
    with clock.at(date(2026, 11, 24)):
        for path in ("/", "/san-pham/", "/tim-kiem/?q=tra"):
            client.get(path)
    return client


def asked(visitor: Client, path: str, data: dict[str, Any] | None = None) -> int:
    with clock.at(date(2026, 11, 24)), CaptureQueriesContext(connection) as queries:
        assert visitor.get(path, data or {}).status_code == 200
    return len(queries)


def texts() -> list[str]:
    """The judged queries, names as they are, and names with two letters wrong, which relax the furthest."""
    rng = random.Random(3)
    titles = list(Product.objects.listed().order_by("pk").values_list("title", flat=True)[:60])
    judged = [each["query"] for each in read_judged("search_queries")]
    return [*judged, *titles[:20], *(misspelt(title, rng) for title in titles), "xyzt qwrt uvw"]


def misspelt(title: str, rng: random.Random) -> str:
    for _ in range(2):
        at = rng.randrange(len(title))
        title = title[:at] + rng.choice("bcdghklmnpqrstvx") + title[at + 1 :]
    return title


def test_no_search_asks_more_than_ten_times(shop: Client) -> None:
    counts = {text: asked(shop, "/tim-kiem/", {"q": text}) for text in texts()}
    assert {text: count for text, count in counts.items() if count > MOST} == {}
    assert max(counts.values()) > 3  # something was asked


@pytest.mark.parametrize(
    "address",
    ["", "?sao=4&sao=5", "?tinh=tuyen-quang&con_hang=1&gia_tu=50000", "?trang=2", "?sap_xep=gia-tang"],
)
def test_browsing_asks_at_most_ten_times_with_all_facets(shop: Client, address: str) -> None:
    assert asked(shop, f"/san-pham/{address}") <= MOST


def test_browsing_asks_as_often_for_few_products_as_for_many(shop: Client) -> None:
    few = Product.objects.listed().order_by("pk").values_list("title", flat=True)[0]
    assert asked(shop, "/san-pham/?sao=5&nhom=do-uong") <= asked(shop, "/san-pham/")
    assert asked(shop, "/tim-kiem/", {"q": few}) <= MOST


def test_a_full_basket_adds_at_most_three_to_any_page(shop: Client) -> None:
    buyer = Buyer(Client())
    goods = Product.objects.filter(
        structure=Product.STANDALONE, stockrecords__num_in_stock__gt=0, sale="on_sale"
    )
    for product in goods.order_by("pk")[:20]:
        buyer.adds(product)
    one = goods.select_related("producer__province__region")[0]
    place = one.producer.province
    places = (f"/tinh/{place.slug}/", f"/vung/{place.region.slug}/")
    pages = (one.get_absolute_url(), one.producer.get_absolute_url(), "/nha-san-xuat/", "/cau-chuyen/")
    for path in ("/", "/san-pham/", "/tim-kiem/?q=tra", *places, *pages):
        asked(buyer.client, path)
        assert asked(buyer.client, path) <= asked(shop, path) + MOST_FOR_A_BASKET, path
