"""What carriers hand over, against the cash that delivered parcels brought."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from marketplace import clock
from marketplace.order.models import Carrier, Consignment, Parcel, ParcelState
from marketplace.order.parcels import Tracking
from marketplace.payment.models import Payment
from marketplace.reconciliation.comparing.day import compare, explain
from marketplace.reconciliation.models import ComparedDay, Difference, DifferenceState, Line, Source, Why
from marketplace.shipping.models import Way
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import place
from tests.reconciliation.files import remittance

pytestmark = pytest.mark.django_db


@pytest.fixture
def carrier() -> Carrier:
    return Carrier.objects.create(name="Chở nhanh")


def sent(carrier: Carrier, number: str, to: ParcelState = ParcelState.DELIVERED) -> Parcel:
    """A parcel of a cash order that this carrier brings."""
    parcel = bring(parcel_of(place((factories.product(price=100_000), 2))), ParcelState.PACKED)
    move(parcel, ParcelState.HANDED_OVER, tracking=Tracking(carrier, number))
    return bring(parcel, to) if to != ParcelState.HANDED_OVER else parcel


def cash(parcel: Parcel) -> int:
    received = Payment.objects.get(parcel=parcel).received
    assert received is not None
    return int(received)


def compared(*, after: int = 1) -> dict[str, str]:
    """Today, looked at some days later: differences that are not settled, by what they are of."""
    day = clock.today()
    with clock.at(clock.now() + timedelta(days=after)):
        assert compare(source=Source.CARRIER, day=day, moment=clock.now())
    return told()


def told() -> dict[str, str]:
    rows = Difference.objects.exclude(state=DifferenceState.AGREED)
    return {row.what: row.why for row in rows}


def sums() -> tuple[int, int]:
    row = ComparedDay.objects.get(source=Source.CARRIER, day=clock.today())
    return int(row.ours_in), int(row.theirs_in)


def test_what_is_handed_over_as_it_was_collected_agrees(carrier: Carrier) -> None:
    parcel = sent(carrier, "VC1")
    remittance(carrier, ("vc1", cash(parcel), 0))
    run_due()
    assert Line.objects.get().payment == Payment.objects.get(parcel=parcel)
    assert compared(after=60) == {}
    assert sums() == (cash(parcel), cash(parcel))


WRONG = {
    "Chở nhanh VC0": Why.AMOUNT,
    "Chở nhanh VC1": Why.FEE,
    "Chở nhanh VC2": Why.FEE,
    "Chở nhanh VC3": Why.NOT_DELIVERED,
    "Chở nhanh VC4": Why.TWICE,
    "Chở nhanh VC9": Why.UNKNOWN_PARCEL,
    "Chở nhanh VC8": Why.ONLY_THEIRS,
}


def test_each_thing_that_is_wrong_is_listed(carrier: Carrier) -> None:
    less, fee, net = (sent(carrier, f"VC{n}") for n in range(3))
    sent(carrier, "VC3", ParcelState.HANDED_OVER)
    twice = sent(carrier, "VC4")
    other = Carrier.objects.create(name="Chở chậm")
    sent(other, "VC9")
    remittance(
        carrier,
        ("VC0", cash(less) - 1_000, 0),
        ("VC1", cash(fee), 5_000),
        ("VC2", cash(net) - 7_000, 7_000),
        ("VC3", 200_000, 0),
        ("VC4", cash(twice), 0),
        ("VC4", cash(twice), 0),
        ("VC9", 200_000, 0),
        ("VC8", -5_000, 0),
    )
    assert compared() == WRONG
    row = Difference.objects.get(what="Chở nhanh VC1")
    assert row.ours is not None and row.theirs == row.ours - 5_000
    ours, theirs = sums()
    listed = Difference.objects.values_list("ours", "theirs")
    assert ours - theirs == sum((a or Decimal(0)) - (b or Decimal(0)) for a, b in listed) - 5_000  # went


def test_the_same_file_again_is_not_handed_over_twice(carrier: Carrier) -> None:
    parcel = sent(carrier, "VC1")
    assert remittance(carrier, ("VC1", cash(parcel), 0)).known == 0
    assert remittance(carrier, ("VC1", cash(parcel), 0)).known == 1
    assert compared() == {}


def test_a_parcel_that_is_marked_delivered_later_agrees_by_itself(carrier: Carrier) -> None:
    parcel = sent(carrier, "VC1", ParcelState.HANDED_OVER)
    collected = int(sum(item.amount for item in parcel.items.all()) + parcel.consignment.shipping_charge)
    remittance(carrier, ("VC1", collected, 0))
    run_due()
    assert list(compared().values()) == [Why.NOT_DELIVERED]
    explain(
        difference_id=Difference.objects.get().pk, note="Đã gọi", user=factories.user(), moment=clock.now()
    )
    bring(parcel, ParcelState.DELIVERED)
    assert compared() == {}
    row = Difference.objects.get()
    assert (row.state, row.note) == (DifferenceState.AGREED, "Đã gọi")


def test_cash_that_is_not_handed_over_in_time_is_a_difference(carrier: Carrier, settings: Any) -> None:
    settings.REMITTANCE_DAYS = 5
    parcel = sent(carrier, "VC1")
    assert compared(after=5) == {}
    assert compared(after=6) == {"Chở nhanh VC1": Why.OVERDUE}
    with clock.at(clock.now() + timedelta(days=7)):
        remittance(carrier, ("VC1", cash(parcel), 0))
        run_due()
    assert compared(after=8) == {}


def test_what_was_fetched_is_no_carriers_and_what_went_without_one_is_asked_about(settings: Any) -> None:
    settings.REMITTANCE_DAYS = 5
    sent, fetched = (parcel_of(place((factories.product(), 1))) for _ in range(2))
    facts = {
        "way": Way.PICKUP,
        "zone": "",
        "shipping_charge": 0,
        "pickup_address": "Xưởng chè",
        "pickup_hours": "8–17 giờ",
    }
    Consignment.objects.filter(parcels=fetched).update(total=F("goods_total"), **facts)
    for parcel in (sent, fetched):
        bring(parcel, ParcelState.DELIVERED)
    assert compared(after=6) == {str(sent): Why.OVERDUE}


def test_the_worker_looks_for_overdue_cash_by_itself(carrier: Carrier, settings: Any) -> None:
    settings.REMITTANCE_DAYS = 5
    sent(carrier, "VC1")
    for days in (1, 4, 6):
        with clock.at(clock.now() + timedelta(days=days)):
            run_due()
            assert list(told().values()) == ([Why.OVERDUE] if days == 6 else [])
