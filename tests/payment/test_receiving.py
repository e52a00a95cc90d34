"""Money that comes: once, twice, too late, too much, too little."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Product
from marketplace import clock
from marketplace.communication.models import Message
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order, Parcel, ParcelState
from marketplace.order.parcels import CannotMove
from marketplace.order.paying import CannotReopen, expire, reopen
from marketplace.partner.models import StockRecord
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Method, Payment, PaymentChange, PaymentStatus
from marketplace.payment.opening import CannotPay, open_payment
from marketplace.payment.receiving import AmountDiffers, Outcome
from tests import factories
from tests.order.moving import BUYER, bring, move, parcel_of
from tests.payment.waiting import after_the_end, opened, pays, refunds, state, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Product:
    maker = factories.producer("HTX Phìn Hồ", email="htx@example.vn")
    return factories.product(by=maker, price=100_000, stock=5)


@pytest.fixture
def order(tea: Product) -> Order:
    return waiting((tea, 2))


def promised() -> int:
    return StockRecord.objects.get().num_allocated or 0


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def parcels() -> list[str]:
    return list(Parcel.objects.order_by("pk").values_list("state", flat=True))


def test_money_makes_an_order_paid_and_producers_hear_of_it_then(order: Order) -> None:
    assert (told("order_placed"), told("order_for_producer")) == (1, 0)
    with pytest.raises(CannotMove, match="chưa thanh toán"):
        move(parcel_of(order), ParcelState.CONFIRMED)
    assert pays(opened(order)) == Outcome.PAID
    assert (state(order), refunds(order)) == ("paid", [])
    assert (told("payment_received"), told("order_for_producer")) == (1, 1)
    bring(parcel_of(order), ParcelState.CONFIRMED)


def test_hearing_of_it_again_changes_nothing(order: Order) -> None:
    payment = opened(order)
    assert [pays(payment), pays(payment), pays(payment)] == [Outcome.PAID, Outcome.KNOWN, Outcome.KNOWN]
    assert (state(order), refunds(order), told("payment_received")) == ("paid", [], 1)
    assert PaymentChange.objects.filter(after=PaymentStatus.SUCCEEDED).count() == 1


def test_asking_again_gives_the_same_payment_and_another_way_ends_the_first(order: Order) -> None:
    first = opened(order)
    assert opened(order) == first
    card = opened(order, Method.CARD)
    first.refresh_from_db()
    assert (first.status, card.status) == (PaymentStatus.CANCELLED, PaymentStatus.OPEN)


def test_the_database_holds_one_open_payment_an_order(order: Order) -> None:
    opened(order)
    with pytest.raises(IntegrityError, match="payment_one_open_per_order"), transaction.atomic():
        Payment.objects.create(order=order, method=Method.CARD, amount=1, created_at=clock.now())


def test_who_paid_in_two_ways_gets_the_second_back(order: Order) -> None:
    transfer = opened(order)
    card = opened(order, Method.CARD)
    assert (pays(card), pays(transfer)) == (Outcome.PAID, Outcome.REFUNDED)
    assert (state(order), refunds(order)) == ("paid", [("twice", transfer.amount)])
    assert (told("payment_received"), told("payment_refunded")) == (1, 1)


def test_the_end_frees_the_stock(order: Order) -> None:
    payment = opened(order)
    assert not expire(order_id=order.pk, moment=clock.now())
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        end_unpaid_orders()
        with pytest.raises(CannotPay, match="hết hạn"):
            open_payment(order_id=order.pk, method=Method.TRANSFER, moment=clock.now())
    payment.refresh_from_db()
    assert (state(order), promised(), payment.status) == ("cancelled", 0, PaymentStatus.CANCELLED)
    assert (told("consignment_cancelled"), told("cancelled_for_producer")) == (1, 0)


def test_money_after_the_end_takes_the_goods_that_are_still_there(order: Order) -> None:
    payment = opened(order)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        assert pays(payment) == Outcome.REOPENED
    order.refresh_from_db()
    assert (state(order), promised(), parcels(), order.cancelled_total) == ("paid", 2, ["new"], 0)
    assert refunds(order) == []
    assert told("order_for_producer") == 1
    bring(parcel_of(order), ParcelState.CONFIRMED)


def test_money_after_the_end_goes_back_when_the_goods_are_gone(order: Order, tea: Product) -> None:
    payment = opened(order)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        waiting((tea, 4))
        assert pays(payment) == Outcome.REFUNDED
    assert (state(order), refunds(order), promised()) == ("cancelled", [("late", payment.amount)], 4)
    assert (told("payment_received"), told("payment_refunded")) == (0, 1)


def test_nothing_is_taken_up_again_when_only_some_goods_are_there(tea: Product) -> None:
    honey = factories.product("Mật ong", price=50_000, stock=1)
    order = waiting((tea, 1), (honey, 1))
    payment = opened(order)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        waiting((honey, 1))
        assert pays(payment) == Outcome.REFUNDED
    assert set(parcels()[:2]) == {"cancelled"}
    assert StockRecord.objects.get(product=tea).num_allocated == 0


def test_what_the_buyer_cancelled_is_not_taken_up_again(order: Order) -> None:
    payment = opened(order)
    cancel_consignment(consignment_id=order.consignments.get().pk, by=BUYER, moment=clock.now())
    assert pays(payment) == Outcome.REFUNDED
    assert (state(order), parcels(), promised()) == ("cancelled", ["cancelled"], 0)


def test_what_is_owed_no_more_goes_back(tea: Product) -> None:
    order = waiting((tea, 1), (factories.product("Mật ong", price=50_000), 1))
    payment = opened(order)
    part = order.consignments.order_by("pk")[0]
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    assert pays(payment) == Outcome.PAID
    assert refunds(order) == [("surplus", part.total)]


def test_too_much_is_taken_and_the_rest_goes_back(order: Order) -> None:
    payment = opened(order)
    assert pays(payment, payment.amount + 5_000) == Outcome.PAID
    assert refunds(order) == [("surplus", Decimal(5_000))]


def test_what_cannot_be_told_is_not_noted_either(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_payment: Payment) -> None:
        raise RuntimeError

    payment = opened(order)
    monkeypatch.setattr("marketplace.payment.receiving.tell_paid", breaks)
    with pytest.raises(RuntimeError):
        pays(payment)
    payment.refresh_from_db()
    assert (state(order), payment.status, payment.received) == ("awaiting_payment", PaymentStatus.OPEN, None)


def test_only_what_ended_is_taken_up_again(order: Order) -> None:
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
    Order.objects.update(payment_state="paid")
    with pytest.raises(CannotReopen):
        reopen(order_id=order.pk, moment=clock.now())
    assert parcels() == ["cancelled"]


def test_too_little_is_for_staff_to_decide(order: Order) -> None:
    payment = opened(order)
    with pytest.raises(AmountDiffers):
        pays(payment, payment.amount - 1)
    payment.refresh_from_db()
    assert (state(order), payment.status, payment.received) == ("awaiting_payment", PaymentStatus.OPEN, None)


def test_a_change_of_what_is_owed_opens_another_payment(tea: Product) -> None:
    order = waiting((tea, 1), (factories.product("Mật ong", price=50_000), 1))
    before = opened(order)
    part: Any = order.consignments.order_by("pk")[0]
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    after = opened(order)
    assert after.amount == before.amount - part.total
    assert after.reference != before.reference
