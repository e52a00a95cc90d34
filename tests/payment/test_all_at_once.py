"""Money that is noticed from several sides at the same moment, over connections of their own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.communication.models import Message
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Method, PaymentChange, PaymentStatus
from marketplace.payment.receiving import receive
from marketplace.work.queue import run_due
from tests import factories
from tests.checkout.crowd import at_once
from tests.payment.test_card import event, pays, tells
from tests.payment.waiting import after_the_end, opened, refunds, state, waiting
from tests.stripe_double.serving import Remote

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


def once(order: Order) -> bool:
    """One payment moved the order once, one mail said so, and the stock is as it was placed."""
    moved = PaymentChange.objects.filter(after=PaymentStatus.SUCCEEDED).count()
    told = Message.objects.filter(kind="payment_received").count()
    return (state(order), refunds(order), moved, told) == ("paid", [], 1, 1)


def test_webhooks_the_return_and_the_worker_at_once(double: Remote, order: Order) -> None:
    intent = pays(double, opened(order, Method.CARD))
    back = reverse("payment:back", args=[order.token])
    webhooks: list[Callable[[], Any]] = [
        lambda key=f"evt_{number}": tells(Client(), event("payment_intent.succeeded", intent, key=key))
        for number in range(2)
    ]
    returns: list[Callable[[], Any]] = [lambda: Client().get(back).status_code] * 2
    assert set(at_once([*webhooks, *returns, run_due, run_due])) >= {200, 302}
    run_due()
    assert once(order)
    assert StockRecord.objects.get().num_allocated == 2


def test_of_ways_chosen_at_once_one_is_open(order: Order) -> None:
    at_once([lambda way=way: opened(order, way) for way in (Method.CARD, Method.TRANSFER) * 4])  # type: ignore[misc]
    assert order.payments.filter(status=PaymentStatus.OPEN).count() == 1


def test_money_and_the_end_at_once(order: Order) -> None:
    """Whichever comes first: the order is paid, with its goods."""
    payment = opened(order)

    def comes() -> Any:
        with clock.at(after_the_end(order)):
            return receive(payment_id=payment.pk, amount=payment.amount, moment=clock.now())

    def ends() -> Any:
        with clock.at(after_the_end(order)):
            return end_unpaid_orders()

    at_once([comes, ends, comes, ends, comes, ends])
    assert once(order)
    assert StockRecord.objects.get().num_allocated == 2
