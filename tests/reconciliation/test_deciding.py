"""Four eyes on lines that are not exact."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from marketplace import clock
from marketplace.audit.models import Entry
from marketplace.order.models import Carrier, Order
from marketplace.payment.models import Method, Payment, PaymentChange, PaymentStatus
from marketplace.reconciliation import deciding
from marketplace.reconciliation.deciding import (
    CannotDecide,
    Proposal,
    mark_sent_back,
    propose,
    reject,
    withdraw,
)
from marketplace.reconciliation.models import Decision, DecisionState, Kind, Line
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.waiting import opened, pays, refunds, state, waiting
from tests.reconciliation.files import came, statement, went
from tests.reconciliation.lines import confirmed, line_of, proposed, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order) -> Payment:
    return opened(order)


def test_what_one_proposes_and_another_confirms_pays_the_order(order: Order, payment: Payment) -> None:
    one, other = factories.user(), factories.user()
    line = line_of("quen ghi ma", int(payment.amount))
    decision = proposed(line, kind=Kind.TAKE, payment=payment.pk, by=one)
    assert (states(line), state(order)) == (["proposed"], "awaiting_payment")
    assert confirmed(decision, other).outcome == "paid"
    assert (states(line), state(order)) == (["matched"], "paid")
    assert PaymentChange.objects.get(payment=payment, after="succeeded").actor == other
    told = Entry.objects.filter(action__startswith="reconciliation.").order_by("pk")
    assert [(entry.action, entry.actor) for entry in told] == [
        ("reconciliation.proposed", one),
        ("reconciliation.confirmed", other),
    ]
    assert told[1].before == {"state": "proposed"} and told[1].after["state"] == "matched"


def test_a_buyer_who_transferred_twice_too_little_is_helped(order: Order, payment: Payment) -> None:
    half = int(payment.amount) // 2
    one, two = (line_of(f"quen ghi ma lan {n}", half + n, reference=f"FT{n}") for n in (0, 7))
    with pytest.raises(CannotDecide, match="thêm dòng"):
        proposed(one, kind=Kind.TAKE, payment=payment.pk)
    decision = confirmed(proposed(one, two, kind=Kind.TAKE, payment=payment.pk))
    assert (decision.outcome, states(one, two)) == ("paid", ["matched", "matched"])
    payment.refresh_from_db()
    assert payment.received == one.amount + two.amount
    assert refunds(order) == [("surplus", one.amount + two.amount - payment.amount)]


def test_nobody_confirms_or_rejects_what_they_proposed(payment: Payment) -> None:
    chief = factories.user(is_staff=True, is_superuser=True)
    decision = proposed(line_of(), by=chief)
    with pytest.raises(CannotDecide, match="Bạn là người đề nghị"):
        confirmed(decision, chief)
    with pytest.raises(CannotDecide, match="Bạn là người đề nghị"):
        reject(decision_id=decision.pk, user=chief, moment=clock.now(), note="Sai")
    decision.refresh_from_db()
    assert decision.state == DecisionState.PROPOSED


@pytest.mark.parametrize("to", [DecisionState.CONFIRMED, DecisionState.REJECTED])
@pytest.mark.parametrize("decider", ["the same", "nobody"])
def test_the_database_holds_the_four_eyes_too(to: DecisionState, decider: str) -> None:
    user = factories.user()
    decision = proposed(line_of(), by=user)
    facts: dict[str, Any] = {"decider_key": user.pk, "decided_by": user} if decider == "the same" else {}
    with pytest.raises(IntegrityError, match="decision_"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(state=to, decided_at=clock.now(), **facts)
    other = factories.user()
    with pytest.raises(IntegrityError, match="names_its_people"), transaction.atomic():
        facts = {"decider_key": other.pk, "decided_by": user}
        Decision.objects.filter(pk=decision.pk).update(state=to, decided_at=clock.now(), **facts)


def test_the_rule_outlives_the_account_of_who_proposed() -> None:
    user = factories.user()
    decision = proposed(line_of(), by=user)
    key = user.pk
    user.delete()
    decision.refresh_from_db()
    assert (decision.proposed_by, decision.proposer_key) == (None, key)
    confirmed(decision)


def test_it_is_decided_once() -> None:
    decision = proposed(line_of())
    confirmed(decision)
    with pytest.raises(CannotDecide, match="vừa được quyết định"):
        confirmed(decision)
    with pytest.raises(CannotDecide, match="vừa được quyết định"):
        reject(decision_id=decision.pk, user=factories.user(), moment=clock.now(), note="Sai")


def test_a_rejected_line_is_open_again_and_can_be_proposed_anew() -> None:
    line = line_of()
    decision = proposed(line)
    with pytest.raises(CannotDecide, match="vì sao"):
        reject(decision_id=decision.pk, user=factories.user(), moment=clock.now(), note=" ")
    reject(decision_id=decision.pk, user=factories.user(), moment=clock.now(), note="Có mã mà")
    assert states(line) == ["open"]
    confirmed(proposed(line))
    assert (states(line), line.decisions.count()) == (["other"], 2)


def withdrawn(decision: Decision, by: Any) -> Decision:
    return withdraw(decision_id=decision.pk, user=by, moment=clock.now())


def test_who_proposed_may_withdraw_it_until_another_decides(order: Order, payment: Payment) -> None:
    one, other = factories.user(), factories.user()
    line = line_of("quen ghi ma", int(payment.amount))
    decision = proposed(line, kind=Kind.TAKE, payment=payment.pk, by=one)
    with pytest.raises(CannotDecide, match="của người khác"):
        withdrawn(decision, other)
    assert states(line) == ["proposed"]
    found = withdrawn(decision, one)
    assert (found.state, found.decider_key, states(line)) == ("withdrawn", None, ["open"])
    for late in (lambda: withdrawn(decision, one), lambda: confirmed(decision, other)):
        with pytest.raises(CannotDecide, match="rút lại rồi"):
            late()
    assert (states(line), state(order)) == (["open"], "awaiting_payment")
    entry = Entry.objects.get(action="reconciliation.withdrawn")
    assert (entry.actor, entry.before, entry.after["state"]) == (one, {"state": "proposed"}, "open")  # type: ignore[index]
    assert confirmed(proposed(line, kind=Kind.TAKE, payment=payment.pk, by=other), one).outcome == "paid"


def test_what_was_decided_is_not_withdrawn() -> None:
    one = factories.user()
    line = line_of()
    decision = proposed(line, by=one)
    confirmed(decision)
    with pytest.raises(CannotDecide, match="quyết định"):
        withdrawn(decision, one)
    assert (states(line), Decision.objects.get().state) == (["other"], "confirmed")


def test_the_database_holds_that_withdrawing_decides_nothing() -> None:
    decision, other = proposed(line_of()), factories.user()
    for facts in ({}, {"decider_key": other.pk, "decided_at": clock.now()}):
        with pytest.raises(IntegrityError, match="decided_by_somebody"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(state=DecisionState.WITHDRAWN, **facts)


def test_a_line_is_proposed_once_at_a_time() -> None:
    line = line_of()
    proposed(line)
    with pytest.raises(CannotDecide, match="người khác"):
        proposed(line)
    with pytest.raises(CannotDecide, match="người khác"):
        proposed()


def test_a_proposal_that_cannot_be_recorded_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_facts: Any) -> None:
        raise RuntimeError

    line, other, user = line_of(), line_of("khac", 6_000), factories.user()
    waits = proposed(other, by=user)
    monkeypatch.setattr(deciding, "record", breaks)
    for act in (lambda: proposed(line), lambda: confirmed(waits), lambda: withdrawn(waits, user)):
        with pytest.raises(RuntimeError):
            act()
    assert (states(line, other), Decision.objects.get().state) == (["open", "proposed"], "proposed")


def test_a_reason_is_asked_for() -> None:
    with pytest.raises(CannotDecide, match="lý do"):
        proposed(line_of(), note="  ")


def test_money_is_taken_for_open_transfers_alone(order: Order, payment: Payment) -> None:
    line, gone = line_of(amount=900_000), line_of_what_went()
    for wrong in (None, 0, 999_999):
        with pytest.raises(CannotDecide, match="chọn lần thanh toán"):
            proposed(line, kind=Kind.TAKE, payment=wrong)
    for kind in (Kind.TAKE, Kind.BACK):
        with pytest.raises(CannotDecide, match="tiền vào"):
            proposed(gone, kind=kind, payment=payment.pk)
    confirmed(proposed(gone))


def test_what_is_no_line_of_the_bank_or_no_transfer_is_not_proposed(order: Order, payment: Payment) -> None:
    line, of_carrier = line_of(amount=900_000), line_of("COD", 5_000)
    Line.objects.filter(pk=of_carrier.pk).update(carrier=Carrier.objects.create(name="Chở nhanh"))
    with pytest.raises(CannotDecide, match="đơn vị vận chuyển"):
        proposed(of_carrier)
    with pytest.raises(CannotDecide, match="tải lại"):
        proposal = Proposal(Kind.OTHER, [line.pk, 999_999], "x")
        propose(proposal=proposal, user=factories.user(), moment=clock.now())
    by_card = opened(order, Method.CARD)
    with pytest.raises(CannotDecide, match="chọn lần thanh toán"):
        proposed(line, kind=Kind.TAKE, payment=by_card.pk)
    assert not Decision.objects.exists()


def line_of_what_went() -> Line:
    made = statement(went("Phi", 5_000))
    run_due()
    return Line.objects.get(imported=made)


def test_what_came_for_the_payment_meanwhile_stops_the_proposal(order: Order, payment: Payment) -> None:
    line = line_of("quen ghi ma", int(payment.amount))
    decision = proposed(line, kind=Kind.TAKE, payment=payment.pk)
    line_of(str(payment.reference), int(payment.amount), reference="FT9")
    with pytest.raises(CannotDecide, match="đã có tiền"):
        confirmed(decision)
    decision.refresh_from_db()
    assert (decision.state, states(line)) == (DecisionState.PROPOSED, ["proposed"])
    with pytest.raises(CannotDecide, match="đã có tiền"):
        proposed(line_of("lan nua", int(payment.amount)), kind=Kind.TAKE, payment=payment.pk)


def test_what_is_asked_for_meanwhile_stops_the_proposal(order: Order, payment: Payment) -> None:
    line = line_of("quen ghi ma", int(payment.amount))
    decision = proposed(line, kind=Kind.TAKE, payment=payment.pk)
    Payment.objects.filter(pk=payment.pk).update(amount=payment.amount + 1)
    with pytest.raises(CannotDecide, match="Cần"):
        confirmed(decision)
    decision.refresh_from_db()
    assert (decision.state, state(order)) == (DecisionState.PROPOSED, "awaiting_payment")


def test_what_was_noted_by_hand_is_matched_and_paid_once(order: Order, payment: Payment) -> None:
    pays(payment)
    line = line_of("quen ghi ma", int(payment.amount))
    assert confirmed(proposed(line, kind=Kind.TAKE, payment=payment.pk)).outcome == "known"
    assert (state(order), refunds(order)) == ("paid", [])


def test_money_that_is_sent_back_waits_for_the_banks_reference(order: Order, payment: Payment) -> None:
    line = line_of("khong ro", 70_000)
    confirmed(proposed(line, kind=Kind.BACK))
    with pytest.raises(CannotDecide, match="số tham chiếu"):
        sent_back(line, "  ")
    assert states(line) == ["back"]
    sent_back(line, "FT-BACK-1")
    with pytest.raises(CannotDecide, match="không chờ"):
        sent_back(line, "FT-BACK-2")
    made = statement(went("Chuyen lai", 70_000, reference="FT BACK 1"))
    run_due()
    gone = Line.objects.get(imported=made)
    assert (gone.state, gone.returns_id, gone.amount) == ("matched", line.pk, Decimal(-70_000))
    assert Payment.objects.get().status == PaymentStatus.OPEN


def sent_back(line: Line, reference: str) -> None:
    mark_sent_back(line_id=line.pk, reference=reference, user=factories.user(), moment=clock.now())


def test_a_line_that_came_twice_in_two_reports_of_the_day_is_one() -> None:
    line = line_of(reference="FT5")
    assert statement(came("tien hang", 5_000, reference="FT5")).known == 1
    assert states(line) == ["open"]
