from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Category
from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import (
    Consignment,
    Order,
    ParcelState,
    Reason,
    ReturnItem,
    ReturnRequest,
    ReturnState,
)
from marketplace.order.parcels import split_parcel
from marketplace.order.returns import asking
from marketplace.order.returns.asking import CannotReturn
from marketplace.order.returns.rules import RULES, answer_due
from tests import factories
from tests.order import moving
from tests.order.placing import place
from tests.order.returns.cast import BUYER, PRICE, STAFF, answer, ask, close, delivered, part_of, withdraw

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 26, 3, tzinfo=UTC)


def test_a_request_says_what_why_and_until_when_it_is_answered() -> None:
    with clock.at(THURSDAY):
        order = delivered(3)
        request = ask(order, pieces=2)
    assert (request.number, request.state) == (f"{part_of(order).number}-T1", ReturnState.REQUESTED)
    assert request.items.get().quantity == 2
    assert request.due_at == datetime(
        2026, 11, 30, 17, tzinfo=UTC
    )  # Friday and Monday to their end in Vietnam
    change = request.changes.get()
    assert (change.before, change.after, change.role, change.at) == ("", "requested", "buyer", THURSDAY)


@pytest.mark.parametrize(("day", "last"), [(23, 25), (26, 30), (27, 1), (28, 1), (29, 1)])
def test_a_weekend_is_no_time_to_answer_in(day: int, last: int) -> None:
    due = answer_due(datetime(2026, 11, day, 3, tzinfo=UTC)) - timedelta(seconds=1)
    assert due.astimezone(clock.VIETNAM).day == last


def test_the_days_to_answer_can_be_set(settings: Any) -> None:
    settings.RETURN_ANSWER_DAYS = 1
    assert answer_due(THURSDAY) == datetime(2026, 11, 27, 17, tzinfo=UTC)


@pytest.mark.parametrize("state", [ParcelState.NEW, ParcelState.HANDED_OVER, ParcelState.LOST])
def test_what_has_not_arrived_is_not_returned(state: ParcelState) -> None:
    order = place((factories.product(), 1))
    moving.bring(moving.parcel_of(order), state)
    with pytest.raises(CannotReturn, match="chưa được giao"):
        ask(order)
    assert not ReturnRequest.objects.exists()


def test_of_a_split_line_only_the_pieces_that_arrived_are_returned() -> None:
    order = place((factories.product(price=PRICE, stock=9), 3))
    parcel = moving.parcel_of(order)
    line = order.lines.get()
    split_parcel(parcel_id=parcel.pk, quantities={line.pk: 1}, by=STAFF, moment=clock.now())
    moving.bring(parcel, ParcelState.DELIVERED)
    with pytest.raises(CannotReturn, match="nhiều nhất 2 sản phẩm"):
        ask(order, pieces=3)
    assert ask(order, pieces=2).goods_amount == 2 * PRICE


@pytest.mark.parametrize("pieces", [0, -1, 4])
def test_neither_nothing_nor_more_than_arrived_is_returned(pieces: int) -> None:
    with pytest.raises(CannotReturn):
        ask(delivered(3), pieces=pieces)


def test_nothing_at_all_is_no_request() -> None:
    with pytest.raises(CannotReturn, match="ít nhất một món"):
        ask(delivered(), quantities={})


def test_a_line_of_another_order_is_not_returned_here() -> None:
    foreign = delivered().lines.get()
    with pytest.raises(CannotReturn, match="chưa được giao"):
        ask(delivered(), quantities={foreign.pk: 1})


def test_a_line_has_one_open_request() -> None:
    order = delivered(3)
    first = ask(order, pieces=1)
    with pytest.raises(CannotReturn, match=first.number):
        ask(order, pieces=1)
    withdraw(first)
    assert ask(order, pieces=3).number.endswith("-T2")


def test_pieces_that_were_returned_are_not_returned_again() -> None:
    order = delivered(3)
    request = ask(order, pieces=2)
    answer(request, accepted=True, goods_kept=True)
    close(request)
    with pytest.raises(CannotReturn, match="nhiều nhất 1 sản phẩm"):
        ask(order, pieces=2)
    assert ask(order, pieces=1).pk


def test_the_same_form_sent_twice_makes_one_request() -> None:
    order = delivered()
    first, second = ask(order, key="cung-mot-to"), ask(order, key="cung-mot-to", text="Gửi lại")
    assert first == second
    assert ReturnRequest.objects.get().text == first.text


def test_the_key_of_a_form_counts_for_its_own_consignment_only() -> None:
    assert ask(delivered(), key="khoa") != ask(delivered(), key="khoa")


@pytest.mark.parametrize(("hours", "open_"), [(47, True), (48, True), (49, False)])
def test_the_days_count_from_delivery(hours: int, open_: bool) -> None:
    with clock.at(THURSDAY):
        order = delivered()
    with clock.at(THURSDAY + timedelta(hours=hours)):
        if open_:
            assert ask(order).pk
        else:
            with pytest.raises(CannotReturn, match="hạn báo đã hết ngày 28/11/2026"):
                ask(order)


def accepted(request: ReturnRequest) -> None:
    answer(request, accepted=True, goods_kept=True)
    close(request)


