from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from marketplace.shipping.models import Tariff, Zone, terms_of
from marketplace.shipping.quotes import Destination, Parcel, charge_of, quote, tariffs, zone_of
from marketplace.shipping.reference import load_tariffs
from tests import factories

DAY = date(2026, 11, 24)
TARIFF = Tariff(
    zone="region",
    base_weight_g=1000,
    base_price=Decimal(27_000),
    step_weight_g=500,
    step_price=Decimal(4_000),
    days_from=2,
    days_to=4,
    free_from=Decimal(500_000),
)


def charged(grams: int, goods: int = 0) -> Decimal:
    return charge_of(tariff=TARIFF, weight_g=grams, goods=Decimal(goods), free_from=TARIFF.free_from)


@pytest.mark.parametrize(
    ("grams", "charge"), [(1, 27_000), (1000, 27_000), (1001, 31_000), (1500, 31_000), (1501, 35_000)]
)
def test_every_step_begun_counts(grams: int, charge: int) -> None:
    assert charged(grams) == charge


def test_sending_is_free_from_the_threshold_on() -> None:
    assert charged(9000, goods=499_999) > 0
    assert charged(9000, goods=500_000) == 0


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_more_weight_never_costs_less(one: int, other: int) -> None:
    light, heavy = sorted((one, other))
    charges = [charged(grams) for grams in (light, heavy)]
    assert charges[0] <= charges[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "zone"),
    [
        ("Tuyên Quang", Zone.PROVINCE),
        ("Thái Nguyên", Zone.REGION),
        ("Hà Nội", Zone.COUNTRY),
        ("Cà Mau", Zone.COUNTRY),
    ],
)
def test_zones_go_by_province_and_region(to: str, zone: Zone) -> None:
    origin = factories.producer(of="Tuyên Quang")
    assert zone_of(origin=origin, destination=Destination(factories.province(to))) == zone


@pytest.mark.django_db
def test_an_island_is_a_zone_of_its_own_but_not_for_its_own_producers() -> None:
    island = factories.commune("Phú Quốc", of="An Giang", kind="đặc khu")
    there = Destination(island.province, island)
    assert zone_of(origin=factories.producer(of="An Giang"), destination=there) == Zone.ISLAND
    local = factories.producer(of="An Giang", commune=island)
    assert zone_of(origin=local, destination=there) == Zone.PROVINCE


@pytest.mark.django_db
def test_a_quote_has_charge_and_days() -> None:
    load_tariffs()
    found = quote(
        terms=terms_of(factories.producer(of="Tuyên Quang")),
        destination=Destination(factories.province("Thái Nguyên")),
        parcel=Parcel(1200, Decimal(100_000)),
        day=DAY,
        table=tariffs(),
    )
    assert (found.charge, found.first_day, found.last_day) == (31_000, date(2026, 11, 26), date(2026, 11, 28))


@pytest.mark.django_db
def test_a_zone_without_charges_is_refused_not_free() -> None:
    destination = Destination(factories.province("Hà Nội"))
    parcel = Parcel(100, Decimal(1))
    found = quote(
        terms=terms_of(factories.producer()), destination=destination, parcel=parcel, day=DAY, table={}
    )
    assert found.refusal == "Hiện chưa có phí giao cho nơi nhận này."


@pytest.mark.django_db
def test_loading_again_leaves_what_staff_changed() -> None:
    load_tariffs()
    Tariff.objects.filter(zone=Zone.ISLAND).update(base_price=1)
    load_tariffs()
    assert Tariff.objects.get(zone=Zone.ISLAND).base_price == 1
    assert {tariff.zone for tariff in Tariff.objects.all()} == set(Zone.values)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"step_weight_g": 0}, {"base_price": -1}, {"days_to": 0}, {"zone": "moon"}]
)
def test_the_table_refuses_nonsense(change: dict[str, object]) -> None:
    load_tariffs()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tariff.objects.filter(zone=Zone.ISLAND).update(**change)


def said_on_the_product_page(product: object, **cookies: str) -> str:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    template = Template("{% load shipping %}{% shipping_line product %}")
    return template.render(Context({"request": request, "product": product}))


@pytest.mark.django_db
def test_the_product_page_tells_the_charge_to_the_visitors_province() -> None:
    load_tariffs()
    product = factories.product(by=factories.producer(of="Hà Nội"))
    assert "Phí giao và ngày giao tính theo nơi nhận" in said_on_the_product_page(product)
    assert "Giao đến Hà Nội: 18.000\xa0₫" in said_on_the_product_page(product, noi_nhan="ha-noi")


@pytest.mark.django_db
def test_the_product_page_says_how_far_goods_go_and_where_they_can_be_fetched() -> None:
    load_tariffs()
    maker = factories.producer(of="Cà Mau")
    crab = factories.product(by=maker, reach="province")
    assert said_on_the_product_page(crab) == "Chỉ giao trong Cà Mau."
    factories.shipping_terms(maker, offers_pickup=True)
    assert "Nhận tại nơi bán không mất phí: Xưởng chè Phìn Hồ." in said_on_the_product_page(
        crab, noi_nhan="ha-noi"
    )
    assert "18.000" in said_on_the_product_page(crab, noi_nhan="ca-mau")
    there = factories.product(by=maker, reach="pickup")
    assert "Chỉ nhận tại nơi bán, không giao." in said_on_the_product_page(there)


@pytest.mark.django_db
def test_a_forged_province_is_no_province() -> None:
    assert "tính theo nơi nhận" in said_on_the_product_page(factories.product(), noi_nhan="' OR 1=1")
