"""Pages of lists as visitors see them: the way back, prices as links, and what is offered where nothing fits."""

import re
from html import unescape

import pytest
from django.test import Client

from catalogue.models import CategoryFlag
from search.names import names
from tests import factories

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def crumbs(html: str) -> list[str]:
    way = re.search(r'<ol class="crumbs">(.*?)</ol>', html, re.DOTALL)
    assert way
    return re.findall(r'href="([^"]+)"', way[1])


@pytest.mark.parametrize("root", ["", "/en"])
def test_the_way_back_stays_in_the_language(client: Client, root: str) -> None:
    factories.product("Chè Phìn Hồ")
    assert crumbs(page(client, f"{root}/san-pham/")) == [f"{root}/"]
    assert crumbs(page(client, f"{root}/tim-kiem/?q=phin+ho")) == [f"{root}/", f"{root}/san-pham/"]
    assert crumbs(page(client, f"{root}/tinh/tuyen-quang/"))[:2] == [f"{root}/", f"{root}/san-pham/"]


def test_a_price_band_leads_to_as_many_products_as_it_says(client: Client) -> None:
    for price in (45_000, 99_999, 100_000):
        factories.product(price=price)
    html = page(client, "/san-pham/")
    link, count = re.findall(r'href="(\?gia_tu=0&[^"]*)"><span>dưới 100.000\s₫</span><small>(\d+)<', html)[0]
    cheap = page(client, f"/san-pham/{link}")
    assert count == "2"
    assert cheap.count('class="card"') == 2
    assert re.search(r'class="chip".*dưới 100.000\s₫', cheap)
    assert re.search(r'aria-current="true"><span>dưới 100.000', cheap)


def test_a_search_that_finds_nothing_offers_groups_and_what_has_most_stars(client: Client) -> None:
    group = factories.category("Đồ uống")
    group.code = "group-2"
    group.save()
    names.forget()
    factories.rating(factories.product("Chè Phìn Hồ"), stars=5)
    factories.product("Mật ong hết hàng", stock=0)
    html = page(client, "/tim-kiem/?q=qwzxqwzx")
    assert 'href="/san-pham/?nhom=do-uong">Đồ uống</a>' in html
    assert "Chè Phìn Hồ</a>" in html
    assert "Mật ong hết hàng" not in html


def test_a_search_that_finds_only_alcohol_asks_for_the_age(client: Client) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Rượu ngô men lá", sets=(spirits,))
    html = page(client, "/tim-kiem/?q=ruou+ngo+men+la")
    assert "Rượu ngô men lá" not in html
    assert html.count("Tôi đã đủ 18 tuổi") == 1


def test_a_choice_stays_in_sight(client: Client) -> None:
    factories.product(by=factories.producer(form="htx"))
    closed, opened = page(client, "/san-pham/"), page(client, "/san-pham/?hinh_thuc=htx")
    summary = "<summary>Nhà sản xuất</summary>"
    assert f"<details>{summary}" in closed
    assert f"<details open>{summary}" in opened
