"""Lists ask the database for derived states; it must say of every order what the order itself says."""

from datetime import date, timedelta
from itertools import chain, combinations

import pytest

from marketplace.order.derived import has_parcels_in, in_delivery_state, late
from marketplace.order.models import Consignment, DeliveryState, Order, Parcel, ParcelState
from tests import factories
from tests.conftest import settle
from tests.order.copies import copies
from tests.order.moving import bring, parcel_of
from tests.order.placing import place

pytestmark = pytest.mark.django_db

MIXTURES = list(chain.from_iterable(combinations(ParcelState, n) for n in range(1, len(ParcelState) + 1)))


@pytest.fixture
def mixed() -> list[Order]:
    """An order of two producers for every mixture of parcel states there is, its parcels spread over both."""
    order = place((factories.product(), 1), (factories.product(), 1))
    orders = [order, *copies(order, len(MIXTURES) - 1)]
    Parcel.objects.all().delete()
    parts = {row: list(row.consignments.all()) for row in orders}
    parcels = [
        Parcel(consignment=parts[row][at % 2], number=at, state=state)
        for row, states in zip(orders, MIXTURES, strict=True)
        for at, state in enumerate(states)
    ]
    Parcel.objects.bulk_create(parcels)
    settle()
    return list(Order.objects.prefetch_related("consignments__parcels"))


def test_every_mixture_is_found_under_the_state_that_the_order_says_it_has(mixed: list[Order]) -> None:
    assert len(mixed) == 255
    for state in DeliveryState:
        said = {order.pk for order in mixed if order.delivery_state == state}
        assert said
        assert set(Order.objects.filter(in_delivery_state(state)).values_list("pk", flat=True)) == said


def test_orders_with_a_parcel_in_one_of_some_states_are_found(mixed: list[Order]) -> None:
    asked = {ParcelState.PACKED, ParcelState.LOST}
    said = {order.pk for order, states in zip(sorted(mixed, key=lambda row: row.pk), MIXTURES, strict=True)
            if asked & set(states)}  # fmt: skip
    assert set(Order.objects.filter(has_parcels_in(asked)).values_list("pk", flat=True)) == said


@pytest.mark.parametrize("state", [ParcelState.NEW, ParcelState.HANDED_OVER])
def test_an_order_is_late_after_its_last_promised_day_while_a_parcel_is_to_come(state: ParcelState) -> None:
    order = place((factories.product(), 1))
    bring(parcel_of(order), state)
    last: date = order.consignments.get().deliver_to
    assert not Order.objects.filter(late(last)).exists()
    assert Order.objects.filter(late(last + timedelta(days=1))).exists()


@pytest.mark.parametrize("state", [ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.LOST])
def test_an_order_that_has_come_or_ended_is_not_late(state: ParcelState) -> None:
    order = place((factories.product(), 1))
    bring(parcel_of(order), state)
    Consignment.objects.update(deliver_from=date(2026, 1, 1), deliver_to=date(2026, 1, 2))
    assert not Order.objects.filter(late(date(2026, 12, 1))).exists()
