"""What is opened to be paid, and what only waits: each as far as the order's state allows."""

from typing import Any

import pytest

from marketplace import clock
from marketplace.order import paying
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Consignment, Order, Parcel
from marketplace.order.paying import expire, mark_cash_paid
from marketplace.payment import opening
from marketplace.payment.models import Method, Payment, PaymentChange, PaymentStatus
from marketplace.payment.opening import CannotPay, cancel_payment
from tests import factories
from tests.order.moving import BUYER
from tests.order.placing import place
from tests.payment.waiting import after_the_end, opened, pays, state, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2), (factories.product(stock=5), 1))


def states() -> set[str]:
    return set(Parcel.objects.values_list("state", flat=True))


def test_nothing_is_opened_for_what_is_paid_at_the_door() -> None:
    with pytest.raises(CannotPay, match="khi nhận hàng"):
        opened(place((factories.product(), 1)))
    assert not Payment.objects.exists()


def test_nothing_is_opened_where_nothing_is_owed(order: Order) -> None:
    for part in order.consignments.all():
        Consignment.objects.filter(pk=part.pk).update(cancelled_total=part.total)
    with pytest.raises(CannotPay):
        opened(order)


def test_what_waits_for_a_part_stays_open_when_another_is_cancelled(order: Order) -> None:
    payment, part = opened(order), order.consignments.order_by("pk")[0]
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.OPEN


def test_what_was_cancelled_or_paid_is_not_cancelled_again(order: Order) -> None:
    payment = opened(order)
    assert [cancel_payment(payment=payment, moment=clock.now()) for _twice in range(2)] == [True, False]
    assert PaymentChange.objects.filter(payment=payment, after=PaymentStatus.CANCELLED).count() == 1
    other = opened(order)
    pays(other)
    assert not cancel_payment(payment=other, moment=clock.now())
    other.refresh_from_db()
    assert other.status == PaymentStatus.SUCCEEDED


def test_a_way_that_cannot_be_opened_leaves_the_one_before(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened(order, Method.CARD)

    def breaks() -> str:
        raise RuntimeError

    monkeypatch.setattr(opening, "_free_code", breaks)
    with pytest.raises(RuntimeError):
        opened(order, Method.TRANSFER)
    before.refresh_from_db()
    assert before.status == PaymentStatus.OPEN


def test_a_code_that_somebody_has_is_drawn_again(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    code, other = str(opened(order).reference), waiting((factories.product(), 1))
    drawn = iter(code.removeprefix("OCOP") + "ABCDEFGH")
    monkeypatch.setattr(opening.secrets, "choice", lambda _letters: next(drawn))
    assert opened(other).reference == "OCOPABCDEFGH"


def test_an_order_that_was_paid_does_not_end(order: Order) -> None:
    pays(opened(order))
    assert not expire(order_id=order.pk, moment=after_the_end(order))
    assert (state(order), states()) == ("paid", {"new"})


def test_an_order_ends_whole_or_not_at_all(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    real, moved = paying.move_parcel, []

    def once(**facts: Any) -> Any:
        if moved:
            raise RuntimeError
        moved.append(facts)
        return real(**facts)

    monkeypatch.setattr(paying, "move_parcel", once)
    with pytest.raises(RuntimeError):
        expire(order_id=order.pk, moment=after_the_end(order))
    assert (state(order), states()) == ("awaiting_payment", {"new"})


def test_only_what_is_due_at_the_door_was_paid_there(order: Order) -> None:
    assert not mark_cash_paid(order_id=order.pk)
    assert state(order) == "awaiting_payment"
