"""A search with too few hits: what holds all the words, a line that says so, and behind it what holds fewer."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

HOLDS_ALL = "Khẩu nhục ướp tỏi"


@pytest.fixture(autouse=True)
def goods() -> None:
    """One product has the words "tỏi", "ấy" and "sơn" in its name and its maker's; the others' names have two."""
    maker = factories.producer("HTX Sơn Ấy", of="Hà Nội")
    factories.product(HOLDS_ALL, by=maker, price=90_000)
    for number in range(1, 5):
        factories.product(
            f"Tỏi Sơn Tây {number}", by=factories.producer(f"Cơ sở Ba Vì {number}"), price=50_000
        )


def found(client: Client, text: str, **data: str) -> Any:
    answer = client.get("/tim-kiem/", {"q": text, **data})
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [("toi ay son", "không cần đủ mọi chữ"), ("toi ay", "chỉ cần một trong các chữ")],
)
def test_what_holds_all_the_words_stands_before_the_line(client: Client, text: str, relaxed: str) -> None:
    page = found(client, text)
    assert page.context["cards"][0].title == HOLDS_ALL
    assert (page.context["exact"], page.context["split_at"], page.context["total"]) == (1, 1, 5)
    assert page.context["relaxed"] == [relaxed]


def test_the_line_says_what_was_left_out(client: Client) -> None:
    html = re.sub("</?mark>", "", unescape(found(client, "toi ay son").content.decode()))
    cards = re.findall(r"<h2>.*?>([^<]+)</a>|Chỉ có (1) sản phẩm khớp tất cả\.", html)
    assert [title or "line" for title, _line in cards][:2] == [HOLDS_ALL, "line"]
    assert "từ đây chúng tôi bỏ bớt điều kiện: <b>không cần đủ mọi chữ</b>." in html
    assert "1 khớp, 4 gần đúng" in html


def test_in_another_order_the_line_stands_first(client: Client) -> None:
    page = found(client, "toi ay son", sap_xep="gia-tang")
    assert page.context["split_at"] == 0
    assert page.context["cards"][-1].title == HOLDS_ALL


def test_where_nothing_holds_all_the_words_the_line_says_so(client: Client) -> None:
    page = found(client, "tỏi Ba Vì Mường Khương")
    assert (page.context["exact"], page.context["split_at"]) == (0, 0)
    assert "Chưa có sản phẩm nào khớp tất cả." in unescape(page.content.decode())


def test_words_scattered_over_a_description_are_no_whole_match(client: Client) -> None:
    factories.product("Muối vừng", description="Dành cho bữa tối. Tấm lòng ấy, quê hương này.")
    page = found(client, "muoi toi ay")
    assert "Muối vừng" in [card.title for card in page.context["cards"]]
    assert (page.context["exact"], page.context["split_at"]) == (0, 0)


def test_enough_hits_are_no_matter_of_lines(client: Client) -> None:
    page = found(client, "tỏi sơn tây")
    assert (page.context["exact"], page.context["split_at"], page.context["relaxed"]) == (None, None, [])
    assert "khớp tất cả" not in unescape(page.content.decode())
