"""What the page says about corrected words, and the search as typed that it offers."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from search.reference import vocabulary
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods() -> None:
    for title in (
        "Miến dong Tài Hoan",
        "Mật ong hoa nhãn",
        "Mật ong rừng",
        "Mật ong bạc hà",
        "Yến sào Tân An",
    ):
        factories.product(title, by=factories.producer("Cơ sở Bến Lức", of="An Giang"))


def found(client: Client, address: str, **data: str) -> Any:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer


def test_a_corrected_word_is_named_and_the_search_as_typed_is_one_link_away(client: Client) -> None:
    text = "mien dongg tai hoan"
    page = found(client, "/tim-kiem/", q=text)
    html = unescape(page.content.decode())
    assert f"Chúng tôi tìm “mien dong tai hoan” thay cho “{text}”." in html
    link = re.search(rf'<a href="([^"]+)">Tìm đúng “{text}”</a>', html)
    assert link
    literal = found(client, "/tim-kiem/" + link[1])
    assert literal.context["corrected"] == ""
    assert "sửa chữ có thể gõ nhầm" not in literal.context["relaxed"]


@pytest.mark.parametrize("text", ["yeen", "nuowcs", "yensao"])
def test_a_word_no_product_carries_finds_nothing_as_typed(client: Client, text: str) -> None:
    factories.product("Nước mắm Tân An")
    vocabulary.forget()
    assert found(client, "/tim-kiem/", q=text).context["total"] == 1
    assert found(client, "/tim-kiem/", q=text, bo="sua").context["total"] == 0


def test_words_typed_with_other_marks_are_still_found_as_typed(client: Client) -> None:
    assert found(client, "/tim-kiem/", q="miền dóng", bo="sua").context["total"] == 1


@pytest.mark.parametrize("text", ["1000 sao", "mật ong 0 đồng", "Mật Ong 0 đồng dưới 500k"])
def test_words_that_stay_as_they_are_are_no_correction(client: Client, text: str) -> None:
    page = found(client, "/tim-kiem/", q=text)
    assert page.context["total"] > 0
    assert page.context["corrected"] == ""


def test_a_phrase_beside_a_corrected_word_is_said_once(client: Client) -> None:
    factories.product("Nước mắm Tân An")
    vocabulary.forget()
    corrected = found(client, "/tim-kiem/", q="mật ong nuowcs xyzt").context["corrected"]
    assert corrected == "mật ong nước xyzt"