def test_pieces_whose_days_are_over_do_not_come_back_in_the_place_of_newer_ones() -> None:
    with clock.at(THURSDAY):
        order = place((factories.product(price=PRICE, stock=9), 5))
        old, line = moving.parcel_of(order), order.lines.get()
        new = split_parcel(parcel_id=old.pk, quantities={line.pk: 2}, by=STAFF, moment=clock.now())
        moving.bring(old, ParcelState.DELIVERED)
    with clock.at(THURSDAY + timedelta(days=1)):
        withdraw(ask(order, pieces=1))
        accepted(ask(order, pieces=1))
    with clock.at(THURSDAY + timedelta(days=9)):
        moving.bring(new, ParcelState.DELIVERED)
        with pytest.raises(CannotReturn, match="nhiều nhất 2 sản phẩm"):
            ask(order, pieces=3)
        accepted(ask(order, pieces=2))
        with pytest.raises(CannotReturn, match="yêu cầu trả hết"):
            ask(order, pieces=1)


def test_the_window_can_be_set(settings: Any) -> None:
    settings.RETURN_WINDOW_DAYS = 7
    with clock.at(THURSDAY):
        order = delivered()
    with clock.at(THURSDAY + timedelta(days=6)):
        assert ask(order).pk


def test_a_fault_that_nobody_could_see_has_more_time() -> None:
    with clock.at(THURSDAY):
        order = delivered()
    with clock.at(THURSDAY + timedelta(days=29)):
        assert ask(order, reason=Reason.HIDDEN).pk


@pytest.mark.parametrize(("flag", "taken_back"), [("fresh", False), ("live", False), ("craft", True)])
def test_fresh_and_living_goods_do_not_come_back_for_a_change_of_mind(flag: str, taken_back: bool) -> None:
    order = delivered(1, title="Cam Cao Phong", sets=(factories.category("Cam"),))
    Category.objects.update(flags=[flag])
    if taken_back:
        assert ask(order, reason=Reason.CHANGED_MIND).pk
    else:
        with pytest.raises(CannotReturn, match="Cam Cao Phong là hàng tươi sống"):
            ask(order, reason=Reason.CHANGED_MIND)


def test_what_was_cancelled_meanwhile_is_not_returned() -> None:
    order = place((factories.product(), 1))
    cancel_consignment(consignment_id=part_of(order).pk, by=BUYER, moment=clock.now())
    with pytest.raises(CannotReturn):
        ask(order)


def test_shipping_comes_back_with_the_goods_when_somebody_is_to_blame() -> None:
    order = delivered(3)
    part = part_of(order)
    request = ask(order)
    assert part.shipping_charge > 0
    assert (request.goods_amount, request.shipping_amount) == (3 * PRICE, part.shipping_charge)
    assert request.refund_amount == part.total


def test_shipping_does_not_come_back_for_a_change_of_mind() -> None:
    request = ask(delivered(3), reason=Reason.CHANGED_MIND)
    assert (request.refund_amount, request.shipping_amount) == (3 * PRICE, 0)


@pytest.mark.parametrize("price", [100, 33_333, 1])
def test_returned_bit_by_bit_everything_comes_back_to_the_last_dong(price: int) -> None:
    order = delivered(3, price=price)
    line = order.lines.get()
    asking.Consignment.objects.update(shipping_charge=10_000, total=3 * price + 10_000)
    parts = []
    for _piece in range(3):
        request = ask(order, quantities={line.pk: 1})
        ReturnItem.objects.update(is_open=False)
        ReturnRequest.objects.update(state=ReturnState.CLOSED, due_at=None, goods_kept=True)
        parts.append(request.refund_amount)
    assert sum(parts) == 3 * price + 10_000
    assert max(parts) - min(parts) <= 2


def test_a_line_whose_price_does_not_divide_gives_whole_dong() -> None:
    order = delivered(3)
    order.consignments.get().parcels.get().items.update(amount=100)
    request = ask(order, pieces=1, reason=Reason.CHANGED_MIND)
    assert request.refund_amount == Decimal(33)


def test_every_reason_has_its_rule() -> None:
    assert set(RULES) == set(Reason)


def request_of(order: Order) -> ReturnRequest:
    return ReturnRequest.objects.get(consignment__order=order)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (ReturnRequest, {"state": "thrown"}),
        (ReturnRequest, {"reason": "whim"}),
        (ReturnRequest, {"refund_amount": 1}),
        (ReturnRequest, {"goods_amount": -1, "shipping_amount": 1, "refund_amount": 0}),
        (ReturnRequest, {"due_at": None}),
        (ReturnRequest, {"state": "accepted", "due_at": None}),
        (ReturnRequest, {"state": "received", "due_at": None, "goods_kept": True}),
        (ReturnRequest, {"text": ""}),
        (ReturnItem, {"quantity": 0}),
        (ReturnItem, {"restocked": 4}),
        (ReturnItem, {"amount": -1}),
        (Consignment, {"refund_total": 10_000_000}),
        (Consignment, {"refund_total": -1}),
    ],
)
def test_the_database_refuses_what_does_not_add_up(model: Any, change: dict[str, object]) -> None:
    ask(delivered(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_the_database_keeps_a_second_open_request_of_a_line_out() -> None:
    order = delivered(3)
    first = ask(order, pieces=1)
    ReturnItem.objects.update(is_open=False)
    ReturnRequest.objects.update(state=ReturnState.WITHDRAWN, due_at=None)
    second = ask(order, pieces=1)
    assert first != second
    with pytest.raises(IntegrityError), transaction.atomic():
        first.items.update(is_open=True)
