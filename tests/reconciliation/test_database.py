"""What the database itself refuses of files, lines, decisions and days, whoever writes it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from marketplace import clock
from marketplace.order.models import Carrier
from marketplace.payment.models import Refund
from marketplace.reconciliation.models import (
    ComparedDay,
    Decision,
    Difference,
    FileLayout,
    Import,
    Kind,
    Line,
    Source,
    Why,
)
from tests import factories
from tests.payment.waiting import opened, pays, waiting
from tests.reconciliation.files import came, statement
from tests.reconciliation.lines import line_of, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> Line:
    """Proposed; its day was compared, and differs."""
    found = line_of()
    proposed(found, kind=Kind.OTHER)
    ComparedDay.objects.create(source=Source.BANK, day=found.day)
    Difference.objects.create(
        key="a", source=Source.BANK, day=found.day, why=Why.OPEN, what="x", found_at=clock.now(), line=found
    )
    return found


@pytest.mark.parametrize(
    ("model", "change", "name"),
    [
        (Line, {"amount": 0}, "line_of_something"),
        (Line, {"fee": -1}, "line_of_something"),
        (Line, {"state": "lost"}, "line_state_known"),
        (Line, {"state": "matched"}, "line_matched_with_one_thing"),
        (Line, {"state": "sent_back"}, "line_sent_back_with_a_reference"),
        (Line, {"sent_back_reference": "FT1"}, "line_sent_back_with_a_reference"),
        (Line, {"state": "back", "amount": -5}, "line_sent_back_that_came"),
        (Import, {"state": "refused"}, "import_taken_or_refused_with_a_reason"),
        (Import, {"rows": 0, "known": 0}, "import_taken_or_refused_with_a_reason"),
        (Import, {"known": 2}, "import_knows_no_more_than_it_has"),
        (Difference, {"state": "explained"}, "difference_explained_with_words"),
        (Difference, {"state": "agreed"}, "difference_agreed_once"),
        (Difference, {"why": "x"}, "difference_known"),
        (ComparedDay, {"source": "x"}, "compared_source_known"),
        (Decision, {"kind": "take"}, "decision_takes_for_a_payment"),
        (Decision, {"kind": "x"}, "decision_takes_for_a_payment"),
        (Decision, {"state": "x"}, "decision_decided_by_somebody"),
    ],
)
def test_what_no_row_may_say(line: Line, model: type[Model], change: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.update(**change)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"credit_heading": ""}, "layout_has_one_amount_or_in_and_out"),
        ({"amount_heading": "Tiền"}, "layout_has_one_amount_or_in_and_out"),
        ({"date_heading": ""}, "layout_has_days"),
        ({"text_heading": ""}, "layout_has_what_its_kind_needs"),
    ],
)
def test_what_no_layout_may_lack(line: Line, change: dict[str, str], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FileLayout.objects.filter(pk=line.imported.layout_id).update(**change)


def test_a_day_is_compared_once_with_a_source(line: Line) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ComparedDay.objects.create(source=Source.BANK, day=line.day)


def test_a_line_is_there_once_and_answers_for_one_thing() -> None:
    payment = opened(waiting((factories.product(price=100_000, stock=5), 2)))
    pays(payment, payment.amount + 9_000)
    made = statement(*(came(f"dong {number}", 5_000 + number) for number in range(4)))
    one, two, three, four = made.lines.order_by("row")
    carrier, refund = Carrier.objects.create(name="Chở nhanh"), Refund.objects.get()
    matched = {"state": "matched"}
    for first, second, facts in (
        (one, two, matched | {"payment": payment, "carrier": carrier}),
        (three, four, matched | {"refund": refund, "amount": -9_000}),
        (three, four, matched | {"returns": one, "refund": None, "amount": -9_000}),
    ):
        Line.objects.filter(pk=first.pk).update(**facts)
        with pytest.raises(IntegrityError), transaction.atomic():
            Line.objects.filter(pk=second.pk).update(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=two.pk).update(fingerprint=one.fingerprint)
