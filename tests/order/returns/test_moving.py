from datetime import date, timedelta
from itertools import pairwise

import pytest

from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.order.models import Consignment, ReturnRequest, ReturnState, Role
from marketplace.order.parcels import By
from marketplace.order.returns import moving
from marketplace.order.returns.asking import CannotReturn
from marketplace.order.returns.states import ENDS, NEXT
from marketplace.partner.models import StockRecord
from tests import factories
from tests.order.returns.cast import (
    BUYER,
    STAFF,
    answer,
    ask,
    close,
    decide,
    delivered,
    escalate,
    lapse,
    part_of,
    receive,
    withdraw,
)

pytestmark = pytest.mark.django_db


def promised() -> int:
    return int(Consignment.objects.get().refund_total)


def fresh(request: ReturnRequest) -> ReturnRequest:
    return ReturnRequest.objects.get(pk=request.pk)


def declined(pieces: int = 3) -> ReturnRequest:
    request = ask(delivered(pieces))
    answer(request, accepted=False, reasons="Hàng nguyên vẹn khi gửi.")
    return fresh(request)


def escalated() -> ReturnRequest:
    request = declined()
    escalate(request)
    return fresh(request)


def accepted(*, goods_kept: bool = False) -> ReturnRequest:
    request = ask(delivered(3))
    answer(request, accepted=True, goods_kept=goods_kept)
    return fresh(request)


def test_a_request_that_is_accepted_and_whose_goods_come_back_goes_its_way_recorded() -> None:
    request = accepted()
    receive(request)
    close(request)
    steps = [(change.before, change.after, change.role) for change in request.changes.all()]
    way = ["", "requested", "accepted", "received", "closed"]
    assert steps == [
        (a, b, role) for (a, b), role in zip(pairwise(way), ["buyer", *["staff"] * 3], strict=True)
    ]


def test_who_answered_for_whom_and_why_is_kept() -> None:
    request = ask(delivered())
    member = factories.user()
    answer(
        request, accepted=False, reasons=" Hàng tốt. ", by=By(Role.STAFF, member, request.consignment.partner)
    )
    change = request.changes.last()
    assert change
    assert (change.actor, change.acting_for, change.note) == (
        member,
        request.consignment.partner,
        "Hàng tốt.",
    )
    entry = Entry.objects.get(action="return.declined")
    assert (entry.actor, entry.object_id, entry.before) == (member, str(request.pk), {"state": "requested"})


def test_staff_do_not_answer_in_their_own_name() -> None:
    request = ask(delivered())
    with pytest.raises(CannotReturn, match="Chỉ nhà sản xuất"):
        answer(request, accepted=True, by=STAFF)


def test_nobody_answers_for_another_producer() -> None:
    request, other = ask(delivered()), delivered()
    with pytest.raises(CannotReturn, match="Chỉ nhà sản xuất"):
        answer(request, accepted=True, by=By(Role.STAFF, None, part_of(other).partner))


def test_a_producers_own_answer_counts() -> None:
    request = ask(delivered())
    assert answer(request, accepted=True, by=By(Role.PRODUCER)).role == Role.PRODUCER


@pytest.mark.parametrize("reasons", ["", "   \n"])
@pytest.mark.parametrize("agreed", [True, False])
def test_no_answer_and_no_decision_is_without_reasons(agreed: bool, reasons: str) -> None:
    request = ask(delivered())
    with pytest.raises(CannotReturn, match="lý do"):
        answer(request, accepted=agreed, reasons=reasons)
    answer(request, accepted=False)
    escalate(request)
    with pytest.raises(CannotReturn, match="lý do"):
        decide(request, granted=agreed, reasons=reasons)
    assert fresh(request).state == ReturnState.ESCALATED


def test_a_buyer_whom_the_producer_declined_may_ask_the_shop_for_some_days() -> None:
    with clock.at(date(2026, 11, 27)):
        request = declined()
        assert escalate(request, note="Ảnh thứ hai cho thấy hộp vỡ.").note == "Ảnh thứ hai cho thấy hộp vỡ."
    assert request.last_day == date(2026, 12, 4)
    assert fresh(request).due_at is None


def test_after_these_days_the_shop_is_not_asked_any_more() -> None:
    request = declined()
    assert request.due_at
    with clock.at(request.due_at), pytest.raises(CannotReturn, match="đã hết"):
        escalate(request)


def test_the_shop_is_not_asked_while_the_producer_may_still_answer() -> None:
    request = ask(delivered())
    with pytest.raises(CannotReturn, match="vẫn còn hạn"):
        escalate(request)
    assert request.due_at
    with clock.at(request.due_at):
        assert escalate(request).after == ReturnState.ESCALATED


def test_a_producer_may_answer_late_until_the_shop_has_it() -> None:
    request = ask(delivered())
    assert request.due_at
    with clock.at(request.due_at + timedelta(days=1)):
        answer(request, accepted=True)
    late = escalated()
    with pytest.raises(CannotReturn, match="Chợ đang xem xét"):
        answer(late, accepted=True)


@pytest.mark.parametrize(("granted", "state"), [(True, "granted"), (False, "refused")])
def test_the_shop_decides(granted: bool, state: str) -> None:
    request = escalated()
    decide(request, granted=granted)
    assert fresh(request).state == state
    assert promised() == (request.refund_amount if granted else 0)


