from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from marketplace import clock
from marketplace.order import parcels
from marketplace.order.models import Order, Parcel, ParcelState, PaymentState, Role
from marketplace.order.parcels import By, CannotMove, split_parcel
from marketplace.order.placement import Payment
from marketplace.partner.models import StockRecord
from tests import factories
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.placing import attempt, basket_of, place, send

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)


def stock() -> tuple[int, int]:
    record = StockRecord.objects.get()
    return record.num_in_stock, record.num_allocated


def test_a_parcel_that_goes_its_way_is_recorded_at_every_step() -> None:
    parcel = parcel_of(place((factories.product(), 1)))
    with clock.at(NOON):
        bring(parcel, ParcelState.DELIVERED)
    assert parcel.state_since == NOON
    steps = [(change.before, change.after, change.at, change.role) for change in parcel.changes.all()]
    way = ["new", "confirmed", "packed", "handed_over", "delivered"]
    assert steps == [(a, b, NOON, "staff") for a, b in pairwise(way)]


def test_who_moved_it_and_for_whom_is_kept() -> None:
    order = place((factories.product(), 1))
    member, producer = factories.user(), order.consignments.get().partner
    change = move(
        parcel_of(order), ParcelState.CONFIRMED, By(Role.STAFF, member, producer), note="Qua điện thoại"
    )
    assert (change.actor, change.acting_for, change.note) == (member, producer, "Qua điện thoại")


@pytest.mark.parametrize("to", [ParcelState.PACKED, ParcelState.DELIVERED, ParcelState.NEW, ParcelState.LOST])
def test_no_step_is_left_out(to: ParcelState) -> None:
    parcel = parcel_of(place((factories.product(), 1)))
    with pytest.raises(CannotMove):
        move(parcel, to)
    parcel.refresh_from_db()
    assert (parcel.state, parcel.changes.count()) == (ParcelState.NEW, 0)


def test_nothing_is_cancelled_once_it_has_left() -> None:
    parcel = bring(parcel_of(place((factories.product(), 1))), ParcelState.HANDED_OVER)
    with pytest.raises(CannotMove, match="Đang giao"):
        move(parcel, ParcelState.CANCELLED)


def test_no_parcel_leaves_new_while_payment_is_awaited() -> None:
    basket = basket_of((factories.product(), 1))
    order = send(attempt(basket, payment=Payment(PaymentState.AWAITING_PAYMENT, NOON)))
    with pytest.raises(CannotMove, match="chưa thanh toán"):
        move(parcel_of(order), ParcelState.CONFIRMED)
    Order.objects.update(payment_state=PaymentState.PAID)
    assert move(parcel_of(order), ParcelState.CONFIRMED).after == ParcelState.CONFIRMED


def test_what_somebody_else_moved_in_between_is_not_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    parcel = parcel_of(place((factories.product(stock=3), 1)))
    monkeypatch.setattr(parcels, "_check", lambda *_: Parcel.objects.update(state=ParcelState.CONFIRMED))
    with pytest.raises(CannotMove, match="tải lại trang"):
        move(parcel, ParcelState.CANCELLED)
    assert stock() == (3, 1)
    assert not parcel.changes.exists()


def test_stock_is_promised_then_gone() -> None:
    parcel = parcel_of(place((factories.product(stock=5), 2)))
    assert stock() == (5, 2)
    bring(parcel, ParcelState.PACKED)
    assert stock() == (5, 2)
    move(parcel, ParcelState.HANDED_OVER)
    assert stock() == (3, 0)


@pytest.mark.parametrize(("goods_back", "left"), [(True, 5), (False, 3)])
def test_stock_comes_back_only_when_the_goods_do(goods_back: bool, left: int) -> None:
    parcel = bring(parcel_of(place((factories.product(stock=5), 2))), ParcelState.HANDED_OVER)
    move(parcel, ParcelState.RETURNED, goods_back=goods_back)
    assert stock() == (left, 0)


def test_a_lost_parcel_brings_no_stock_back() -> None:
    bring(parcel_of(place((factories.product(stock=5), 2))), ParcelState.LOST)
    assert stock() == (3, 0)


