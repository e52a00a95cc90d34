"""What is given on Stripe's pages while a return is promised does not go back a second time when the return ends."""

from decimal import Decimal
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.models import Order, ParcelState, ReturnRequest
from marketplace.payment.models import Method, Payment, Refund, RefundStatus
from marketplace.payment.refund_states import move_refund
from marketplace.payment.transfers import give_again
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.order.returns.cast import answer, ask, close, lapse, receive
from tests.payment.giving import STAFF, gone, paid, settled, sums
from tests.payment.test_noting_refunds import by_card, notes

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    """Two pieces for 100.000 đ each, paid by card, delivered."""
    found = by_card()
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


def promised(order: Order, **more: Any) -> ReturnRequest:
    """Of one piece."""
    request = ask(order, pieces=1, **more)
    answer(request, accepted=True)
    request.refresh_from_db()
    return request


def elsewhere(amount: Decimal | int, key: str = "re_1") -> Refund:
    assert notes(status="succeeded", id=key, amount=Decimal(amount))
    return Refund.objects.get(reference=key)


def ends(request: ReturnRequest) -> None:
    receive(request)
    close(request)


def test_the_sum_that_was_promised_is_not_given_twice(order: Order) -> None:
    request = promised(order)
    made = elsewhere(request.refund_amount)
    ends(request)
    assert gone(order) == [("provider", request.refund_amount, "succeeded")]
    assert settled(order) and sums(order).goodwill == 0
    assert request.number in made.changes.latest("pk").note


def test_what_is_missing_of_it_is_given(order: Order) -> None:
    request = promised(order)
    elsewhere(30_000)
    ends(request)
    assert gone(order)[1:] == [("returned", request.refund_amount - 30_000, "due")]
    assert settled(order)


def test_what_is_beyond_it_stays_a_gift(order: Order) -> None:
    request = promised(order)
    elsewhere(5_000)
    elsewhere(request.refund_amount, "re_2")
    ends(request)
    assert [reason for reason, _amount, _state in gone(order)] == ["provider"] * 2
    assert settled(order) and sums(order).goodwill == 5_000


def test_what_was_given_before_the_promise_was_given_for_something_else(order: Order) -> None:
    request = ask(order, pieces=1)
    elsewhere(30_000)
    answer(request, accepted=True)
    request.refresh_from_db()
    ends(request)
    assert gone(order)[1:] == [("returned", request.refund_amount, "due")]
    assert settled(order) and sums(order).goodwill == 30_000


def test_it_counts_for_one_return() -> None:
    maker = factories.producer()
    order = paid(*[(factories.product(by=maker, price=100_000, stock=9), 1) for _line in range(3)])
    Payment.objects.filter(order=order).update(reference="pi_1", method=Method.CARD)
    bring(parcel_of(order), ParcelState.DELIVERED)
    first, second = (promised(order, quantities={line.pk: 1}) for line in order.lines.order_by("pk")[:2])
    elsewhere(first.refund_amount)
    ends(first)
    ends(second)
    assert gone(order)[1:] == [("returned", second.refund_amount, "due")]
    assert settled(order)


def test_a_return_that_comes_to_nothing_leaves_a_gift(order: Order) -> None:
    request = promised(order)
    elsewhere(request.refund_amount)
    lapse(request)
    assert settled(order) and sums(order).goodwill == request.refund_amount


def test_one_that_its_bank_sent_back_is_owed_once(order: Order) -> None:
    request = promised(order)
    made = elsewhere(request.refund_amount)
    move_refund(refund_id=made.pk, to=RefundStatus.FAILED, moment=clock.now(), note="expired")
    ends(request)
    assert gone(order) == [("provider", request.refund_amount, "failed")]
    again = give_again(refund_id=made.pk, by=STAFF, moment=clock.now())
    assert (again.amount, again.way) == (request.refund_amount, "transfer")
    assert settled(order)
