"""Behind the numbered pages a list goes on by cursor, page by page to its end."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace import clock
from search import cursors, indexing
from search.engines import database
from search.engines.database import DatabaseEngine
from search.models import Entry
from search.query import Cursor, ProductQuery, Sort
from search.result import ProductResult
from search.searching import search_with
from tests.benchmarks.synthetic import build
from tests.conftest import forget
from tests.search.walking import pages, walked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2026, 11, 24)
NUMBERED = 9
"""So many pages of 24 lie behind the two hundred that are ranked."""


@pytest.fixture(scope="module")
def stocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        build(size=320, day=DAY)
        indexing.rebuild()
        forget()
        yield
        transaction.set_rollback(True)
    forget()


@pytest.fixture
def shop(stocked: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A visitor of a shop with about 300 products, of whom 216 are on numbered pages."""
    for place in ("search.searching", "search.parameters", "search.browse"):
        monkeypatch.setattr(f"{place}.MOST_PAGES", NUMBERED)
    with clock.at(DAY):
        yield client


def by_database(query: ProductQuery) -> ProductResult:
    return search_with(DatabaseEngine(), query, facets=False)


def whole(query: ProductQuery) -> list[int]:
    return list(by_database(replace(query, page_size=1_000)).ids)


@pytest.mark.parametrize("sort", Sort)
def test_a_walk_shows_every_product_once_in_the_order_of_one_big_page(shop: Client, sort: Sort) -> None:
    query = ProductQuery(text="", day=DAY, sort=sort)
    expected = whole(query)
    assert walked(by_database, query, numbered=NUMBERED) == expected
    assert len(expected) == len(set(expected)) > 250


