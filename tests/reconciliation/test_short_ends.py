"""When the rest of a transfer that was too small is not asked for, or not any more."""

import pytest
from django.test import Client

from marketplace import clock
from marketplace.communication.models import Message
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Payment
from marketplace.payment.qr import still_asked
from marketplace.reconciliation.models import Kind, Line
from tests import factories
from tests.payment.waiting import after_the_end, opened, waiting
from tests.reconciliation.lines import confirmed, line_of, proposed

pytestmark = pytest.mark.django_db
PART = 60_000


@pytest.fixture
def payment() -> Payment:
    return opened(waiting((factories.product(price=100_000, stock=5), 2)))


def part(payment: Payment) -> Line:
    return line_of(str(payment.reference), PART)


def asked() -> int:
    return Message.objects.filter(kind="payment_short").count()


def test_what_was_sent_back_is_asked_for_again(payment: Payment) -> None:
    line = part(payment)
    assert still_asked(payment) == payment.amount - PART
    confirmed(proposed(line, kind=Kind.BACK))
    assert still_asked(payment) == payment.amount


def test_nobody_is_asked_for_the_rest_of_an_order_that_ended(client: Client, payment: Payment) -> None:
    with clock.at(after_the_end(payment.order)):
        end_unpaid_orders()
        part(payment)
    assert asked() == 0


def test_nobody_is_asked_for_nothing(payment: Payment) -> None:
    """All of it has come, but staff are deciding about the first part."""
    proposed(part(payment), kind=Kind.BACK)
    line_of(f"{payment.reference} them", int(payment.amount) - PART)
    assert still_asked(payment) == 0
    assert asked() == 1