def test_an_order_of_which_everything_is_cancelled_is_cancelled_and_owes_nothing() -> None:
    order = place((factories.product(stock=5), 2))
    move(parcel_of(order), ParcelState.CANCELLED, BUYER)
    order.refresh_from_db()
    assert (order.payment_state, order.owed, stock()) == (PaymentState.CANCELLED, 0, (5, 0))


@pytest.mark.parametrize("end", [ParcelState.RETURNED, ParcelState.LOST])
def test_what_does_not_arrive_is_not_owed(end: ParcelState) -> None:
    order = place((factories.product(), 2))
    bring(parcel_of(order), end)
    order.refresh_from_db()
    assert (order.owed, order.payment_state, order.delivery_state) == (0, PaymentState.CANCELLED, end)


def test_a_paid_order_stays_paid_when_it_is_cancelled() -> None:
    order = place((factories.product(), 1))
    Order.objects.update(payment_state=PaymentState.PAID)
    move(parcel_of(order), ParcelState.CANCELLED)
    order.refresh_from_db()
    assert (order.payment_state, order.owed) == (PaymentState.PAID, 0)


def test_a_parcel_that_is_not_there_is_not_moved() -> None:
    with pytest.raises(CannotMove):
        parcels.move_parcel(parcel_id=0, to=ParcelState.CONFIRMED, by=STAFF, moment=NOON)


def split(parcel: Parcel, **pieces: int) -> Parcel:
    lines = {line.title: line.pk for line in parcel.consignment.lines.all()}
    quantities = {lines[title.replace("_", " ")]: number for title, number in pieces.items()}
    return split_parcel(parcel_id=parcel.pk, quantities=quantities, by=STAFF, moment=NOON)


def two_lines() -> Parcel:
    maker = factories.producer()
    tea = factories.product("Chè", by=maker, price=100_000, stock=9)
    honey = factories.product("Mật ong", by=maker, price=33_333, stock=9)
    return parcel_of(place((tea, 3), (honey, 2)))


def contents(parcel: Parcel) -> list[tuple[str, int, Decimal]]:
    return [(item.line.title, item.quantity, item.amount) for item in parcel.items.order_by("line")]


def test_a_parcel_is_split_by_pieces() -> None:
    parcel = two_lines()
    made = split(parcel, Chè=1, Mật_ong=2)
    assert contents(parcel) == [("Chè", 2, 200_000)]
    assert contents(made) == [("Chè", 1, 100_000), ("Mật ong", 2, 66_666)]
    assert (made.number, made.state, made.changes.get().at) == (2, ParcelState.NEW, NOON)


def test_the_parts_of_a_split_are_worth_the_whole_to_the_last_dong() -> None:
    parcel = two_lines()
    parcel.items.filter(quantity=3).update(amount=100_000)
    made = split(parcel, Chè=1)
    assert [row[2] for row in contents(parcel)[:1] + contents(made)] == [66_667, 33_333]


@pytest.mark.parametrize("pieces", [{}, {"Chè": 4}, {"Chè": -1}, {"Chè": 3, "Mật_ong": 2}])
def test_a_split_that_cannot_be_is_refused(pieces: dict[str, int]) -> None:
    parcel = two_lines()
    with pytest.raises(CannotMove):
        split(parcel, **pieces)
    assert contents(parcel) == [("Chè", 3, 300_000), ("Mật ong", 2, 66_666)]


def test_a_line_of_another_parcel_cannot_be_split_off() -> None:
    parcel, other = two_lines(), two_lines()
    foreign = other.consignment.lines.first()
    assert foreign
    with pytest.raises(CannotMove):
        split_parcel(parcel_id=parcel.pk, quantities={foreign.pk: 1}, by=STAFF, moment=NOON)


def test_parcels_of_a_split_go_their_own_ways() -> None:
    parcel = two_lines()
    made = split(parcel, Mật_ong=2)
    bring(parcel, ParcelState.DELIVERED)
    part = parcel.consignment
    assert part.delivery_state == "partly_delivered"
    move(made, ParcelState.CANCELLED)
    part.refresh_from_db()
    assert (part.delivery_state, part.cancelled_total) == ("delivered", 66_666)
    assert part.owed == part.shipping_charge + 300_000


def test_what_has_left_is_not_split() -> None:
    parcel = bring(two_lines(), ParcelState.HANDED_OVER)
    with pytest.raises(CannotMove, match="chưa giao"):
        split(parcel, Chè=1)
