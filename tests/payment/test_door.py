"""Cash that is collected parcel by parcel."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Product
from marketplace import clock
from marketplace.order.cash import cash_by_parcel
from marketplace.order.models import Consignment, Order, Parcel, ParcelState, PaymentState
from marketplace.order.parcels import split_parcel
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.rules import Reason
from marketplace.payment.models import Method, Payment, PaymentChange
from tests import factories
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.placing import attempt, basket_of, send
from tests.order.returns.cast import answer, close, receive
from tests.payment.giving import gone, settled
from tests.payment.waiting import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Product:
    return factories.product(by=factories.producer("HTX Phìn Hồ"), price=100_000, stock=9)


@pytest.fixture
def order(tea: Product) -> Order:
    return send(attempt(basket_of((tea, 2))))


def collected(order: Order) -> list[tuple[str, Decimal | None]]:
    return list(order.payments.order_by("pk").values_list("method", "received"))


def divided(order: Order) -> tuple[Parcel, Parcel]:
    """One piece each; the first brings the sending."""
    first = parcel_of(order)
    line = order.lines.get()
    made = split_parcel(parcel_id=first.pk, quantities={line.pk: 1}, by=STAFF, moment=clock.now())
    return first, made


def test_what_was_delivered_was_paid_for(order: Order) -> None:
    parcel = parcel_of(order)
    bring(parcel, ParcelState.HANDED_OVER)
    assert (state(order), collected(order)) == ("cash_due", [])
    move(parcel, ParcelState.DELIVERED)
    assert (state(order), collected(order)) == ("paid", [(Method.CASH, order.total_incl_tax)])
    assert PaymentChange.objects.values_list("role", "after").get() == (STAFF.role, "succeeded")


def test_each_parcel_brings_its_part_and_the_last_makes_the_order_paid(order: Order) -> None:
    first, second = divided(order)
    cash = cash_by_parcel(Consignment.objects.get())
    bring(second, ParcelState.DELIVERED)
    assert (state(order), collected(order)) == ("cash_due", [(Method.CASH, cash[second.pk])])
    bring(first, ParcelState.DELIVERED)
    assert state(order) == "paid"
    assert sum(amount or 0 for _method, amount in collected(order)) == order.total_incl_tax


def test_a_parcel_for_which_nothing_is_asked_brings_no_payment(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel = parcel_of(order)
    monkeypatch.setattr("marketplace.payment.door.cash_by_parcel", lambda _part: {parcel.pk: Decimal(0)})
    bring(parcel, ParcelState.DELIVERED)
    assert collected(order) == []


def test_refused_at_the_door_nothing_was_paid(order: Order) -> None:
    bring(parcel_of(order), ParcelState.RETURNED)
    order.refresh_from_db()
    assert (state(order), collected(order), order.owed) == ("cancelled", [], 0)


def test_what_no_parcel_brings_any_more_is_not_owed(order: Order) -> None:
    """The parcel with the sending comes back after the other was delivered without it."""
    first, second = divided(order)
    bring(second, ParcelState.DELIVERED)
    bring(first, ParcelState.RETURNED)
    order.refresh_from_db()
    assert (state(order), collected(order)) == ("paid", [(Method.CASH, Decimal(100_000))])
    assert order.owed == 100_000


def test_a_cancelled_part_beside_a_delivered_one_ends_the_order_as_paid(tea: Product) -> None:
    honey = factories.product("Mật ong", price=50_000, stock=5)
    order = send(attempt(basket_of((tea, 1), (honey, 1))))
    one, other = Parcel.objects.order_by("pk")
    bring(one, ParcelState.DELIVERED)
    assert state(order) == "cash_due"
    move(other, ParcelState.CANCELLED)
    order.refresh_from_db()
    assert order.payment_state == PaymentState.PAID
    assert [received for _method, received in collected(order)] == [order.owed]


def test_the_database_holds_cash_to_its_parcel(order: Order) -> None:
    facts = {"order": order, "amount": 1, "created_at": clock.now()}
    with pytest.raises(IntegrityError, match="payment_of_cash_is_a_parcels"), transaction.atomic():
        Payment.objects.create(method=Method.CASH, **facts)
    with pytest.raises(IntegrityError, match="payment_of_cash_is_a_parcels"), transaction.atomic():
        Payment.objects.create(method=Method.CARD, parcel=parcel_of(order), **facts)


@pytest.mark.parametrize("end", [ParcelState.DELIVERED, ParcelState.LOST])
def test_a_return_that_ended_before_the_rest_arrived_goes_back_whole(tea: Product, end: ParcelState) -> None:
    honey = factories.product("Mật ong", by=factories.producer("HTX Mật"), price=50_000, stock=9)
    order = send(attempt(basket_of((tea, 1), (honey, 1))))
    first, second = Parcel.objects.filter(consignment__order=order).order_by("pk")
    bring(first, ParcelState.DELIVERED)
    part = first.consignment
    asked = Asked(Reason.DAMAGED, "Vỡ", {part.lines.get().pk: 1}, "khóa")
    request = request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=clock.now())
    answer(request, accepted=True)
    receive(request)
    close(request)
    bring(second, end)
    assert settled(order)
    assert sum(amount for _reason, amount, _state in gone(order)) == request.refund_amount
