from typing import Any

import pytest

from catalogue.models import CategoryFlag
from cms.models import StoryPage
from tests import factories
from tests.cms.reading import page

pytestmark = pytest.mark.django_db


def test_the_index_names_every_site_map(client: Any, pages: None) -> None:
    html = page(client, "/sitemap.xml")
    for section in ("trang", "danh-sach", "noi", "nha-san-xuat", "san-pham"):
        address = f"http://testserver/sitemap-{section}.xml"
        assert address in html
        page(client, address)


def test_pages_of_both_languages_are_listed(client: Any, story: StoryPage) -> None:
    html = page(client, "/sitemap-trang.xml")
    for address in (
        "/",
        "/en/",
        "/cau-chuyen/che-phin-ho/",
        "/en/cau-chuyen/che-phin-ho/",
        "/phap-ly/chu-san/",
    ):
        assert f"<loc>http://testserver{address}</loc>" in html


def test_products_name_their_other_language(client: Any) -> None:
    tea = factories.product("Trà xanh Phìn Hồ")
    html = page(client, "/sitemap-san-pham.xml")
    assert f'hreflang="en" href="http://testserver/en/san-pham/tra-xanh-phin-ho_{tea.pk}/"' in html


def test_alcohol_and_hidden_products_are_left_out(client: Any) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Rượu ngô men lá", sets=(spirits,))
    factories.product("Trà chưa duyệt", is_public=False)
    html = page(client, "/sitemap-san-pham.xml")
    assert "ruou-ngo" not in html and "tra-chua-duyet" not in html


def test_producers_are_those_of_the_list(client: Any) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product(by=factories.producer("HTX men lá"), sets=(spirits,))
    factories.producer("HTX chưa có hàng")
    factories.product(by=factories.producer("HTX Phìn Hồ"))
    html = page(client, "/sitemap-nha-san-xuat.xml")
    assert "htx-phin-ho" in html
    assert "htx-men-la" not in html and "htx-chua-co-hang" not in html


def test_an_unknown_site_map_is_not_found(client: Any) -> None:
    assert client.get("/sitemap-khac.xml").status_code == 404


def test_robots_are_kept_from_baskets_and_told_of_the_site_map(client: Any) -> None:
    text = page(client, "/robots.txt")
    assert "Disallow: /gio-hang/" in text and "Sitemap: http://testserver/sitemap.xml" in text
