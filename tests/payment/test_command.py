"""`manage.py transfer_received`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketplace.order.models import Order
from tests import factories
from tests.payment.waiting import opened, state, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000), 2))


def run(code: str | None, amount: object) -> str:
    said = StringIO()
    call_command("transfer_received", code, str(amount), stdout=said)
    return said.getvalue().strip()


def test_a_transfer_pays_its_order_once(order: Order) -> None:
    payment = opened(order)
    assert payment.reference
    assert run(f" {payment.reference.lower()} ", payment.amount) == "paid"
    assert run(payment.reference, payment.amount) == "known"
    assert state(order) == "paid"


def test_an_unknown_code_and_too_little_are_refused(order: Order) -> None:
    payment = opened(order)
    with pytest.raises(CommandError, match="No payment"):
        run("OCOPAAAAAAAA", payment.amount)
    with pytest.raises(CommandError, match="nothing is changed"):
        run(payment.reference, payment.amount - 1)
    assert state(order) == "awaiting_payment"
