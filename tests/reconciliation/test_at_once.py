"""Staff at the same moment, over connections of their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.payment.models import PaymentChange
from marketplace.reconciliation.comparing.day import compare
from marketplace.reconciliation.deciding import CannotDecide
from marketplace.reconciliation.importing import AT_ONCE
from marketplace.reconciliation.models import (
    Decision,
    DecisionState,
    Difference,
    DifferenceState,
    Kind,
    Line,
    Source,
)
from marketplace.work.queue import run_due
from tests import factories
from tests.checkout.crowd import at_once
from tests.payment.waiting import opened, refunds, state, waiting
from tests.reconciliation.files import bank, came, saved, statement
from tests.reconciliation.lines import confirmed, line_of, proposed, states

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CROWD = 6


def tried(act: Callable[..., Any], *args: Any, **options: Any) -> Callable[[], str]:
    """Why not, or nothing when it was done."""

    def attempt() -> str:
        try:
            act(*args, **options)
        except CannotDecide as error:
            return str(error)
        return ""

    return attempt


def test_a_file_uploaded_several_times_at_once_counts_once() -> None:
    saved(bank())
    many = (
        3 * AT_ONCE
    )  # several statements each: whoever took them in another order would lock the others out
    rows = [came(f"Dòng {number}", 1_000 + number, reference=f"FT{number}") for number in range(many)]
    orders = [rows, rows[::-1], rows[10:] + rows[:10]] * 2
    made = at_once([lambda rows=rows: statement(*rows) for rows in orders])  # type: ignore[misc]
    assert Line.objects.count() == many
    assert sum(one.rows - one.known for one in made) == many


def test_a_day_that_is_compared_several_times_at_once_has_each_difference_once() -> None:
    saved(bank())
    day = clock.today() - timedelta(days=2)
    assert not compare(
        source=Source.BANK, day=day, moment=clock.now()
    )  # it is known: no insert holds the others up
    statement(*[came(f"Dòng {number}", 1_000 + number, day=day) for number in range(CROWD)])
    assert not Difference.objects.exists()
    assert all(
        at_once([lambda: compare(source=Source.BANK, day=day, moment=clock.now()) for _ in range(CROWD)])
    )
    assert Difference.objects.filter(day=day, state=DifferenceState.OPEN).count() == CROWD


def test_a_payment_is_received_once_however_many_workers_look() -> None:
    order = waiting((factories.product(price=100_000, stock=5), 2))
    payment = opened(order)
    statement(came(str(payment.reference), int(payment.amount)))
    at_once([run_due] * CROWD)
    assert (state(order), refunds(order)) == ("paid", [])
    assert PaymentChange.objects.filter(payment=payment, after="succeeded").count() == 1
    assert Line.objects.get().outcome == "paid"


def test_of_those_who_confirm_at_once_one_does() -> None:
    order = waiting((factories.product(price=100_000, stock=5), 2))
    payment = opened(order)
    line = line_of("quen ghi ma", int(payment.amount))
    decision = proposed(line, kind=Kind.TAKE, payment=payment.pk)
    people = [factories.user() for _ in range(CROWD)]
    came_of_it = at_once([tried(confirmed, decision, person) for person in people])
    assert came_of_it.count("") == 1
    assert (states(line), state(order), refunds(order)) == (["matched"], "paid", [])


def test_of_two_lines_for_one_payment_one_is_taken() -> None:
    payment = opened(waiting((factories.product(price=100_000, stock=5), 2)))
    lines = [line_of(f"lan {n}", int(payment.amount), reference=f"FT{n}") for n in range(2)]
    decisions = [proposed(line, kind=Kind.TAKE, payment=payment.pk) for line in lines]
    came_of_it = at_once([tried(confirmed, decision) for decision in decisions])
    assert came_of_it.count("") == 1
    assert sorted(states(*lines)) == ["matched", "proposed"]
    assert Decision.objects.filter(state=DecisionState.PROPOSED).count() == 1
    payment.refresh_from_db()
    assert payment.received == payment.amount


def test_of_those_who_propose_at_once_one_does() -> None:
    line = line_of()
    people = [factories.user() for _ in range(CROWD)]
    came_of_it = at_once([tried(proposed, line, by=person) for person in people])
    assert came_of_it.count("") == 1 and Decision.objects.count() == 1
