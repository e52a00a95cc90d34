"""Products opened from results: counted for the text, and nothing kept of the visitor."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from oscar.apps.analytics.models import ProductRecord

from catalogue.models import CategoryFlag, Product
from search.log import impersonal
from search.models import SearchLog
from tests import factories

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
RESULTS = f"{HOST}/tim-kiem/?q=m%E1%BA%ADt+ong"


@pytest.fixture
def honey() -> Product:
    return factories.product("Mật ong Phìn Hồ")


@pytest.fixture
def searched(client: Client, honey: Product) -> Client:
    """A visitor who has searched for honey."""
    client.get(RESULTS)
    return client


def opens(client: Client, product: Product, *, after: str) -> None:
    answer = client.get(product.get_absolute_url(), headers={"Referer": after})
    assert answer.status_code == 200


def clicks() -> dict[str, int]:
    return dict(SearchLog.objects.values_list("text", "clicks"))


@pytest.mark.parametrize("after", [
    RESULTS, f"{HOST}/san-pham/?q=m%E1%BA%ADt+ong", f"{HOST}/tim-kiem/?q=m%E1%BA%ADt%20ong&sao=3&trang=2",
    f"{HOST}/tim-kiem/?sao=3&q=M%E1%BA%ACT++ONG",
])  # fmt: skip
def test_a_product_opened_from_results_counts_for_their_text(
    searched: Client, honey: Product, after: str
) -> None:
    opens(searched, honey, after=after)
    opens(searched, honey, after=after)
    assert clicks() == {"mật ong": 2}


def test_english_results_count_too(client: Client, honey: Product) -> None:
    results = f"{HOST}/en/tim-kiem/?q=honey+ong"
    client.get(results)
    with translation.override("en"):
        opens(client, honey, after=results)
    assert clicks() == {"honey ong": 1}


def test_what_points_at_a_person_is_left_out_on_both_sides(client: Client, honey: Product) -> None:
    results = f"{HOST}/tim-kiem/?" + urlencode({"q": "ong cho an@example.vn gọi 0912 345 678"})
    client.get(results)
    opens(client, honey, after=results)
    assert clicks() == {"ong cho gọi": 1}


def test_the_longest_text_meets_itself(client: Client, honey: Product) -> None:
    results = f"{HOST}/tim-kiem/?" + urlencode({"q": "ong " * 700})
    client.get(results)
    opens(client, honey, after=results)
    assert clicks() == {"ong " * 25: 1}


@pytest.mark.parametrize("after", [
    "", "https://tim-kiem.example/tim-kiem/?q=m%E1%BA%ADt+ong", "http://testserver.example/tim-kiem/?q=m%E1%BA%ADt+ong",
    "http://a@testserver/tim-kiem/?q=m%E1%BA%ADt+ong", "/tim-kiem/?q=m%E1%BA%ADt+ong", "q=m%E1%BA%ADt+ong",
    f"{HOST}/", f"{HOST}/tim-kiem/", f"{HOST}/tim-kiem/?q=", f"{HOST}/tinh/tuyen-quang/?q=m%E1%BA%ADt+ong",
    f"{HOST}/tim-kiem/?hq=m%E1%BA%ADt+ong", f"{HOST}/tim-kiem/?q=trà", f"{HOST}/tim-kiem/?q=%00", "http://[?q=",
    f"{HOST}/tim-kiem/?q=m%E1%BA%ADt+ong%FF%FEx\x00", f"{HOST}/tim-kiem/?q=%ED%A0%80\udcff", "\xff\xfeq=\x00",
    f"{RESULTS}&{'a' * 100_000}", f"{HOST}/tim-kiem/?{'&' * 2000}q=%F0%9F", "javascript:q=mật ong",
])  # fmt: skip
def test_other_addresses_and_hostile_ones_count_nothing(searched: Client, honey: Product, after: str) -> None:
    opens(searched, honey, after=after)
    assert clicks() == {"mật ong": 0}


def test_a_click_without_a_search_that_day_leaves_no_row(client: Client, honey: Product) -> None:
    opens(client, honey, after=RESULTS)
    assert clicks() == {}


def test_a_page_that_asks_for_the_age_first_is_not_opened(searched: Client) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    opens(searched, factories.product("Rượu ngô", sets=(spirits,)), after=RESULTS)
    assert clicks() == {"mật ong": 0}


def statements(client: Client, product: Product, after: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        opens(client, product, after=after)
    return [query["sql"] for query in queries]


def test_a_click_is_one_statement_and_other_visits_cost_none(searched: Client, honey: Product) -> None:
    opens(searched, honey, after="")
    plain, clicked = statements(searched, honey, f"{HOST}/"), statements(searched, honey, RESULTS)
    assert len(clicked) == len(plain) + 1
    assert [sql for sql in plain if not sql.startswith("SELECT")] == []
    assert [sql.split()[0] for sql in clicked if "search_searchlog" in sql] == ["UPDATE"]


def test_nothing_of_the_visitor_is_kept(searched: Client, honey: Product, admin_user: Any) -> None:
    searched.force_login(admin_user)
    opens(searched, honey, after=RESULTS)
    assert not ProductRecord.objects.exists()
    fields = {field.name for field in SearchLog._meta.get_fields()}
    assert fields == {"id", "day", "text", "times", "in_vain", "clicks", "total"}


@pytest.mark.parametrize(
    "personal",
    [
        "0912 345 678", "091/234/5678", "0912,345,678", "84_912_345_678", "(091) 234-5678", "+84.912.345.678",
        "ten@example.vn", "ten @ example.vn", "001 085 012345",
    ],
)  # fmt: skip
def test_numbers_and_addresses_of_people_are_not_kept(personal: str) -> None:
    assert impersonal(f"mật ong {personal} loại 500 g") == "mật ong loại 500 g"


@pytest.mark.parametrize("text", ["mật ong 500.000 đến 1.500.000", "chè 1 kg 200 g"])
def test_prices_sizes_and_years_are_kept(text: str) -> None:
    assert [token for token in impersonal(text).split() if token[0].isdigit()]
