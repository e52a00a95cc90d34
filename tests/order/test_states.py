from itertools import pairwise

import pytest

from marketplace.order.states import NEXT, WAY, DeliveryState, ParcelState, delivery_state


@pytest.mark.parametrize(
    ("parcels", "whole"),
    [
        ("new", "new"),
        ("new packed", "new"),
        ("confirmed packed", "confirmed"),
        ("packed handed_over", "partly_handed_over"),
        ("handed_over handed_over", "handed_over"),
        ("delivered new", "partly_delivered"),
        ("delivered lost", "partly_delivered"),
        ("delivered cancelled", "delivered"),
        ("returned cancelled", "returned"),
        ("returned lost", "partly_handed_over"),
        ("cancelled cancelled", "cancelled"),
        ("cancelled new", "new"),
    ],
)
def test_what_the_states_of_parcels_come_to(parcels: str, whole: str) -> None:
    assert delivery_state(parcels.split()) == DeliveryState(whole)


def test_a_parcel_goes_step_by_step_and_may_be_cancelled_until_it_leaves() -> None:
    for here, there in pairwise(WAY):
        assert set(NEXT[here]) & set(WAY) == {there}
    cancellable = [state for state in ParcelState if ParcelState.CANCELLED in NEXT[state]]
    assert cancellable == [ParcelState.NEW, ParcelState.CONFIRMED, ParcelState.PACKED]


def test_every_state_has_its_ways() -> None:
    assert set(NEXT) == set(ParcelState)
