import json
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalogue.models import CategoryFlag
from marketplace import clock
from producers.models import FormerProvince, Producer, ProducerForm
from producers.profile import public_contact, whereabouts
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def page(client: Client, producer: Producer, **asked: str) -> Any:
    with clock.at(DAY):
        return client.get(producer.get_absolute_url(), asked)


def test_its_products_stand_by_star_and_then_by_name(client: Client) -> None:
    maker = factories.producer()
    factories.product("Ổi sấy", by=maker)
    factories.product("Đào sấy", by=maker)
    factories.rating(factories.product("Xoài sấy", by=maker), stars=5)
    response = page(client, maker)
    assert [card.title for card in response.context["cards"]] == ["Xoài sấy", "Đào sấy", "Ổi sấy"]
    assert response.context["producer"]["five_star_count"] == 1


def test_an_old_name_in_the_address_leads_to_todays(client: Client) -> None:
    maker = factories.producer("HTX Phìn Hồ")
    response = client.get(f"/nha-san-xuat/ten-cu_{maker.pk}/")
    assert response.status_code == 301
    assert response["Location"] == maker.get_absolute_url()


@pytest.mark.parametrize("key", ["999999", "99999999999999999999999"])
def test_an_unknown_producer_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/nha-san-xuat/htx_{key}/").status_code == 404


def test_a_page_beyond_the_last_is_not_found(client: Client) -> None:
    maker = factories.producer()
    assert page(client, maker, trang="2").status_code == 404


def test_alcohol_is_kept_from_those_who_have_not_stated_their_age(client: Client) -> None:
    maker = factories.producer()
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    factories.product("Rượu ngô", by=maker, sets=(spirits,))
    response = page(client, maker)
    assert response.context["producer"]["product_count"] == 0
    assert "Rượu ngô" not in response.content.decode()


def test_a_cooperatives_telephone_is_public_and_a_households_is_not(client: Client) -> None:
    details = {"phone": "+84912345678", "email": "ban@vidu.vn", "website": "https://vidu.vn/"}
    cooperative = factories.producer(**details)
    household = factories.producer(form=ProducerForm.BUSINESS_HOUSEHOLD, contact_name="Lò Thị Mây", **details)
    assert "+84912345678" in page(client, cooperative).content.decode()
    seen = page(client, household).content.decode()
    assert not any(text in seen for text in ("+84912345678", "ban@vidu.vn", "Lò Thị Mây"))
    assert public_contact(household).website == "https://vidu.vn/"


def test_it_is_said_where_it_is_and_where_that_was() -> None:
    place = factories.province("Tuyên Quang")
    former = FormerProvince.objects.create(code="02", name="Hà Giang", slug="ha-giang", province=place)
    commune = factories.commune("Thông Nguyên", of="Tuyên Quang", kind="xã")
    maker = factories.producer(former_province=former, commune=commune)
    assert whereabouts(maker) == "Xã Thông Nguyên, Tuyên Quang (trước là Hà Giang)"


def test_machines_read_the_same_facts(client: Client) -> None:
    maker = factories.producer('HTX "Mây" & <Núi>')
    text = page(client, maker).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    assert data["name"] == maker.name
    assert data["address"]["addressRegion"] == "Tuyên Quang"


def test_vietnamese_words_are_marked_on_the_english_page(client: Client) -> None:
    maker = factories.producer("HTX Phìn Hồ")
    text = client.get(f"/en{maker.get_absolute_url()}").content.decode()
    assert '<html lang="en">' in text
    assert '<h1 lang="vi">HTX Phìn Hồ</h1>' in text


@pytest.mark.parametrize("number", [1, 12])
def test_it_costs_the_same_however_many_products(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    maker = factories.producer()
    for _ in range(number):
        factories.product(by=maker)
    page(client, maker)
    with django_assert_max_num_queries(7):
        page(client, maker)
