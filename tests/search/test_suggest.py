"""Suggestions while typing: products, producers, and places of today and formerly."""

from typing import Any

import pytest
from django.test import Client

from producers.models import FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    today = factories.province("Cà Mau")
    for code, name in (("95", "Bạc Liêu"), ("96", "Cà Mau")):
        FormerProvince.objects.create(code=code, name=name, slug=factories.slug(name), province=today)


def suggested(client: Client, text: str) -> dict[str, list[tuple[str, str, str]]]:
    answer: Any = client.get("/goi-y/", {"q": text})
    assert answer.status_code == 200
    return {
        group["label"]: [(item["label"], item["note"], item["url"]) for item in group["items"]]
        for group in answer.context["groups"]
    }


@pytest.mark.parametrize("text", ["ca m", "Cà Mau", "mau"])
def test_a_province_leads_to_its_page(client: Client, text: str) -> None:
    assert suggested(client, text) == {"Nơi sản xuất": [("Cà Mau", "", "/tinh/ca-mau/")]}


def test_a_former_province_leads_to_todays_and_names_it(client: Client) -> None:
    found = {"Nơi sản xuất": [("Bạc Liêu", "nay thuộc Cà Mau", "/tinh/ca-mau/?tinh_cu=bac-lieu")]}
    assert suggested(client, "bac li") == found


def test_products_and_producers_are_named_by_the_words_begun(client: Client) -> None:
    honey = factories.product("Mật ong rừng tràm", by=factories.producer("HTX Tràm Xanh", of="Cà Mau"))
    found = suggested(client, "tram")
    assert [(label, note) for label, note, _url in found["Sản phẩm"]] == [(honey.title, "HTX Tràm Xanh")]
    assert [label for label, _note, _url in found["Nhà sản xuất"]] == ["HTX Tràm Xanh"]
    assert "Nơi sản xuất" not in found


@pytest.mark.parametrize("text", ["mat on", "Mật ong", "honey"])
def test_a_set_leads_to_its_products(client: Client, text: str) -> None:
    factories.category("Mật ong", name_en="Honey")
    assert suggested(client, text) == {"Nhóm sản phẩm": [("Mật ong", "", "/san-pham/?nhom=mat-ong")]}


def test_on_an_english_page_a_set_has_its_english_name_and_is_not_called_vietnamese(client: Client) -> None:
    factories.category("Mật ong", name_en="Honey")
    assert "<span>Honey</span>" in client.get("/en/goi-y/?q=mat").content.decode()


@pytest.mark.parametrize("text", ["", "c", "%", "' OR 1=1", "ră" * 100])
def test_too_little_or_nonsense_suggests_nothing(client: Client, text: str) -> None:
    assert suggested(client, text) == {}
