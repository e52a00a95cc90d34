"""Days that are over, against Stripe and the bank."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import stripe

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.disputes import take_dispute
from marketplace.payment.models import Method, Payment, Refund, RefundReason, RefundStatus
from marketplace.payment.refunding import JOB, refund
from marketplace.payment.stripe_gateway import Away, list_movements, retrieve_dispute
from marketplace.payment.transfers import purpose
from marketplace.reconciliation.comparing.asking import KIND
from marketplace.reconciliation.comparing.day import CannotExplain, compare, explain
from marketplace.reconciliation.deciding import mark_sent_back
from marketplace.reconciliation.models import (
    ComparedDay,
    Difference,
    DifferenceState,
    Kind,
    Line,
    Source,
    Why,
)
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.waiting import opened, pays, waiting
from tests.reconciliation.files import came, statement, went
from tests.reconciliation.lines import confirmed, line_of, proposed
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


def library(double: Remote) -> stripe.StripeClient:
    return stripe.StripeClient(double.secret_key, base_addresses={"api": double.address})


def charged(double: Remote, *, noted: bool = True) -> Payment:
    """A card payment that Stripe charged, and that we noted if so."""
    payment = opened(order(), Method.CARD)
    intent = card.start(payment)
    library(double).v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    payment.refresh_from_db()
    if noted:
        card.look(payment)
        payment.refresh_from_db()
    return payment


def given_back(double: Remote, payment: Payment, amount: int, *, noted: bool = True) -> str:
    """A refund at Stripe, that our books have if so; its id."""
    made = library(double).v1.refunds.create({"payment_intent": str(payment.reference), "amount": amount})
    if noted:
        _note(payment, made.id, amount)
    return made.id


def _note(payment: Payment, reference: str, amount: int) -> None:
    row = refund(
        payment_id=payment.pk,
        amount=Decimal(amount),
        reason=RefundReason.GOODWILL,
        key="a",
        moment=clock.now(),
    )
    Job.objects.filter(kind=JOB, key=str(row.pk)).delete()  # Stripe gave it back already
    facts = {"reference": reference, "status": RefundStatus.SUCCEEDED, "ended_at": clock.now()}
    Refund.objects.filter(pk=row.pk).update(**facts)


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)


def compared(source: Source) -> list[str]:
    """Today, looked at tomorrow by the worker: what differs still."""
    day = clock.today()
    with clock.at(tomorrow()):
        Job.objects.filter(kind=KIND).delete()
        from marketplace.reconciliation.jobs import Hourly

        Hourly.asked = None
        ComparedDay.objects.filter(day=day).update(compared_at=None)
        run_due()
        assert ComparedDay.objects.get(source=source, day=day).compared_at is not None
    rows = Difference.objects.filter(source=source).exclude(state=DifferenceState.AGREED)
    return [str(row.why) for row in rows.order_by("pk")]


def sums(source: Source) -> tuple[int, ...]:
    row = ComparedDay.objects.get(source=source, day=clock.today())
    return tuple(int(one) for one in (row.ours_in, row.theirs_in, row.ours_out, row.theirs_out))


@pytest.mark.parametrize("settled", [None, "usd"])
def test_a_day_on_which_stripe_says_the_same_has_no_difference(double: Remote, settled: str | None) -> None:
    double.control("settlement", currency=settled)
    one, two = charged(double), charged(double)
    given_back(double, one, 50_000)
    assert compared(Source.STRIPE) == []
    whole = int(one.amount + two.amount)
    assert sums(Source.STRIPE) == (whole, whole, 50_000, 50_000)


def test_what_only_one_side_knows_is_listed_until_both_do(double: Remote) -> None:
    known = charged(double)
    asked: Any = {"amount": 260_000, "currency": "vnd", "payment_method": "pm_card_visa", "confirm": True}
    library(double).v1.payment_intents.create(
        asked | {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    )
    outside = given_back(double, known, 40_000, noted=False)
    ghost = opened(order(), Method.CARD)
    Payment.objects.filter(pk=ghost.pk).update(reference="pi_nobody")
    pays(ghost)
    assert sorted(compared(Source.STRIPE)) == [Why.ONLY_OURS, Why.ONLY_THEIRS, Why.ONLY_THEIRS]
    told = {(row.why, row.ours, row.theirs) for row in Difference.objects.filter(source=Source.STRIPE)}
    assert told == {
        (Why.ONLY_OURS, ghost.amount, None),
        (Why.ONLY_THEIRS, None, Decimal(260_000)),
        (Why.ONLY_THEIRS, None, Decimal(-40_000)),
    }
    _note(known, outside, 40_000)
    assert sorted(compared(Source.STRIPE)) == [Why.ONLY_OURS, Why.ONLY_THEIRS]
    assert Difference.objects.get(state=DifferenceState.AGREED).theirs == -40_000


def test_another_amount_at_stripe_is_listed(double: Remote) -> None:
    payment = charged(double)
    Payment.objects.filter(pk=payment.pk).update(received=payment.amount + 1)
    assert compared(Source.STRIPE) == [Why.AMOUNT]


def test_a_dispute_is_listed_until_we_know_of_it(double: Remote) -> None:
    payment = charged(double)
    intent: Any = library(double).v1.payment_intents.retrieve(str(payment.reference))
    double.control(f"charges/{intent.latest_charge}/dispute", reason="fraudulent")
    assert compared(Source.STRIPE) == [Why.DISPUTE]
    row = Difference.objects.get()
    assert (row.theirs, row.payment) == (-payment.amount, payment)
    take_dispute(retrieve_dispute(row.what.split()[0]))
    assert compared(Source.STRIPE) == []


def test_movements_come_in_pages_each_once(double: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(3):
        charged(double)
    _two_a_page(monkeypatch)
    moved = list_movements(since=clock.now() - timedelta(hours=1), until=clock.now() + timedelta(hours=1))
    assert len({one.id for one in moved}) == len(moved) == 3
    assert list_movements(since=clock.now() - timedelta(days=2), until=clock.now() - timedelta(days=1)) == []


def _two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from stripe import BalanceTransactionService

    real: Any = BalanceTransactionService.list
    monkeypatch.setattr(
        BalanceTransactionService,
        "list",
        lambda self, params, *more: real(self, params | {"limit": 2}, *more),
    )


def test_while_stripe_is_away_half_way_the_day_is_not_compared(
    double: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(3):
        charged(double)
    _two_a_page(monkeypatch)
    double.control("faults", operation="GET /v1/balance_transactions", kind="error_before", status=503, nth=2)
    day = clock.today()
    with clock.at(tomorrow()):
        run_due()
        row = ComparedDay.objects.get(source=Source.STRIPE, day=day)
        assert row.compared_at is None and not Difference.objects.exists()
        assert Job.objects.get(kind=KIND, key__startswith="stripe").state == JobState.WAITING
    with clock.at(tomorrow() + timedelta(minutes=10)):
        run_due()
    row.refresh_from_db()
    assert row.compared_at is not None
    assert not Difference.objects.filter(source=Source.STRIPE).exists()


def test_stripe_away_says_so(double: Remote) -> None:
    double.control("faults", operation="GET /v1/balance_transactions", kind="cut_before")
    with pytest.raises(Away):
        list_movements(since=clock.now(), until=clock.now())


def test_without_a_statement_a_day_is_not_compared() -> None:
    payment = opened(order())
    pays(payment)
    day = clock.today()
    with clock.at(tomorrow()):
        run_due()
        assert ComparedDay.objects.get(source=Source.BANK, day=day).compared_at is None
        assert not Difference.objects.exists()
        statement(came("x", 1, day=day))
    assert compared(Source.BANK) == [Why.OPEN, Why.ONLY_OURS]


def test_a_statement_of_half_a_day_is_not_enough() -> None:
    statement(came("x", 1))
    day = clock.today()
    with clock.at(tomorrow()):
        assert not compare(source=Source.BANK, day=day, moment=clock.now())
        statement(came("y", 1, day=day))
        assert compare(source=Source.BANK, day=day, moment=clock.now())


def test_a_day_between_two_statements_is_not_compared() -> None:
    today = clock.today()
    for days in (6, 2):
        statement(came(f"x{days}", 1, day=today - timedelta(days=days)))
    told = [
        compare(source=Source.BANK, day=today - timedelta(days=days), moment=clock.now())
        for days in (6, 4, 2)
    ]
    assert told == [True, False, True]


def test_several_lines_of_one_payment_differ_once() -> None:
    payment = opened(order())
    half = int(payment.amount) // 2
    statement(came("phan 1", half), came("phan 2", half + 2))
    run_due()
    lines = _lines()
    confirmed(proposed(*lines, kind=Kind.TAKE, payment=payment.pk))
    Payment.objects.filter(pk=payment.pk).update(received=payment.amount + 700)
    assert _with_end_of_day() == [Why.AMOUNT]
    assert sums(Source.BANK)[:2] == (int(payment.amount) + 700, 2 * half + 2)


def test_a_day_whose_transfers_the_bank_knows_has_no_difference() -> None:
    one, two = opened(order()), opened(order())
    half = int(two.amount) // 2
    statement(came(str(one.reference), int(one.amount)), came("phan 1", half), came("phan 2", half + 2))
    run_due()
    halves = [line for line in _lines() if line.text.startswith("phan")]
    confirmed(proposed(*halves, kind=Kind.TAKE, payment=two.pk))
    confirmed(proposed(line_of("lai", 77), kind=Kind.OTHER))
    assert _with_end_of_day() == []
    whole = int(one.amount) + 2 * half + 2
    assert sums(Source.BANK) == (whole, whole, 0, 0)


def _lines() -> list[Any]:
    return list(Line.objects.order_by("row"))


def _with_end_of_day() -> list[str]:
    """The bank tells of the whole day: its next file begins with it."""
    day = clock.today()
    with clock.at(tomorrow()):
        made = statement(came("hom sau", 1), came("cung ngay", 2, day=day, reference="Z"))
        lines = list(made.lines.order_by("row"))
        run_due()
        for line in lines:
            confirmed(proposed(line))
    return compared(Source.BANK)


def test_lines_nobody_settled_and_money_to_send_back_are_listed() -> None:
    line_of("khong ro", 5_000)
    back = line_of("gui lai", 6_000)
    confirmed(proposed(back, kind=Kind.BACK))
    assert sorted(_with_end_of_day()) == [Why.BACK, Why.OPEN]
    mark_sent_back(line_id=back.pk, reference="FT-B-100", user=factories.user(), moment=clock.now())
    statement(went("chuyen lai", 6_000, reference="FT-B-100"))
    assert compared(Source.BANK) == [Why.OPEN]
    assert sums(Source.BANK) == (6_000, 11_000, 6_000, 6_000)


def test_another_amount_than_the_bank_has_is_listed() -> None:
    payment = opened(order())
    pays(payment, payment.amount + 500)
    statement(came(str(payment.reference), int(payment.amount)))
    run_due()
    assert _with_end_of_day() == [Why.AMOUNT]


def test_a_transfer_given_back_is_matched_with_the_line_that_went() -> None:
    payment = opened(order())
    pays(payment, payment.amount + 9_000)
    statement(came(str(payment.reference), int(payment.amount) + 9_000))
    row = Refund.objects.get()
    Refund.objects.filter(pk=row.pk).update(
        status=RefundStatus.SUCCEEDED, ended_at=clock.now(), reference="FT26-88001"
    )
    assert _with_end_of_day() == [Why.ONLY_OURS]
    statement(went("HOAN TIEN FT2688001 OCOP", 9_001))
    assert sorted(compared(Source.BANK)) == [Why.ONLY_OURS, Why.OPEN]
    confirmed(proposed(Line.objects.get(amount=-9_001)))
    statement(went("HOAN TIEN FT2688001 OCOP", 9_000))
    assert compared(Source.BANK) == []


def test_a_refund_is_known_by_its_purpose_and_agrees_once_staff_noted_it() -> None:
    payment = opened(order())
    pays(payment, payment.amount + 9_000)
    statement(came(str(payment.reference), int(payment.amount) + 9_000))
    row = Refund.objects.get()
    statement(went(f"MBVCB.77.{purpose(row).lower()} hoan tien", 9_000))
    assert _with_end_of_day() == [Why.ONLY_THEIRS]
    assert Line.objects.get(amount=-9_000).refund == row
    facts = {"status": RefundStatus.SUCCEEDED, "ended_at": clock.now(), "reference": "another"}
    Refund.objects.filter(pk=row.pk).update(**facts)
    assert compared(Source.BANK) == []
    assert sums(Source.BANK)[2:] == (9_000, 9_000)


def test_a_refund_that_its_bank_sent_back_is_listed_until_it_is_explained() -> None:
    payment, user = opened(order()), factories.user()
    pays(payment, payment.amount + 9_000)
    statement(came(str(payment.reference), int(payment.amount) + 9_000))
    row, other = Refund.objects.get(), opened(order())
    Payment.objects.filter(pk=other.pk).update(amount=9_000)
    made = statement(went(f"hoan tien {purpose(row)}", 9_000), came(f"TRA LAI {purpose(row)} SAI TK", 9_000))
    facts = {"status": RefundStatus.FAILED, "ended_at": clock.now(), "reference": "FT1"}
    Refund.objects.filter(pk=row.pk).update(**facts)
    assert _with_end_of_day() == [Why.OPEN]
    back = made.lines.get(amount=9_000)
    assert (back.state, back.hinted) == ("open", None), "it is not for what waits for the same amount"
    listed = Difference.objects.get(line=back)
    explain(difference_id=listed.pk, note="Sai số tài khoản, đã ghi", user=user, moment=clock.now())
    compared(Source.BANK)
    listed.refresh_from_db()
    assert listed.state == DifferenceState.EXPLAINED
    whole = int(payment.amount) + 9_000
    assert sums(Source.BANK) == (whole, whole + 9_000, 9_000, 9_000)


def test_a_difference_is_explained_with_words_and_opened_again_when_it_changes() -> None:
    payment, user = opened(order()), factories.user()
    pays(payment)
    statement(came("x", 5))
    statement(came("y", 5, day=clock.today() - timedelta(days=3)))
    _with_end_of_day()
    row = Difference.objects.get(why=Why.ONLY_OURS)
    with pytest.raises(CannotExplain, match="lời"):
        explain(difference_id=row.pk, note=" ", user=user, moment=clock.now())
    explain(difference_id=row.pk, note="Bank gửi muộn", user=user, moment=clock.now())
    assert compared(Source.BANK).count(Why.ONLY_OURS) == 1
    row.refresh_from_db()
    assert (row.state, row.explained_by, row.note) == (DifferenceState.EXPLAINED, user, "Bank gửi muộn")
    Payment.objects.filter(pk=payment.pk).update(received=payment.amount + 1)
    compared(Source.BANK)
    row.refresh_from_db()
    assert (row.state, row.ours) == (DifferenceState.OPEN, payment.amount + 1)
    Payment.objects.filter(pk=payment.pk).update(ended_at=clock.now() - timedelta(days=9))
    compared(Source.BANK)
    row.refresh_from_db()
    assert row.state == DifferenceState.AGREED
    with pytest.raises(CannotExplain, match="khớp"):
        explain(difference_id=row.pk, note="x", user=user, moment=clock.now())


def test_comparing_again_changes_nothing() -> None:
    pays(opened(order()))
    statement(came("x", 5))
    day = clock.today()
    with clock.at(tomorrow()):
        statement(came("hom sau", 1), came("cung ngay", 2, day=day))
        for _again in range(3):
            assert compare(source=Source.BANK, day=day, moment=clock.now())
    assert Difference.objects.count() == 3
