"""Where nothing is found: what the text may have meant, and which condition may go."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from catalogue.models import CategoryFlag
from producers.models import FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods() -> None:
    factories.product("Chocolate Bến Tre", by=factories.producer("Cơ sở Cồn Phụng", of="Cà Mau"))
    factories.category("Bánh phồng tôm")
    FormerProvince.objects.create(
        code="95", name="Bạc Liêu", slug="bac-lieu", province=factories.province("Cà Mau")
    )


def nothing(client: Client, address: str, **data: str) -> str:
    answer = client.get(address, data)
    assert (answer.status_code, answer.context["total"]) == (200, 0)
    return unescape(answer.content.decode())


def meant(html: str) -> dict[str, str]:
    asked = re.search(r"<p>Ý bạn là (.*?)\?</p>", html)
    found: Any = re.findall(r'<a href="([^"]+)">([^<]+)</a>', asked[1]) if asked else []
    return {label: url for url, label in found}


def test_words_like_those_that_are_known_are_offered_as_a_search(client: Client) -> None:
    offered = meant(nothing(client, "/tim-kiem/", q="chocolaxxe"))
    assert offered == {"chocolate": "/tim-kiem/?q=chocolate"}
    assert client.get(offered["chocolate"]).context["total"] == 1


def test_a_misspelt_word_that_filters_hide_is_offered_without_them(client: Client) -> None:
    html = nothing(client, "/tim-kiem/", q="chocolatte bến tre", sao="5")
    assert meant(html) == {"chocolate bến tre": "/tim-kiem/?q=chocolate+b%E1%BA%BFn+tre"}


@pytest.mark.parametrize(
    ("text", "label", "url"),
    [
        ("bachlieu", "Bạc Liêu", "/tinh/bac-lieu/"),
        ("camauuu", "Cà Mau", "/tinh/ca-mau/"),
        ("banhphongtomm", "Bánh phồng tôm", "/san-pham/?nhom=banh-phong-tom"),
    ],
)
def test_places_and_sets_with_a_name_like_the_text_are_offered(
    client: Client, text: str, label: str, url: str
) -> None:
    assert meant(nothing(client, "/tim-kiem/", q=text))[label] == url


@pytest.mark.parametrize("text", ["xyzt qwrt", "zz", "quxx " * 400])
def test_nothing_is_guessed_where_nothing_is_alike(client: Client, text: str) -> None:
    assert meant(nothing(client, "/tim-kiem/", q=text)) == {}


def test_every_condition_can_be_dropped_alone(client: Client) -> None:
    html = nothing(client, "/tim-kiem/", q="chocolate 5 sao", con_hang="1", hinh_thuc="htx")
    box = html[html.index('class="empty') :]
    dropped = set(re.findall(r'<a class="chip" href="([^"]+)">', box))
    assert dropped == {
        "?q=chocolate+5+sao&hinh_thuc=htx&con_hang=1&bo=stars%3A5",
        "?q=chocolate+5+sao&hinh_thuc=htx",
        "?q=chocolate+5+sao&con_hang=1",
    }


def test_on_a_places_page_the_search_can_go_everywhere(client: Client) -> None:
    factories.province("Tuyên Quang")
    html = nothing(client, "/tinh/tuyen-quang/", q="chocolate")
    assert '<a href="/tim-kiem/?q=chocolate">Tìm “chocolate” ở mọi nơi</a>' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("filters", [{}, {"con_hang": "1"}])
def test_what_only_adults_may_see_is_said_to_be_hidden(client: Client, filters: dict[str, str]) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Zuzu men lá", sets=(spirits,))
    html = nothing(client, "/tim-kiem/", q="zuzu", **filters)
    assert html.count("Tôi đã đủ 18 tuổi") == 1
    assert "Chưa có sản phẩm nào cho “zuzu”" not in html
    assert "Zuzu men lá" not in html
