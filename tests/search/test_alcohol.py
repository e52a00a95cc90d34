"""Lists, searches and suggestions before and after the visitor's statement to be 18 or over."""

from typing import Any

import pytest
from django.test import Client

from catalogue.models import CategoryFlag
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/san-pham/",
    "/san-pham/?sap_xep=gia-tang",
    "/san-pham/?con_hang=1&tinh=tuyen-quang",
    "/tim-kiem/?q=men+la",
    "/tim-kiem/?q=men+la&sap_xep=gia-giam",
    "/en/san-pham/",
)


@pytest.fixture(autouse=True)
def goods() -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    maker = factories.producer("HTX Bản Phố")
    factories.product("Rượu ngô men lá", by=maker, price=90_000, sets=(spirits,))
    factories.product("Bánh men lá", by=maker, price=120_000)


@pytest.fixture
def adult(client: Client) -> Client:
    client.post("/tuoi/", {"next": "/"})
    return client


def shown(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context


@pytest.mark.parametrize("address", ADDRESSES)
def test_lists_and_searches_leave_alcohol_out(client: Client, address: str) -> None:
    context = shown(client, address)
    assert [card.title for card in context["cards"]] == ["Bánh men lá"]
    assert (context["total"], context["hidden_adult"]) == (1, 1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_is_18_sees_it(adult: Client, address: str) -> None:
    context = shown(adult, address)
    assert {card.title for card in context["cards"]} == {"Bánh men lá", "Rượu ngô men lá"}
    assert (context["total"], context["hidden_adult"]) == (2, 0)


@pytest.mark.parametrize("address", ["/san-pham/", "/tim-kiem/?q=men+la"])
def test_no_count_of_a_filter_gives_it_away(client: Client, address: str) -> None:
    counts = {
        facet.name: [option.count for option in facet.options] for facet in shown(client, address)["facets"]
    }
    assert counts["gia"] == [1]
    assert counts["tinh"] == [1]
    assert counts["tinh_trang"] == [1]


def test_suggestions_name_it_to_adults_alone(client: Client) -> None:
    def suggested() -> str:
        return client.get("/goi-y/", {"q": "men la"}).content.decode()

    assert "Bánh men lá" in suggested()
    assert "Rượu ngô men lá" not in suggested()
    client.post("/tuoi/", {"next": "/"})
    assert "Rượu ngô men lá" in suggested()


def test_a_maker_of_nothing_else_is_not_suggested(client: Client) -> None:
    spirits = factories.category("Rượu trắng")
    factories.product("Rượu nếp", by=factories.producer("Cơ sở Nậm Mòn"), sets=(spirits,))
    assert "Cơ sở Nậm Mòn" not in client.get("/goi-y/", {"q": "nam mon"}).content.decode()
    assert "HTX Bản Phố" in client.get("/goi-y/", {"q": "ban pho"}).content.decode()


@pytest.mark.parametrize("address", ["nowhere", "search:", "-1", "https://evil.example/", "//evil.example"])
def test_the_statement_leads_back_to_pages_of_the_shop_only(client: Client, address: str) -> None:
    assert client.post("/tuoi/", {"next": address}).headers["Location"] == "/san-pham/"
