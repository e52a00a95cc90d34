"""Addresses of lists as visitors, robots and mischief send them."""

import pytest
from django.test import Client

from search.names import names
from search.reference import gazetteer, vocabulary
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    for kept in (gazetteer, vocabulary, names):
        kept.forget()


@pytest.mark.parametrize(
    "text",
    [f"dưới {'9' * 29}", f"{'9' * 30}đ", f"từ {'9' * 400} đến {'9' * 500} triệu", "mật ong 2000 triệu"],
)
def test_an_amount_nothing_costs_is_no_price(client: Client, text: str) -> None:
    factories.product("Mật ong Phìn Hồ")
    answer = client.get("/tim-kiem/", {"q": text})
    assert answer.status_code == 200
    assert answer.context["understood"] == []


@pytest.mark.parametrize("value", ["9" * 5000, "0" * 5000, "-1", "²", "1000000000", ""])
@pytest.mark.parametrize("name", ["gia_tu", "gia_den", "trang"])
def test_a_number_nobody_offers_is_not_found(client: Client, name: str, value: str) -> None:
    assert client.get("/san-pham/", {name: value}).status_code == (404 if value else 200)


def test_a_price_may_be_written_as_people_write_prices(client: Client) -> None:
    factories.product("Mật ong", price=200_000)
    answer = client.get("/san-pham/", {"gia_tu": "200.000 ₫", "gia_den": "200,000đ"})
    assert answer.context["total"] == 1
