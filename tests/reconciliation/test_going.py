"""Money that went from the account: matched with what it gave back, once, and of its amount."""

import pytest

from marketplace import clock
from marketplace.payment.models import Refund
from marketplace.payment.transfers import purpose
from marketplace.reconciliation.deciding import mark_sent_back
from marketplace.reconciliation.models import Kind, Line
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.waiting import opened, pays, waiting
from tests.reconciliation.files import statement, went
from tests.reconciliation.lines import confirmed, line_of, proposed

pytestmark = pytest.mark.django_db


def gone(text: str, amount: int, reference: str) -> tuple[str, bool]:
    """The line's state, and whether it names what it gave back."""
    made = statement(went(text, amount, reference=reference))
    run_due()
    line = Line.objects.get(imported=made)
    return line.state, bool(line.refund_id or line.returns_id)


@pytest.fixture
def refund() -> Refund:
    payment = opened(waiting((factories.product(price=100_000, stock=5), 2)))
    pays(payment, payment.amount + 9_000)
    return Refund.objects.get()


@pytest.fixture
def sent_back() -> Line:
    line = line_of("khong ro", 70_000)
    confirmed(proposed(line, kind=Kind.BACK))
    mark_sent_back(line_id=line.pk, reference="FTB-100", user=factories.user(), moment=clock.now())
    return line


def test_a_refund_goes_once(refund: Refund) -> None:
    assert gone(purpose(refund), 9_000, "FT1") == ("matched", True)
    assert gone(purpose(refund), 9_000, "FT2") == ("open", False)


def test_a_refund_goes_whole(refund: Refund) -> None:
    assert gone(purpose(refund), 8_999, "FT1") == ("open", False)


def test_what_is_sent_back_goes_once(sent_back: Line) -> None:
    assert gone("chuyen lai FTB100", 70_000, "FT1") == ("matched", True)
    assert gone("chuyen lai FTB100", 70_000, "FT2") == ("open", False)


def test_what_is_sent_back_goes_whole(sent_back: Line) -> None:
    assert gone("chuyen lai FTB100", 69_999, "FT1") == ("open", False)


def test_a_short_reference_is_not_looked_for_in_a_note(sent_back: Line) -> None:
    Line.objects.filter(pk=sent_back.pk).update(sent_back_reference="FT9")
    assert gone("phi FT99 thang 11", 70_000, "X1") == ("open", False)
    assert gone("chuyen lai", 70_000, "FT9") == ("matched", True)


def test_a_reference_without_a_letter_names_nothing(sent_back: Line) -> None:
    Line.objects.filter(pk=sent_back.pk).update(sent_back_reference="--")
    assert gone("phi", 70_000, "") == ("open", False)
