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