def test_of_two_decisions_one_wins_and_the_other_hears_what_was_decided() -> None:
    request = escalated()
    decide(request, granted=False)
    with pytest.raises(CannotReturn, match="đang là “Chợ không chấp nhận”"):
        decide(request, granted=True)
    assert (fresh(request).state, promised()) == (ReturnState.REFUSED, 0)


def test_what_somebody_else_moved_in_between_is_not_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    request = escalated()
    monkeypatch.setattr(
        moving, "_check", lambda *_: ReturnRequest.objects.update(state=ReturnState.WITHDRAWN)
    )
    with pytest.raises(CannotReturn, match="tải lại trang"):
        decide(request, granted=True)
    assert promised() == 0
    assert not request.changes.filter(after=ReturnState.GRANTED).exists()


def test_a_promise_is_made_with_the_answer_and_never_exceeds_what_is_owed() -> None:
    request = ask(delivered(3))
    assert promised() == 0
    Consignment.objects.update(refund_total=1)
    with pytest.raises(CannotReturn, match="vượt quá"):
        answer(request, accepted=True)
    assert (fresh(request).state, promised()) == (ReturnState.REQUESTED, 1)
    Consignment.objects.update(refund_total=0)
    answer(request, accepted=True)
    assert promised() == request.refund_amount == Consignment.objects.get().total


@pytest.mark.parametrize("state", ["requested", "declined", "escalated"])
def test_a_buyer_may_think_better_of_it_until_it_is_agreed(state: str) -> None:
    request = ask(delivered())
    if state != "requested":
        answer(request, accepted=False)
    if state == "escalated":
        escalate(request)
    withdraw(request)
    assert fresh(request).state == ReturnState.WITHDRAWN
    assert not request.items.filter(is_open=True).exists()


def test_what_is_agreed_is_not_withdrawn() -> None:
    request = accepted()
    with pytest.raises(CannotReturn, match="Nhà sản xuất đồng ý"):
        withdraw(request)


@pytest.mark.parametrize(("fit", "stock"), [(0, 17), (2, 19), (3, 20)])
def test_only_goods_fit_for_sale_go_back_to_stock(fit: int, stock: int) -> None:
    request = accepted()
    item = request.items.get()
    receive(request, {item.line_id: fit})
    assert StockRecord.objects.get().num_in_stock == stock
    assert request.items.get().restocked == fit


@pytest.mark.parametrize("fit", [4, -1])
def test_no_more_goods_come_back_than_were_returned(fit: int) -> None:
    request = accepted()
    with pytest.raises(CannotReturn, match="từ 0 đến số đã trả"):
        receive(request, {request.items.get().line_id: fit})
    assert (fresh(request).state, StockRecord.objects.get().num_in_stock) == (ReturnState.ACCEPTED, 17)


def test_goods_come_back_once() -> None:
    request = accepted()
    line = request.items.get().line_id
    receive(request, {line: 3})
    with pytest.raises(CannotReturn, match="Đã nhận lại hàng"):
        receive(request, {line: 3})
    assert StockRecord.objects.get().num_in_stock == 20


def test_goods_that_the_buyer_keeps_are_not_received_but_it_closes() -> None:
    request = accepted(goods_kept=True)
    with pytest.raises(CannotReturn, match="người mua giữ hàng"):
        receive(request)
    close(request)
    assert (fresh(request).state, fresh(request).goods_kept) == (ReturnState.CLOSED, True)
    assert promised() == request.refund_amount


def test_goods_that_nobody_waits_for_any_more_stay_with_the_buyer() -> None:
    request = accepted()
    close(request)
    assert fresh(request).goods_kept is True


def test_missing_goods_cannot_be_sent_back() -> None:
    request = ask(delivered(), reason="missing")
    answer(request, accepted=True, goods_kept=False)
    assert fresh(request).goods_kept is True


def test_a_promise_ends_when_the_goods_never_come() -> None:
    request = accepted()
    assert promised() > 0
    lapse(request)
    assert promised() == 0
    assert request.changes.last().note == "Hàng không được gửi lại."  # type: ignore[union-attr]


def test_nothing_lapses_while_the_buyer_may_still_ask_the_shop() -> None:
    with pytest.raises(CannotReturn, match="vẫn còn hạn"):
        lapse(declined())


def test_a_request_that_is_not_there_is_not_moved() -> None:
    with pytest.raises(CannotReturn, match="Không tìm thấy"):
        moving.withdraw_return(request_id=0, by=BUYER, moment=clock.now())


def test_every_state_has_its_ways_and_from_an_end_there_is_none() -> None:
    assert set(NEXT) == set(ReturnState)
    assert {state.value for state in ENDS} == {"refused", "closed", "withdrawn", "lapsed"}


@pytest.mark.parametrize("state", sorted(ENDS))
def test_from_an_end_nothing_goes_on(state: ReturnState) -> None:
    request = ask(delivered())
    ReturnRequest.objects.update(state=state, due_at=None, goods_kept=True)
    for move in (withdraw, escalate, receive, close, lapse):
        with pytest.raises(CannotReturn):
            move(request)
    assert fresh(request).state == state
