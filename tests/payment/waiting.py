"""Orders that wait for their money."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from catalogue.models import Product
from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.order.placement import Payment as Start
from marketplace.payment.models import Method, Payment, Refund
from marketplace.payment.opening import open_payment
from marketplace.payment.receiving import Outcome, receive
from tests.order.placing import attempt, basket_of, send

HOURS = 24


def waiting(*contents: tuple[Product, int]) -> Order:
    due = clock.now() + timedelta(hours=HOURS)
    made = attempt(basket_of(*contents), payment=Start(PaymentState.AWAITING_PAYMENT, due))
    return send(replace(made, recipient=replace(made.recipient, email="hoai.thuong@example.com")))


def opened(order: Order, method: Method = Method.TRANSFER) -> Payment:
    return open_payment(order_id=order.pk, method=method, moment=clock.now())


def pays(payment: Payment, amount: Decimal | None = None) -> Outcome:
    return receive(payment_id=payment.pk, amount=amount or payment.amount, moment=clock.now())


def after_the_end(order: Order) -> datetime:
    assert order.payment_due_at is not None
    return order.payment_due_at + timedelta(minutes=1)


def refunds(order: Order) -> list[tuple[str, Any]]:
    rows = Refund.objects.filter(payment__order=order).order_by("pk")
    return list(rows.values_list("reason", "amount"))


def state(order: Order) -> str:
    order.refresh_from_db()
    return str(order.payment_state)
