from datetime import date
from decimal import Decimal

import pytest

from marketplace.shipping.models import ProducerTerms, Tariff, Zone
from marketplace.shipping.preview import Trial, compare
from marketplace.shipping.quotes import Destination, Parcel
from marketplace.shipping.reference import load_tariffs
from producers.models import Producer
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def trial(origin: Producer | None = None, to: str = "Tuyên Quang") -> Trial:
    load_tariffs()
    maker = origin or factories.producer(of="Tuyên Quang")
    return Trial(maker, Destination(factories.province(to)), Parcel(1000, Decimal(200_000)))


def test_the_edited_zone_is_priced_as_edited_and_the_saved_one_as_saved() -> None:
    one = trial()
    edited = Tariff.objects.get(zone=Zone.PROVINCE)
    edited.base_price = Decimal(99_000)
    shown = compare(trial=one, edited=edited, day=DAY)
    assert (shown.now.charge, shown.then.charge, shown.differs) == (18_000, 99_000, True)
    assert Tariff.objects.get(zone=Zone.PROVINCE).base_price == 18_000


def test_another_zone_stays_as_it_is() -> None:
    one = trial(to="Hà Nội")
    edited = Tariff.objects.get(zone=Zone.PROVINCE)
    edited.base_price = Decimal(99_000)
    assert not compare(trial=one, edited=edited, day=DAY).differs


def test_a_row_that_moves_to_another_zone_leaves_its_own_without_charges() -> None:
    one = trial()
    edited = Tariff.objects.get(zone=Zone.PROVINCE)
    edited.zone = Zone.ISLAND
    assert "chưa có phí giao" in compare(trial=one, edited=edited, day=DAY).then.refusal


def test_a_producers_terms_count_for_its_own_parcels_only() -> None:
    one = trial()
    edited = ProducerTerms(producer=one.origin, free_from=Decimal(100_000))
    assert compare(trial=one, edited=edited, day=DAY).then.charge == 0
    assert compare(trial=trial(), edited=edited, day=DAY).then.charge == 18_000


def test_a_province_alone_is_enough_to_send_from() -> None:
    somewhere = Producer(province=factories.province("Hà Nội"))
    one = trial(somewhere, to="Hà Nội")
    edited = Tariff.objects.get(zone=Zone.PROVINCE)
    assert compare(trial=one, edited=edited, day=DAY).now.charge == 18_000
