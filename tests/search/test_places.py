"""Pages of provinces and regions: what they list, and what a search there may find."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from catalogue.models import CategoryFlag, Product
from producers.models import FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bac_lieu() -> FormerProvince:
    """Today's Cà Mau was made of Cà Mau and Bạc Liêu."""
    former("Cà Mau", "96")
    return former("Bạc Liêu", "95")


def former(name: str, code: str) -> FormerProvince:
    today = factories.province("Cà Mau")
    return FormerProvince.objects.create(code=code, name=name, slug=factories.slug(name), province=today)


def made(title: str, of: str, **fields: Any) -> Product:
    return factories.product(title, by=factories.producer(of=of), **fields)


def titles(client: Client, address: str, **data: str) -> list[str]:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return [card.title for card in answer.context["cards"]]


def test_a_provinces_page_lists_its_own_products_only(client: Client) -> None:
    made("Mật ong rừng tràm", "Cà Mau")
    made("Chè Phìn Hồ", "Tuyên Quang")
    assert titles(client, "/tinh/ca-mau/") == ["Mật ong rừng tràm"]
    assert titles(client, "/en/tinh/tuyen-quang/") == ["Chè Phìn Hồ"]


def test_a_former_provinces_address_leads_to_todays_narrowed_to_it(client: Client) -> None:
    answer = client.get("/tinh/bac-lieu/")
    assert (answer.status_code, answer["Location"]) == (301, "/tinh/ca-mau/?tinh_cu=bac-lieu")
    assert client.get("/en/tinh/bac-lieu/")["Location"] == "/en/tinh/ca-mau/?tinh_cu=bac-lieu"


def test_a_former_name_narrows_the_provinces_page(client: Client, bac_lieu: FormerProvince) -> None:
    made("Mật ong rừng tràm", "Cà Mau")
    made("Muối Bạc Liêu", "Cà Mau", former_province=bac_lieu)
    assert titles(client, "/tinh/ca-mau/?tinh_cu=bac-lieu") == ["Muối Bạc Liêu"]
    assert len(titles(client, "/tinh/ca-mau/")) == 2


def test_a_former_name_of_another_province_is_not_found(client: Client) -> None:
    factories.province("Tuyên Quang")
    assert client.get("/tinh/tuyen-quang/?tinh_cu=bac-lieu").status_code == 404


@pytest.mark.parametrize("path", ["/tinh/atlantis/", "/vung/atlantis/", "/tinh/ca-mau/?tinh_cu=atlantis"])
def test_places_that_are_none_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_regions_page_shows_its_provinces_and_products_only(client: Client) -> None:
    made("Mật ong rừng tràm", "Cà Mau")
    made("Mắm An Giang", "An Giang")
    made("Chè Phìn Hồ", "Tuyên Quang")
    answer = client.get("/vung/dong-bang-song-cuu-long/")
    assert {card.title for card in answer.context["cards"]} == {"Mắm An Giang", "Mật ong rừng tràm"}
    assert [(row.name, row.count) for row in answer.context["provinces"]] == [("An Giang", 1), ("Cà Mau", 1)]


def test_places_count_and_show_no_alcohol_to_the_young(client: Client) -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    wine = made("Rượu Hòa Thành", "Cà Mau", sets=(spirits,))
    factories.rating(wine, stars=5, issued_on=date(2026, 1, 15))
    for path in ("/tinh/ca-mau/", "/vung/dong-bang-song-cuu-long/"):
        page = client.get(path)
        assert [*page.context["cards"]] == []
        assert page.context["place"]["product_count"] == 0
    client.post("/tuoi/", {"next": "/"})
    assert titles(client, "/tinh/ca-mau/") == ["Rượu Hòa Thành"]
    assert titles(client, "/vung/dong-bang-song-cuu-long/") == ["Rượu Hòa Thành"]


def test_a_search_on_a_places_page_stays_there_whatever_place_it_names(client: Client) -> None:
    made("Mật ong rừng tràm", "Cà Mau")
    made("Mật ong Phìn Hồ", "Tuyên Quang")
    address, text = "/tinh/ca-mau/", "mật ong Tuyên Quang"
    assert titles(client, address, q=text) == ["Mật ong rừng tràm"]
    html = unescape(client.get(address, {"q": text}).content.decode())
    assert "bỏ qua tên nơi khác" in html
    assert f">Tìm “{text}” ở mọi nơi</a>" in html
    assert client.get(address, {"q": text}).context["everywhere_url"] == (
        "/tim-kiem/?q=m%E1%BA%ADt+ong+Tuy%C3%AAn+Quang"
    )


def test_a_part_of_the_place_named_on_its_page_is_found_by_its_words(
    client: Client, bac_lieu: FormerProvince
) -> None:
    made("Mật ong rừng tràm", "Cà Mau")
    made("Mật ong hoa nhãn", "Cà Mau", former_province=bac_lieu)
    made("Mật ong Phìn Hồ", "Tuyên Quang")
    assert titles(client, "/tinh/ca-mau/", q="mật ong Bạc Liêu") == ["Mật ong hoa nhãn", "Mật ong rừng tràm"]
    assert client.get("/tinh/ca-mau/", {"q": "mật ong Bạc Liêu"}).context["exact"] == 1


def test_what_a_search_on_a_places_page_understood_is_shown_there(client: Client) -> None:
    factories.rating(made("Mật ong rừng tràm", "Cà Mau"), stars=4, issued_on=date(2026, 1, 15))
    html = client.get("/tinh/ca-mau/", {"q": "mật ong 4 sao"}).content.decode()
    assert html.count("<h1") == 1
    assert "?q=m%E1%BA%ADt+ong+4+sao&amp;bo=stars%3A4" in html
