"""Refunds asked for at the same moment, over connections of their own."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.models import Order, ParcelState, Role
from marketplace.order.parcels import By
from marketplace.payment import transfers
from marketplace.payment.granting import Wanted, grant
from marketplace.payment.models import Refund, RefundAccount, RefundReason
from marketplace.payment.refund_states import CannotMove
from marketplace.payment.refunding import CannotRefund
from tests import factories
from tests.checkout.crowd import at_once
from tests.order.moving import STAFF, bring, parcel_of
from tests.payment.giving import gone, grants, paid, settled, sums

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
CROWD = 6


@pytest.fixture
def order() -> Order:
    found = paid((factories.product(price=100_000, stock=9), 2))
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


def tried(act: Callable[[], Any]) -> str:
    """Why not, or nothing when it was done."""
    try:
        act()
    except (CannotRefund, CannotMove) as error:
        return str(error)
    return ""


def granting(order: Order, key: str, wanted: Wanted, shown: int) -> Callable[[], str]:
    act = partial(
        grant, order_id=order.pk, wanted=wanted, shown=Decimal(shown), words="Vì vậy.", key=key, by=STAFF,
        moment=clock.now(),
    )  # fmt: skip
    return partial(tried, act)


def test_the_same_form_sent_by_many_hands_gives_once(order: Order) -> None:
    wanted = Wanted(RefundReason.GOODWILL, amount=Decimal(20_000))
    assert at_once([granting(order, "một", wanted, 20_000)] * CROWD) == [""] * CROWD
    assert gone(order) == [("goodwill", 20_000, "due")] and settled(order)


def test_many_forms_give_no_more_than_there_is_nor_a_piece_twice(order: Order) -> None:
    wanted = Wanted(RefundReason.ITEMS, pieces={order.lines.get().pk: 2})
    came = at_once([granting(order, str(at), wanted, 200_000) for at in range(CROWD)])
    assert came.count("") == 1 and gone(order) == [("items", 200_000, "due")]
    rest = int(sums(order).grantable)
    all_of_it = Wanted(RefundReason.GOODWILL, amount=Decimal(rest))
    came = at_once([granting(order, f"r{at}", all_of_it, rest) for at in range(CROWD)])
    assert came.count("") == 1 and sums(order).kept == 0 and settled(order)


def test_a_transfer_is_confirmed_once_however_many_click(order: Order) -> None:
    refund = grants(order, RefundReason.GOODWILL, amount=Decimal(20_000))[0]
    RefundAccount.objects.create(
        order=order, bank="970436", number="0123456789", holder="HOAI", changed_at=clock.now()
    )
    confirms = [
        partial(
            tried,
            partial(
                transfers.confirm, refund_id=refund.pk, reference=f"FT{at}", moment=clock.now(),
                by=By(Role.STAFF, factories.user()),
            ),
        )
        for at in range(CROWD)
    ]  # fmt: skip
    assert at_once(confirms).count("") == 1
    assert Refund.objects.get().changes.filter(after="succeeded").count() == 1


def test_a_failed_one_is_given_again_once_however_many_click(order: Order) -> None:
    refund = grants(order, RefundReason.GOODWILL, amount=Decimal(20_000))[0]
    transfers.fail(refund_id=refund.pk, by=STAFF, moment=clock.now(), note="Sai số")
    act = partial(transfers.give_again, refund_id=refund.pk, by=STAFF, moment=clock.now())
    assert at_once([partial(tried, act)] * CROWD) == [""] * CROWD
    assert [status for _reason, _amount, status in gone(order)] == ["failed", "due"]
