"""Whatever changes an order's money holds the order's row before it looks at anything that it decides by."""

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace import clock
from marketplace.order.models import Order, ParcelState
from marketplace.order.paying import CannotReopen, expire, reopen
from marketplace.payment import transfers
from marketplace.payment.disputes import take_dispute
from marketplace.payment.granting import Wanted, grant
from marketplace.payment.models import Method, Payment, Refund, RefundReason, RefundStatus
from marketplace.payment.opening import open_payment
from marketplace.payment.receiving import receive
from marketplace.payment.refund_accounts import CannotChange, keep_account
from marketplace.payment.refund_states import CannotMove, move_refund
from marketplace.payment.refunding import CannotRefund, give_back_owed, refund, spread
from marketplace.payment.stripe_gateway import FoundDispute, GivenBack
from marketplace.payment.stripe_refunds import DoesNotFit, note_refund
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.payment.giving import STAFF, grants, paid
from tests.payment.waiting import waiting

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

WHY_NOT = (CannotRefund, CannotMove, CannotChange, CannotReopen, DoesNotFit)
HALF = {"amount": Decimal(1_000), "reason": RefundReason.GOODWILL, "key": "k"}


def _refund(order: Order) -> int:
    return Refund.objects.get(payment__order=order, reason=RefundReason.GOODWILL).pk


def _payment(order: Order) -> int:
    return order.payments.get().pk


TOLD = {
    "id": "x_1",
    "intent": "pi_1",
    "amount": Decimal(1_000),
    "currency": "vnd",
    "refund": "",
    "failure": "",
}


def told(kind: Any, **more: Any) -> Any:
    """What Stripe says of one thing of that payment."""
    return kind(**{field.name: (TOLD | more)[field.name] for field in fields(kind)})


def _dispute() -> FoundDispute:
    more = {"status": "needs_response", "reason": "fraudulent", "answer_due_at": None}
    found: FoundDispute = told(FoundDispute, opened_at=clock.now(), **more)
    return found


#: What is done; how many questions it may ask before, to find the order at all.
ACTS: dict[str, tuple[Callable[[Order], Any], int]] = {
    "receive": (
        lambda order: receive(payment_id=_payment(order), amount=Decimal(10**6), moment=clock.now()),
        0,
    ),
    "open": (
        lambda order: open_payment(order_id=order.pk, method=Method.TRANSFER, moment=clock.now()),
        0,
    ),
    "expire": (lambda order: expire(order_id=order.pk, moment=clock.now()), 0),
    "reopen": (lambda order: reopen(order_id=order.pk, moment=clock.now()), 0),
    "refund": (lambda order: refund(payment_id=_payment(order), moment=clock.now(), **HALF), 0),
    "spread": (lambda order: spread(order_id=order.pk, moment=clock.now(), **HALF), 0),
    "give back": (
        lambda order: give_back_owed(
            order_id=order.pk, reason=RefundReason.CANCELLED, key="x", moment=clock.now()
        ),
        0,
    ),
    "grant": (
        lambda order: grant(
            order_id=order.pk,
            wanted=Wanted(RefundReason.GOODWILL, amount=Decimal(1)),
            shown=Decimal(0),
            words="x",
            key="x",
            by=STAFF,
            moment=clock.now(),
        ),
        0,
    ),
    "move": (
        lambda order: move_refund(refund_id=_refund(order), to=RefundStatus.FAILED, moment=clock.now()),
        0,
    ),
    "prepare": (
        lambda order: transfers.prepare(refund_id=_refund(order), by=STAFF, moment=clock.now()),
        0,
    ),
    "account": (
        lambda order: keep_account(
            order_id=order.pk, bank="970436", number="0123456789", holder="A", moment=clock.now()
        ),
        0,
    ),
    "Stripe's refund": (
        lambda _order: note_refund(told(GivenBack, status="pending"), moment=clock.now()),
        1,
    ),
    "dispute": (lambda _order: take_dispute(_dispute()), 1),
}


@pytest.fixture
def order() -> Order:
    """Paid, delivered, and something of it given back; its payment is Stripe's as far as its name goes."""
    found = paid((factories.product(price=100_000, stock=9), 2))
    bring(parcel_of(found), ParcelState.DELIVERED)
    grants(found, RefundReason.GOODWILL, amount=Decimal(5_000))
    Payment.objects.update(reference="pi_1", method=Method.CARD)
    return found


@pytest.mark.parametrize("name", ACTS)
def test_the_orders_row_is_held_first(order: Order, name: str) -> None:
    act, before = ACTS[name]
    if name == "open":
        order = waiting((factories.product(), 1))
    prepared = {"receive": _payment, "refund": _payment, "move": _refund, "prepare": _refund}
    finding = 1 if name in prepared else 0  # the test's own question for the key
    with CaptureQueriesContext(connection) as asked:
        try:
            act(order)
        except WHY_NOT:
            pass
    said = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]][finding:]
    held = [place for place, sql in enumerate(said) if "FOR UPDATE" in sql and '"order_order"' in sql]
    assert held and held[0] <= before, said[:3]
