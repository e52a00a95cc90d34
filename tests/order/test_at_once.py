"""Buyer and staff at the same moment, over connections of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Parcel, ParcelState, PaymentState
from marketplace.order.parcels import CannotMove, split_parcel
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.crowd import at_once
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.placing import place

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CROWD = 6


def tried(act: Callable[..., Any], *args: Any, **options: Any) -> Callable[[], str]:
    """Why not, or nothing when it was done."""

    def attempt() -> str:
        try:
            act(*args, **options)
        except CannotMove as error:
            return str(error)
        return ""

    return attempt


def cancelling(part: int) -> Callable[[], str]:
    return tried(cancel_consignment, consignment_id=part, by=BUYER, moment=clock.now())


def test_an_order_whose_parts_are_all_cancelled_at_once_is_cancelled() -> None:
    order = place(*[(factories.product(), 1) for _ in range(CROWD)])
    parts = order.consignments.values_list("pk", flat=True)
    assert at_once([cancelling(part) for part in parts]) == [""] * CROWD
    order.refresh_from_db()
    assert (order.owed, order.payment_state) == (0, PaymentState.CANCELLED)


def test_what_is_cancelled_while_it_is_handed_over_is_one_of_both() -> None:
    parcel = bring(parcel_of(place((factories.product(stock=5), 2))), ParcelState.PACKED)
    came = at_once(
        [cancelling(parcel.consignment_id), tried(move, parcel, ParcelState.HANDED_OVER)] * (CROWD // 2)
    )
    parcel.refresh_from_db()
    record = StockRecord.objects.get()
    left = {ParcelState.CANCELLED: (5, 0), ParcelState.HANDED_OVER: (3, 0)}
    assert (record.num_in_stock, record.num_allocated) == left[ParcelState(parcel.state)]
    assert parcel.changes.filter(before=ParcelState.PACKED).count() == 1
    assert "" in came and any(came)


def test_a_parcel_is_split_once_however_many_click() -> None:
    parcel = parcel_of(place((factories.product(), 9)))
    line = parcel.items.get().line_id
    click = tried(
        split_parcel, parcel_id=parcel.pk, quantities={line: 1}, by=STAFF, moment=clock.now(), seen={line: 9}
    )
    came = at_once([click] * CROWD)
    assert came.count("") == 1 and all("vừa thay đổi" in why for why in came if why)
    assert sorted(Parcel.objects.values_list("items__quantity", flat=True)) == [1, 8]
