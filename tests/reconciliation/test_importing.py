"""Statements of the bank: each line once, and what happens with it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Payment, PaymentChange
from marketplace.reconciliation.importing import _marked, import_file
from marketplace.reconciliation.models import FileLayout, Hint, Import, ImportState, Line, LineState
from marketplace.reconciliation.reading import Entry
from marketplace.reconciliation.taking import match_line
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.waiting import after_the_end, opened, refunds, state, waiting
from tests.reconciliation.files import bank, came, csv, saved, statement, went, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order) -> Payment:
    return opened(order)


def note(payment: Payment) -> str:
    return f"CT DEN MBVCB.55.{payment.reference} chuyen tien"


def settled(*rows: Any, **options: Any) -> Line:
    """The one new line of a statement, after the worker looked at it."""
    made = statement(*rows, **options)
    run_due()
    return Line.objects.get(imported=made)


def test_the_right_code_and_amount_pay_the_order_by_whoever_brought_the_file(
    order: Order, payment: Payment
) -> None:
    staff = factories.user()
    line = settled(came(note(payment), int(payment.amount), reference="FT1"), by=staff)
    assert (line.state, line.payment, line.outcome) == (LineState.MATCHED, payment, "paid")
    assert (state(order), refunds(order)) == ("paid", [])
    change = PaymentChange.objects.get(payment=payment, after="succeeded")
    assert (change.actor, change.role, change.note) == (staff, "staff", "FT1")


@pytest.mark.parametrize("reference", ["FT1", ""])
def test_the_same_file_and_an_overlapping_one_count_nothing_twice(reference: str) -> None:
    rows = [came("A", 5_000, reference=reference), came("B", 6_000, reference=reference and "FT2")]
    twin = came("A", 5_000, reference=reference and "FT3")
    first, again, more = statement(*rows), statement(*rows), statement(rows[0], twin, rows[1])
    assert [(one.rows, one.known) for one in (first, again, more)] == [(2, 0), (2, 2), (3, 2)]
    assert Line.objects.count() == 3


def test_files_of_one_account_in_two_layouts_count_once() -> None:
    statement(came("A", 5_000, reference="FT1"))
    other = saved(bank(name="Cùng tài khoản", delimiter=";"))
    content = csv(came("A", 5_000, reference="FT1"), delimiter=";").encode()
    import_file(layout=other, name="b.csv", content=content, user=None, moment=clock.now())
    elsewhere = saved(bank(name="Tài khoản khác", book="khac"))
    statement(came("A", 5_000, reference="FT1"), layout=elsewhere)
    assert Line.objects.count() == 2


def test_a_carriers_example_takes_nothing_before_its_carrier_is_chosen() -> None:
    layout = FileLayout.objects.get(name="Viettel Post, bảng kê COD (mẫu)")
    assert not layout.is_active
    made = import_file(layout=layout, name="a.csv", content=b"", user=None, moment=clock.now())
    assert made.state == ImportState.REFUSED and "đơn vị vận chuyển" in made.reason
    with pytest.raises(IntegrityError, match="layout_has_what"), transaction.atomic():
        FileLayout.objects.filter(pk=layout.pk).update(is_active=True)


def test_one_reference_for_two_transfers_is_a_wrong_layout() -> None:
    made = statement(came("A", 5_000, reference="FT1"), came("B", 5_000, reference="FT1"))
    assert made.state == ImportState.REFUSED and "cùng số tham chiếu" in made.reason
    assert not Line.objects.exists()


def test_a_refused_file_is_recorded_and_leaves_nothing() -> None:
    staff = factories.user()
    wrong = list(came("B", 6_000))
    wrong[3] = "6.000"
    made = statement(came("A", 5_000), wrong, by=staff)
    assert (made.state, made.by, made.rows) == (ImportState.REFUSED, staff, 0)
    assert made.reason.startswith("Dòng 3, cột “Ghi có”")
    assert (Import.objects.count(), Line.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("change", "asked", "hint"),
    [("MW", 0, Hint.NEAR_CODE), ("", -1, Hint.CODE_SHORT)],
)
def test_what_is_not_exact_waits_with_a_hint(
    order: Order, payment: Payment, change: str, asked: int, hint: Hint
) -> None:
    code = str(payment.reference)
    written = code[:-1] + next(letter for letter in "MW" if letter != code[-1]) if change else code
    line = settled(came(f"ck {written} 00", int(payment.amount) + asked))
    assert (line.state, line.hint, line.hinted) == (LineState.OPEN, hint, payment)
    assert state(order) == "awaiting_payment"


def test_too_much_is_taken_and_the_rest_goes_back(order: Order, payment: Payment) -> None:
    settled(came(note(payment), int(payment.amount) + 9_000))
    assert (state(order), refunds(order)) == ("paid", [("surplus", 9_000)])


@pytest.mark.parametrize(("left", "outcome"), [(5, "reopened"), (0, "refunded")])
def test_money_after_the_end_is_honoured_or_goes_back(
    order: Order, payment: Payment, left: int, outcome: str
) -> None:
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        record = order.lines.get().stockrecord
        type(record).objects.filter(pk=record.pk).update(num_in_stock=left)
        assert settled(came(note(payment), int(payment.amount))).outcome == outcome
    assert state(order) == ("paid" if left else "cancelled")


transfers = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("AB"), st.integers(1, 3)), min_size=1, max_size=12
)


@given(transfers, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=5))
def test_whatever_days_files_overlap_on_each_transfer_is_one(
    told: list[tuple[int, str, int]], windows: list[tuple[int, int]]
) -> None:
    def lines(first: int, last: int) -> set[str]:
        within = sorted(one for one in told if first <= one[0] <= last)
        entries = [
            Entry(row, date(2026, 1, 1 + day), Decimal(amount), text)
            for row, (day, text, amount) in enumerate(within)
        ]
        return {mark for mark, _entry in _marked(entries, bank())}

    whole = lines(0, 4)
    assert len(whole) == len(told)
    assert set().union(*(lines(*sorted(window)) for window in windows)) <= whole


def test_a_second_transfer_with_the_same_code_waits_to_be_sent_back(order: Order, payment: Payment) -> None:
    settled(came(note(payment), int(payment.amount), reference="FT1"))
    line = settled(came(note(payment), int(payment.amount), reference="FT2"))
    assert (line.state, line.hint, line.hinted) == (LineState.OPEN, Hint.CODE_TWICE, payment)
    payment.refresh_from_db()
    assert payment.received == payment.amount


def test_a_transfer_that_was_noted_by_hand_is_matched_with_its_line(order: Order, payment: Payment) -> None:
    from tests.payment.waiting import pays

    pays(payment)
    line = settled(came(note(payment), int(payment.amount)))
    assert (line.state, line.outcome) == (LineState.MATCHED, "known")


def test_a_line_that_only_looks_like_one_of_another_day_is_not_swallowed(payment: Payment) -> None:
    statement(came("a", 5_000, reference="0001", day=yesterday()))
    made = statement(came(note(payment), 7_000), came("b", 5_000, reference="0001"))
    assert made.state == ImportState.REFUSED and "cùng số tham chiếu" in made.reason
    assert Line.objects.count() == 1


def test_two_codes_in_one_note_are_for_people_to_divide(payment: Payment) -> None:
    other = opened(waiting((factories.product(price=100_000), 1)))
    whole = int(payment.amount + other.amount)
    line = settled(came(f"{payment.reference} va {other.reference}", whole))
    assert (line.state, line.hint) == (LineState.OPEN, Hint.CODES)


def test_what_went_waits_and_a_day_is_kept(payment: Payment) -> None:
    line = settled(went("Phi quan ly TK", 11_000, day=yesterday()))
    assert (line.state, line.amount, line.day) == (LineState.OPEN, Decimal(-11_000), yesterday())
    assert line.imported.first_day == line.imported.last_day == clock.today() - timedelta(days=1)


def test_a_file_that_cannot_be_worked_off_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_facts: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("marketplace.reconciliation.importing.enqueue_many", breaks)
    with pytest.raises(RuntimeError):
        statement(came("A", 5_000))
    assert not Import.objects.exists() and not Line.objects.exists()


def test_a_line_that_was_looked_at_is_left_alone(order: Order, payment: Payment) -> None:
    paid = settled(came(note(payment), int(payment.amount), reference="FT1"))
    waits = settled(came(note(payment), int(payment.amount), reference="FT2"))
    before = list(Line.objects.order_by("pk").values())
    Line.objects.filter(pk=waits.pk).update(state=LineState.OTHER, hint="", hinted=None)
    for line in (paid, waits):
        match_line(line_id=line.pk, moment=clock.now())
    after = list(Line.objects.order_by("pk").values())
    assert after[0] == before[0] and (after[1]["state"], after[1]["hint"]) == (LineState.OTHER, "")


def test_one_line_that_stumbles_keeps_no_other_waiting(
    order: Order, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.reconciliation import jobs

    real = jobs.match_line

    def stumbling(*, line_id: int, moment: Any) -> None:
        if Line.objects.get(pk=line_id).text == "A":
            raise RuntimeError
        real(line_id=line_id, moment=moment)

    monkeypatch.setattr(jobs, "match_line", stumbling)
    statement(came("A", 5_000), came(note(payment), int(payment.amount)))
    run_due()
    assert state(order) == "paid"
    assert Line.objects.get(text="A").state == LineState.NEW


def test_a_line_whose_job_gave_up_is_looked_at_again(order: Order, payment: Payment) -> None:
    from marketplace.work.models import Job, JobState

    statement(came(note(payment), int(payment.amount)))
    Job.objects.update(state=JobState.FAILED, attempts=5)
    with clock.at(clock.now() + timedelta(hours=3)):
        run_due()
    assert state(order) == "paid"