@pytest.mark.parametrize("sort", Sort)
def test_so_does_a_walk_through_what_words_find(
    shop: Client, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MOST_RANKED", 12)
    query = ProductQuery(text="trà", day=DAY, sort=sort, page_size=6)
    expected = whole(query)
    assert walked(by_database, query, numbered=3) == expected
    assert len(expected) == len(set(expected)) > 30


@pytest.mark.parametrize("sort", Sort)
def test_products_that_come_and_go_meanwhile_are_no_error(shop: Client, sort: Sort) -> None:
    query, shown = ProductQuery(text="", day=DAY, sort=sort), 0
    for result in pages(by_database, query, numbered=NUMBERED):
        shown += 1
        Entry.objects.filter(pk=result.ids[-1]).delete()
        Entry.objects.filter(pk=result.ids[0]).update(price=shown, sold=shown)
    assert shown > NUMBERED + 1


# ----- what visitors see


def page(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def goes_on(html: str) -> str:
    """The address behind "Trang sau", or nothing."""
    found = re.search(r'<a href="([^"]+)" rel="next">(?:Trang sau|Next page)</a>', html)
    return found[1] if found else ""


def behind(visitor: Client, query: str = "") -> str:
    """The address of the first page behind the numbered ones."""
    return "/san-pham/" + goes_on(page(visitor, f"/san-pham/?trang={NUMBERED}{query}"))


@pytest.mark.parametrize(("path", "query"), [("/san-pham/", ""), ("/en/san-pham/", "&sap_xep=gia-giam")])
def test_a_visitor_follows_the_links_to_the_last_product(shop: Client, path: str, query: str) -> None:
    listed = Entry.objects.filter(adult=False).count()
    link, seen, steps = f"?trang={NUMBERED}{query}", set[str](), 0
    while link:
        html = page(shop, path + link)
        seen |= set(re.findall(r"<h2[^>]*><a href=\"([^\"]+)", html))
        link, steps = goes_on(html), steps + 1
        assert "trang=" not in link
        assert query.strip("&") in link or not link
    assert len(seen) == listed - (NUMBERED - 1) * 24
    assert steps == -(-listed // 24) - NUMBERED + 1


def test_only_the_last_numbered_page_goes_on_so_and_says_that_filters_are_faster(shop: Client) -> None:
    words = "Bạn đã xem 216 kết quả đầu; lọc thêm thì nhanh hơn."
    last, other = page(shop, f"/san-pham/?trang={NUMBERED}"), page(shop, f"/san-pham/?trang={NUMBERED - 1}")
    few = page(shop, "/san-pham/?sao=5")
    assert [words in html for html in (last, other, few)] == [True, False, False]
    assert [bool(goes_on(html)) for html in (last, other, few)] == [True, False, False]


def test_a_page_behind_says_which_results_it_shows_and_leads_back_to_the_first(shop: Client) -> None:
    html = page(shop, behind(shop))
    total = Entry.objects.filter(adult=False).count()
    assert f"Kết quả 217–240 trong {total}<" in html
    assert "<title>Tất cả sản phẩm, từ kết quả 217 –" in html
    assert '<a href="/san-pham/">Về trang đầu</a>' in html


def test_the_way_back_keeps_what_was_chosen(shop: Client) -> None:
    chosen = behind(shop).replace("?", "?con_hang=1&")
    assert '<a href="?con_hang=1">Về trang đầu</a>' in page(shop, chosen)


def test_robots_take_a_page_behind_for_the_first_as_they_do_numbered_ones(shop: Client) -> None:
    canonical = '<link rel="canonical" href="http://testserver/san-pham/">'
    assert canonical in page(shop, "/san-pham/?trang=2")
    assert canonical in page(shop, behind(shop))


def test_a_page_behind_costs_no_more_than_a_numbered_one(shop: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(shop, address)
        return len(queries)

    numbered, further = f"/san-pham/?trang={NUMBERED}", behind(shop)
    asked(numbered)
    assert asked(further) <= asked(numbered)


def test_other_filters_begin_at_the_first_page_again(shop: Client) -> None:
    links = re.findall(r'href="(\?[^"]*)"', page(shop, behind(shop)))
    assert [link for link in links if "sau=" in link] == [link for link in links if "con_hang" not in link][
        -1:
    ]


# ----- addresses nobody offers


def test_a_cursor_is_read_as_it_was_written() -> None:
    for sort, place in (
        (Sort.RELEVANCE, (34.5, -(2**63), 40, 6_582_952_005_840_035_280, 16_543)),
        (Sort.PRICE_UP, (2**63 - 1, 5, 7)),
        (Sort.STARS, (3, 1_764_028_800_000, 5, 7)),
        (Sort.BEST_SELLING, (7,)),
    ):
        written = cursors.written(Cursor(2_400, place), sort)
        assert cursors.read(written, sort) == Cursor(2_400, place)
        assert re.fullmatch(r"[A-Za-z0-9_-]{10,100}", written)


def packed(text: str) -> str:
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


PRICE = packed("[2,2400,50000,5,7]")
GARBAGE = {
    "no base64": "%%%",
    "a letter too many": PRICE + "A",
    "padded": packed("[2,2400,50000,5,77]") + "=",
    "marks": "chè-shan",
    "no JSON": packed("2,2400,7"),
    "bytes that are no text": urlsafe_b64encode(b"\xff\xfe\xfd" * 4).decode(),
    "nested": packed("[" * 100),
    "no list": packed('{"2":2400}'),
    "empty": packed("[]"),
    "too short": packed("[2,2400]"),
    "too long": packed("[2,2400,50000,5,7]" + " " * 200),
    "too few values": packed("[2,2400,5,7]"),
    "too many values": packed("[2,2400,50000,5,6,7]"),
    "written otherwise": packed("[2, 2400, 50000, 5, 7]"),
    "text": packed('[2,2400,"50000",5,7]'),
    "true": packed("[2,2400,true,5,7]"),
    "null": packed("[2,2400,null,5,7]"),
    "a broken price": packed("[2,2400,0.5,5,7]"),
    "a list for an id": packed("[2,2400,50000,5,[7]]"),
    "a huge value": packed("[2,2400,9223372036854775808,5,7]"),
    "a huge number": packed("[2,99999999,50000,5,7]"),
    "a number before the last numbered page": packed("[2,24,50000,5,7]"),
    "a negative number": packed("[2,-2400,50000,5,7]"),
    "a broken number": packed("[2,2400.0,50000,5,7]"),
    "another order's": packed("[3,2400,50000,5,7]"),
    "an unknown order's": packed("[9,2400,50000,5,7]"),
    "no number": packed("[2,2400,NaN,5,7]"),
}


@pytest.mark.parametrize("value", GARBAGE.values(), ids=GARBAGE)
def test_a_cursor_nobody_offers_is_not_found(shop: Client, value: str) -> None:
    assert shop.get("/san-pham/", {"sap_xep": "gia-tang", "sau": value}).status_code == 404


@pytest.mark.parametrize("score", ["NaN", "Infinity", "1e+300", "true"])
def test_a_score_nothing_has_is_not_found(shop: Client, score: str) -> None:
    assert shop.get("/san-pham/", {"sau": packed(f"[0,2400,{score},5,6,7]")}).status_code == 404


def test_a_cursor_is_good_for_its_order_alone_and_not_beside_a_number(shop: Client) -> None:
    asked = {"sap_xep": "gia-tang", "sau": PRICE}
    assert shop.get("/san-pham/", asked).status_code == 200
    for other in ({"sap_xep": "gia-giam"}, {"sap_xep": "sao"}, {"sap_xep": ""}, {"trang": "2"}):
        assert shop.get("/san-pham/", asked | other).status_code == 404, other


@pytest.mark.parametrize("path", ["/san-pham/", "/tim-kiem/?q=che", "/tinh/tuyen-quang/"])
def test_where_nothing_is_left_the_page_says_so(shop: Client, path: str) -> None:
    html = page(shop, f"{path}{'&' if '?' in path else '?'}sap_xep=gia-tang&sau={PRICE}")
    assert "Sau đây không còn kết quả nào." in html
    assert "Về trang đầu" in html
    assert "Trang sau" not in html
