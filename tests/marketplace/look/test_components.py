from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


@dataclass(frozen=True)
class Picture:
    url_400: str = "/media/a-400.webp"
    url_800: str = "/media/a-800.webp"
    alt: str = "Hộp trà"


@dataclass(frozen=True)
class Card:
    title: str = "Trà xanh Phìn Hồ"
    url: str = "/san-pham/tra_1/"
    producer_name: str = "HTX Phìn Hồ"
    place_line: str = "Hà Giang, nay thuộc Tuyên Quang"
    star: int | None = 5
    star_state: str = "valid"
    star_until: date | None = date(2026, 12, 20)
    candidate: bool = False
    price: Decimal | None = Decimal(185000)
    price_from: bool = False
    in_stock: bool = True
    sale: str = "on_sale"
    adult: bool = False
    picture: Picture | None = Picture()


UNRATED = replace(Card(), star=None, star_state="none")


def drawn(card: Card, **context: object) -> str:
    with translation.override("vi"):
        return render_to_string("components/card.html", {"card": card, **context})


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (Card(), "5 sao"),
        (replace(Card(), star_state="ending"), "5 sao <em>đến 20/12/2026</em>"),
        (replace(UNRATED, star_state="ended"), "Sao đã hết hạn"),
        (replace(UNRATED, candidate=True), "Ứng viên 5 sao"),
        (UNRATED, "Chưa xếp sao"),
        (replace(Card(), in_stock=False), "Tạm hết hàng"),
        (replace(Card(), price_from=True), "từ 185.000\N{NO-BREAK SPACE}₫"),
        (replace(Card(), sale="registered"), "Không bán tại đây"),
        (replace(Card(), sale="enquiry"), "Hỏi nhà sản xuất"),
        (replace(Card(), picture=None), "Chưa có ảnh"),
        (replace(Card(), adult=True), "18+"),
    ],
)
def test_a_card_says_its_state(card: Card, words: str) -> None:
    assert words in drawn(card)


def test_a_candidate_gets_no_five_stars() -> None:
    assert "i-stars-5" not in drawn(replace(UNRATED, candidate=True))


def test_a_product_that_is_not_sold_shows_no_price() -> None:
    assert "₫" not in drawn(replace(Card(), sale="registered"))


def test_the_first_pictures_load_at_once_and_the_others_when_seen() -> None:
    assert 'fetchpriority="high"' in drawn(Card(), eager=True)
    assert 'loading="lazy"' in drawn(Card())
    assert 'width="400" height="400"' in drawn(Card())


def test_a_name_cannot_bring_markup() -> None:
    assert "<script>" not in drawn(replace(Card(), title="<script>alert(1)</script>"))


class Inline(HTMLParser):
    """Collects what the content security policy would stop."""

    found: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)


@pytest.mark.parametrize("page", ["404.html", "403.html", "403_csrf.html", "500.html", "search/ranking.html"])
def test_a_page_stands_without_a_context_and_without_inline_code(page: str) -> None:
    parser = Inline()
    parser.found = []
    parser.feed(render_to_string(page))
    assert parser.found == []


def test_a_page_names_its_other_language() -> None:
    html = render_to_string("search/ranking.html", request=RequestFactory().get("/en/cach-xep-hang/"))
    assert '<link rel="alternate" hreflang="vi" href="http://testserver/cach-xep-hang/">' in html
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/cach-xep-hang/">' in html
