"""What one producer's own terms change, and how goods that stay near come to the buyer."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Reach
from marketplace.shipping.models import ProducerTerms, Tariff, Way, Zone, terms_of
from marketplace.shipping.quotes import Destination, Parcel, Quote, quote, quote_pickup, refusal_of, tariffs
from marketplace.shipping.reference import load_tariffs
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def quoted(terms: ProducerTerms, parcel: Parcel, to: str = "Tuyên Quang") -> Quote:
    load_tariffs()
    place = Destination(factories.province(to))
    return quote(terms=terms, destination=place, parcel=parcel, day=DAY, table=tariffs())


def test_a_producers_own_threshold_goes_before_the_tariffs() -> None:
    parcel = Parcel(500, Decimal(150_000))
    assert quoted(terms_of(factories.producer()), parcel).free_from == 300_000
    lower = factories.shipping_terms(factories.producer(), free_from=150_000)
    assert (quoted(lower, parcel).charge, quoted(lower, parcel).free_from) == (0, 150_000)
    higher = factories.shipping_terms(factories.producer(), free_from=900_000)
    assert quoted(higher, Parcel(500, Decimal(899_999))).charge == 18_000


def test_terms_without_a_threshold_leave_the_tariffs_in_force() -> None:
    terms = factories.shipping_terms(factories.producer(), minimum_order=100_000)
    assert quoted(terms, Parcel(500, Decimal(300_000))).charge == 0


def test_bulky_goods_are_charged_by_volume_with_the_divisor_of_the_table() -> None:
    terms = terms_of(factories.producer())
    basket = Parcel(1000, Decimal(0), volume_cm3=18_000)
    found = quoted(terms, basket)
    assert (found.charged_weight_g, found.charge) == (3000, 23_000)
    Tariff.objects.filter(zone=Zone.PROVINCE).update(volume_divisor=3000)
    assert quoted(terms, basket).charged_weight_g == 6000


def test_goods_that_stay_near_are_not_sent_to_another_province_but_can_be_fetched() -> None:
    near = Parcel(500, Decimal(0), reach=Reach.PROVINCE)
    terms = terms_of(factories.producer(of="Tuyên Quang"))
    assert quoted(terms, near).refusal == ""
    assert "chỉ giao được trong Tuyên Quang" in quoted(terms, near, to="Hà Nội").refusal
    assert "nhận tại nơi bán" not in quoted(terms, near, to="Hà Nội").refusal
    open_door = factories.shipping_terms(factories.producer(of="Tuyên Quang"), offers_pickup=True)
    assert "Bạn chọn nhận tại nơi bán" in quoted(open_door, near, to="Hà Nội").refusal


def test_what_can_only_be_fetched_is_refused_before_the_place_is_known() -> None:
    terms = terms_of(factories.producer())
    assert "chưa đón khách" in refusal_of(terms=terms, reach=Reach.PICKUP, destination=None)
    assert refusal_of(terms=terms, reach=Reach.PROVINCE, destination=None) == ""


def test_a_pick_up_costs_nothing_and_says_when() -> None:
    terms = factories.shipping_terms(
        factories.producer(), offers_pickup=True, pickup_ready_days=2, pickup_keep_days=5
    )
    found = quote_pickup(terms=terms, day=DAY)
    assert (found.way, found.charge, found.zone) == (Way.PICKUP, 0, None)
    assert (found.first_day, found.last_day) == (date(2026, 11, 26), date(2026, 12, 1))


@pytest.mark.parametrize(
    "wrong", [{"minimum_order": -1}, {"free_from": -1}, {"offers_pickup": True, "pickup_address": ""}]
)
def test_the_database_refuses_terms_that_make_no_sense(wrong: dict[str, object]) -> None:
    terms = factories.shipping_terms(factories.producer())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProducerTerms.objects.filter(pk=terms.pk).update(**wrong)
