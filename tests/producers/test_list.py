import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalogue.models import CategoryFlag
from marketplace import clock
from producers.models import Producer, ProducerForm
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def names(client: Client, **asked: str) -> list[str]:
    response = client.get("/nha-san-xuat/", asked)
    assert response.status_code == 200
    return [producer["name"] for producer in response.context["producers"]]


def maker(name: str = "", **fields: Any) -> Producer:
    """A producer with something to show."""
    made = factories.producer(name, **fields)
    factories.product(by=made)
    return made


def test_a_name_is_found_without_tone_marks(client: Client) -> None:
    maker("HTX Phìn Hồ")
    maker("HTX Tài Hoan")
    assert names(client, q="phin ho") == ["HTX Phìn Hồ"]
    assert names(client, q="Tài hoan") == ["HTX Tài Hoan"]


def test_place_and_form_narrow_the_list(client: Client) -> None:
    maker("HTX Bắc")
    maker("Hộ Nam", of="Cà Mau", form=ProducerForm.BUSINESS_HOUSEHOLD)
    assert names(client, tinh="ca-mau") == ["Hộ Nam"]
    assert names(client, hinh_thuc="htx") == ["HTX Bắc"]
    assert names(client, hinh_thuc="htx", tinh="ca-mau") == []


def test_choices_count_what_they_would_lead_to(client: Client) -> None:
    maker()
    maker(of="Cà Mau")
    maker(of="Cà Mau", form=ProducerForm.FARM)
    response = client.get("/nha-san-xuat/", {"hinh_thuc": "htx"})
    assert {c.value: c.count for c in response.context["provinces"]} == {"tuyen-quang": 1, "ca-mau": 1}
    assert {c.value: c.count for c in response.context["forms"]} == {"htx": 2, "trang-trai": 1}


def test_a_producer_is_told_with_its_products_and_best_star(client: Client) -> None:
    made = factories.producer()
    factories.rating(factories.product(by=made), stars=4)
    factories.rating(factories.product(by=made), stars=3)
    with clock.at(DAY):
        shown = client.get("/nha-san-xuat/").context["producers"][0]
    assert (shown["product_count"], shown["best_star"]) == (2, 4)


def test_who_has_nothing_to_show_is_not_listed(client: Client) -> None:
    factories.producer("HTX chưa có hàng")
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product(by=factories.producer("HTX men lá"), sets=(spirits,))
    maker("HTX Phìn Hồ")
    assert names(client) == ["HTX Phìn Hồ"]


@pytest.mark.parametrize(
    "asked",
    [{"tinh": "atlantis"}, {"hinh_thuc": "vua"}, {"trang": "2"}, {"trang": "0"}, {"trang": "x"},
     {"trang": "99999999999999999999"}],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client: Client, asked: dict[str, str]) -> None:
    maker()
    assert client.get("/nha-san-xuat/", asked).status_code == 404


@pytest.mark.parametrize("name", ["không có ai", "🙂", "' OR 1=1 --", "x" * 5000, "\x00"])
def test_a_name_nobody_has_is_explained(client: Client, name: str) -> None:
    maker()
    response = client.get("/nha-san-xuat/", {"q": name})
    assert response.status_code == 200
    assert "Chưa có nhà sản xuất nào khớp" in response.content.decode()


def test_a_producers_name_stays_out_of_the_search_for_products(client: Client) -> None:
    html = client.get("/nha-san-xuat/", {"q": "phin ho"}).content.decode()
    assert [len(re.findall(f'id="{field}"[^>]*value="phin ho"', html)) for field in ("ten", "q")] == [1, 0]


def test_more_producers_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        factories.product()
    client.get("/nha-san-xuat/")
    with django_assert_max_num_queries(5):
        client.get("/nha-san-xuat/")
