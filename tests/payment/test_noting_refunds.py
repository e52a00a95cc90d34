"""What Stripe says of refunds, one word at a time: only what fits is written down."""

from typing import Any

import pytest

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment.models import Method, Payment, Refund, RefundReason, RefundStatus
from marketplace.payment.refund_states import move_refund
from marketplace.payment.stripe_gateway import GivenBack
from marketplace.payment.stripe_refunds import DoesNotFit, note_refund, work_off
from marketplace.payment.transfers import give_again
from marketplace.work.models import Job
from tests import factories
from tests.payment.giving import STAFF, gone, grants, paid
from tests.payment.test_order_held import told

pytestmark = pytest.mark.django_db


def by_card(intent: str = "pi_1") -> Order:
    order = paid((factories.product(price=100_000, stock=9), 2))
    Payment.objects.filter(order=order).update(reference=intent, method=Method.CARD)
    return order


@pytest.fixture
def order() -> Order:
    return by_card()


@pytest.fixture
def refund(order: Order) -> Refund:
    return grants(order, RefundReason.GOODWILL, amount=50_000)[0]


def notes(**facts: Any) -> bool:
    return note_refund(told(GivenBack, **facts), moment=clock.now())


def test_a_word_that_stripe_has_told_nobody_of_is_for_staff(order: Order) -> None:
    with pytest.raises(DoesNotFit, match="halfway"):
        notes(status="halfway")
    assert gone(order) == []


def test_what_failed_on_stripes_pages_went_nowhere(order: Order) -> None:
    assert not notes(status="failed") and gone(order) == []


def test_another_amount_under_a_known_id_is_for_staff(order: Order, refund: Refund) -> None:
    Refund.objects.update(reference="x_1")
    with pytest.raises(DoesNotFit, match="50000"):
        notes(status="succeeded", amount=refund.amount - 1)
    assert gone(order) == [("goodwill", 50_000, "due")]


def test_a_second_one_at_stripe_with_our_key_is_counted_too(order: Order, refund: Refund) -> None:
    Refund.objects.update(reference="x_0")
    assert notes(status="succeeded", refund=str(refund.pk), amount=refund.amount)
    refund.refresh_from_db()
    assert (refund.reference, refund.status) == ("x_0", "due")
    assert gone(order)[1:] == [("provider", 50_000, "succeeded")]


def test_our_key_at_another_payments_refund_names_none_of_ours(order: Order, refund: Refund) -> None:
    other = by_card("pi_2")
    assert notes(status="succeeded", refund=str(refund.pk), amount=refund.amount, intent="pi_2")
    assert gone(other) == [("provider", 50_000, "succeeded")]
    assert gone(order) == [("goodwill", 50_000, "due")]


def test_news_that_come_late_change_nothing(order: Order, refund: Refund) -> None:
    for status, changes in (("pending", True), ("succeeded", True), ("pending", False)):
        assert notes(status=status, refund=str(refund.pk), amount=refund.amount) == changes
    assert gone(order) == [("goodwill", 50_000, "succeeded")]


def test_a_refusal_that_comes_late_fails_nothing_that_is_under_way(order: Order, refund: Refund) -> None:
    Refund.objects.update(reference="x_1", status="pending")
    work_off(str(refund.pk), {"error": "No such refund", "there": []})
    assert gone(order) == [("goodwill", 50_000, "pending")]


def test_what_was_given_there_explains_a_refusal_and_is_noted(order: Order, refund: Refund) -> None:
    given = told(GivenBack, status="succeeded", amount=order.payments.get().received)
    work_off(str(refund.pk), {"error": "Already refunded", "there": [given]})
    assert gone(order) == [
        ("goodwill", 50_000, "failed"),
        ("provider", order.payments.get().received, "succeeded"),
    ]


def test_one_of_stripes_pages_that_failed_is_given_again_by_transfer(order: Order) -> None:
    """Not by the same card, which did not take it."""
    notes(status="succeeded", amount=order.payments.get().received)
    failed = Refund.objects.get()
    move_refund(refund_id=failed.pk, to=RefundStatus.FAILED, moment=clock.now(), note="expired")
    Job.objects.all().delete()
    again = give_again(refund_id=failed.pk, by=STAFF, moment=clock.now())
    assert (again.way, again.amount) == ("transfer", failed.amount)
    assert not Job.objects.filter(kind="payment.refund").exists()
