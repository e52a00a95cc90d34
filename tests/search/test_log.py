"""Which searches are kept for staff, and what of them."""

import pytest
from django.test import Client

from catalogue.models import CategoryFlag
from search.models import SearchLog
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    factories.product("Mật ong Phìn Hồ")


def kept() -> list[tuple[str, int, int]]:
    return list(SearchLog.objects.values_list("text", "times", "total"))


def test_a_search_that_finds_nothing_is_counted_by_day(client: Client) -> None:
    for _again in range(2):
        client.get("/tim-kiem/", {"q": "Qwzx qwzx"})
    assert kept() == [("qwzx qwzx", 2, 0)]


def test_a_search_whose_words_are_nowhere_together_is_kept_with_what_was_shown(client: Client) -> None:
    factories.product("Kẹo dừa", by=factories.producer("HTX Cồn Phụng"))
    client.get("/tim-kiem/", {"q": "kẹo Phìn Hồ"})
    assert [(text, times) for text, times, _total in kept()] == [("kẹo phìn hồ", 1)]
    assert kept()[0][2] > 0


@pytest.mark.parametrize("text", ["mật ong", "mat ong phin ho", ""])
def test_a_search_that_finds_what_it_asks_for_is_not_kept(client: Client, text: str) -> None:
    client.get("/tim-kiem/", {"q": text})
    assert kept() == []


@pytest.mark.parametrize(
    "address", ["/tim-kiem/?q=qwzx&sao=5", "/san-pham/?q=qwzx&gia_tu=9", "/tim-kiem/?q=qwzx&bo=sua",
                "/tinh/tuyen-quang/?q=qwzx", "/san-pham/?sao=5"],
)  # fmt: skip
def test_what_filters_of_the_address_hide_is_not_kept(client: Client, address: str) -> None:
    assert client.get(address).context["total"] == 0
    assert kept() == []


def test_what_only_adults_see_is_not_kept(client: Client) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Zuzu men lá", sets=(spirits,))
    answer = client.get("/tim-kiem/", {"q": "zuzu"})
    assert (answer.context["total"], answer.context["hidden_adult"]) == (0, 1)
    assert kept() == []
