"""Guards of what Stripe tells and fits nothing of ours; each of these tests fails without its own."""

from typing import Any

import pytest
from django.test import Client

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.models import (
    Dispute,
    EventState,
    Method,
    Payment,
    ProviderEvent,
    Refund,
    RefundStatus,
)
from marketplace.payment.stripe_gateway import retrieve_refund
from marketplace.payment.stripe_refunds import note_others
from marketplace.payment.sums import to_replace
from marketplace.payment.unusable import fits_after_all, tell_of
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.giving import gone
from tests.payment.test_card import event, library, tells
from tests.payment.test_disputes import disputed, hears
from tests.payment.test_stripe_refunds import charged, given
from tests.payment.waiting import opened, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_dollars(double: Remote) -> Payment:
    """Somebody made an intent of ours one of dollars on Stripe's pages, and it was paid."""
    payment = opened(waiting((factories.product(price=100_000, stock=5), 2)), Method.CARD)
    intent = card.start(payment).id
    library(double).v1.payment_intents.update(intent, {"currency": "usd", "amount": 2_000})  # type: ignore[typeddict-unknown-key]
    library(double).v1.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"})
    payment.refresh_from_db()
    return payment


def why(key: str) -> tuple[str, str]:
    row = ProviderEvent.objects.get(key=key)
    return row.state, row.error


def test_what_staff_have_looked_into_stays_as_they_left_it() -> None:
    for about in ("re_seen", "re_open"):
        tell_of(kind="refund", about=about, why="lạ")
    ProviderEvent.objects.filter(matter="re_seen").update(seen_at=clock.now(), seen_note="Đã hỏi")
    for about in ("re_seen", "re_open"):
        fits_after_all(about)
    assert sorted(ProviderEvent.objects.values_list("state", "seen_note")) == [
        (EventState.DONE, ""),
        (EventState.FAILED, "Đã hỏi"),
    ]


def test_a_dispute_in_dollars_is_for_staff(client: Client, double: Remote, in_dollars: Payment) -> None:
    assert hears(client, "created", disputed(double, in_dollars), "evt_d") == EventState.FAILED
    assert "in usd" in why("evt_d")[1] and not Dispute.objects.exists()


def test_a_refund_in_dollars_is_for_staff(client: Client, double: Remote, in_dollars: Payment) -> None:
    made = library(double).v1.refunds.create({"payment_intent": str(in_dollars.reference), "amount": 500})
    tells(client, event("refund.created", made.id, key="evt_r"))
    run_due()
    state, error = why("evt_r")
    assert state == EventState.FAILED and "is in usd" in error
    assert not Refund.objects.exists()


def test_an_order_of_one_producer_is_disputed_as_a_whole(client: Client, double: Remote) -> None:
    order = charged(double)
    hears(client, "created", disputed(double, Payment.objects.get(order=order)), "evt_d")
    assert Dispute.objects.get().consignment is None


def test_a_refund_under_our_key_with_another_sum_is_no_riddle(double: Remote) -> None:
    order = charged(double)
    ours = given(order, 50_000)
    params: Any = {
        "payment_intent": str(Payment.objects.get(order=order).reference),
        "amount": 30_000,
        "metadata": {"refund": str(ours.pk)},
    }
    theirs = library(double).v1.refunds.create(params)
    note_others([retrieve_refund(theirs.id)])
    assert gone(order) == [("goodwill", 50_000, "due"), ("provider", 30_000, "succeeded")]
    assert not ProviderEvent.objects.exists()


def test_another_sum_than_what_failed_takes_the_place_of_nothing(double: Remote) -> None:
    order = charged(double)
    failed = given(order, 50_000)
    Refund.objects.filter(pk=failed.pk).update(status=RefundStatus.FAILED, ended_at=clock.now())
    intent = str(Payment.objects.get(order=order).reference)
    theirs = library(double).v1.refunds.create({"payment_intent": intent, "amount": 20_000})
    note_others([retrieve_refund(theirs.id)])
    assert to_replace().get() == failed
    assert Refund.objects.get(reference=theirs.id).again_of is None


def test_an_intent_that_is_being_worked_off_is_not_replaced(double: Remote) -> None:
    """Whatever its sum is now: the buyer may have paid it already."""
    order: Order = waiting((factories.product(price=100_000, stock=5), 2))
    payment = opened(order, Method.CARD)
    intent = card.start(payment).id
    library(double).v1.payment_intents.update(intent, {"amount": 999_000})
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="processing")
    library(double).v1.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"})
    payment.refresh_from_db()
    assert card.usable(payment)[0] == payment
    assert order.payments.count() == 1
