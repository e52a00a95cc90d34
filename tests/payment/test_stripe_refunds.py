"""Refunds by card: our rows and Stripe's, whatever happens on the way."""

from datetime import timedelta
from typing import Any

import pytest
import stripe
from django.test import Client

from marketplace import clock
from marketplace.communication.models import Message
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.jobs import Looked
from marketplace.payment.models import EventState, Method, Payment, ProviderEvent, Refund, RefundReason
from marketplace.payment.stripe_gateway import give_back
from marketplace.payment.stripe_refunds import go_on_asking
from marketplace.payment.sums import Back
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import BUYER, parcel_of
from tests.payment.giving import gone, grants, settled, sums
from tests.payment.test_card import event, library, tells
from tests.payment.waiting import opened, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
GOODWILL = RefundReason.GOODWILL


def charged(double: Remote, with_card: str = "pm_card_visa") -> Order:
    """An order paid by card."""
    order = waiting((factories.product(price=100_000, stock=5), 2))
    payment = opened(order, Method.CARD)
    intent = card.start(payment)
    library(double).v1.payment_intents.confirm(intent.id, {"payment_method": with_card})
    payment.refresh_from_db()
    assert card.look(payment)
    order.refresh_from_db()
    return order


@pytest.fixture
def order(double: Remote) -> Order:
    return charged(double)


def given(order: Order, amount: int = 50_000, key: str = "k") -> Refund:
    return grants(order, GOODWILL, amount=amount, key=key)[0]


def at_stripe(double: Remote, order: Order) -> list[tuple[int, str]]:
    intent = Payment.objects.get(order=order).reference
    return [
        (one.amount, one.status) for one in library(double).v1.refunds.list({"payment_intent": intent}).data
    ]


def state(refund: Refund) -> str:
    refund.refresh_from_db()
    return refund.status


def later(**apart: int) -> Any:
    return clock.at(clock.now() + timedelta(**apart))


def test_stripe_gives_it_back_with_our_key_and_id(double: Remote, order: Order) -> None:
    refund = given(order)
    assert state(refund) == "due" and at_stripe(double, order) == []
    run_due()
    run_due()
    assert (state(refund), at_stripe(double, order)) == ("succeeded", [(50_000, "succeeded")])
    made = library(double).v1.refunds.retrieve(refund.reference or "")
    assert made.to_dict()["metadata"] == {"refund": str(refund.pk), "order": order.number}
    assert settled(order) and sums(order).back == Back.PARTLY
    calls = double.control("calls")["calls"]
    (asked,) = [call for call in calls if (call["method"], call["path"]) == ("POST", "/v1/refunds")]
    assert f"refund-{refund.pk}" in asked.values()


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before", "error_saved"])
def test_whatever_happens_on_the_way_it_is_given_once(double: Remote, order: Order, kind: str) -> None:
    refund = given(order)
    double.control("faults", operation="POST /v1/refunds", kind=kind, status=500)
    run_due()
    assert state(refund) == "due"
    with later(hours=1):
        run_due()
    assert (state(refund), at_stripe(double, order)) == ("succeeded", [(50_000, "succeeded")])


def test_a_crash_after_stripes_answer_makes_no_second_refund(double: Remote, order: Order) -> None:
    refund = given(order)
    made = give_back(refund)  # and the process dies before it notes the answer
    double.control("idempotency_keys/expire")
    run_due()
    assert (state(refund), refund.reference) == ("succeeded", made.id)
    assert at_stripe(double, order) == [(50_000, "succeeded")]


def test_the_webhook_may_come_before_our_own_note(client: Client, double: Remote, order: Order) -> None:
    refund = given(order)
    made = give_back(refund)
    tells(client, event("refund.created", made.id))
    Job.objects.filter(kind="payment.refund").delete()
    run_due()
    assert (state(refund), refund.reference, len(gone(order))) == ("succeeded", made.id, 1)


def test_when_stripe_is_away_for_long_it_is_asked_again(double: Remote, order: Order) -> None:
    refund = given(order)
    double.control("faults", operation="GET /v1/refunds", kind="error_before", status=503, times=99)
    for hours in range(1, 4):
        with later(hours=hours):
            run_due()
    assert state(refund) == "due"
    Job.objects.filter(kind="payment.refund").update(state=JobState.FAILED, due_at=clock.now())
    double.control("faults/clear")
    with later(hours=9):
        go_on_asking(clock.now())
        run_due()
    assert state(refund) == "succeeded"


def test_the_worker_asks_for_what_nobody_asked_for(
    double: Remote, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    refund = given(order)
    Job.objects.filter(kind="payment.refund").delete()
    monkeypatch.setattr(Looked, "at", None)
    run_due()
    assert state(refund) == "succeeded"


def test_a_slow_refund_is_under_way_until_it_arrives(double: Remote) -> None:
    order = charged(double, "pm_card_pendingRefund")
    refund = given(order)
    run_due()
    assert state(refund) == "pending" and sums(order).back == Back.UNDER_WAY
    double.control(f"refunds/{refund.reference}/settle")
    with later(days=1):
        go_on_asking(clock.now())
        run_due()
    assert state(refund) == "succeeded" and settled(order)


def test_one_that_fails_afterwards_is_owed_again(client: Client, double: Remote) -> None:
    order = charged(double, "pm_card_refundFail")
    refund = given(order)
    run_due()
    assert state(refund) == "succeeded"
    double.control(f"refunds/{refund.reference}/settle")
    for key in ("evt_1", "evt_2"):
        tells(client, event("refund.failed", str(refund.reference), key=key))
        run_due()
    assert state(refund) == "failed"
    assert (sums(order).due, sums(order).back) == (-50_000, Back.FAILED)
    assert set(ProviderEvent.objects.values_list("state", flat=True)) == {EventState.DONE}
    assert "expired" in refund.changes.latest("pk").note


def test_what_stripe_refuses_has_failed_with_its_reason(double: Remote, order: Order) -> None:
    refund = given(order)
    intent: Any = Payment.objects.get(order=order).reference
    library(double).v1.refunds.create({"payment_intent": intent})
    run_due()
    assert state(refund) == "failed" and refund.changes.latest("pk").note


def test_one_made_on_stripes_pages_is_written_down_once(client: Client, double: Remote, order: Order) -> None:
    intent: Any = Payment.objects.get(order=order).reference
    made = library(double).v1.refunds.create({"payment_intent": intent, "amount": 30_000})
    charge = {"id": "ch_1", "object": "charge", "payment_intent": intent}
    told = event("charge.refunded", "ch_1", key="evt_b") | {"data": {"object": charge}}
    for one in (event("refund.created", made.id, key="evt_a"), told):
        tells(client, one)
        run_due()
    assert gone(order) == [("provider", 30_000, "succeeded")]
    assert (sums(order).goodwill, settled(order)) == (30_000, True)
    assert Message.objects.filter(kind="payment_refunded").count() == 1


def test_one_made_on_stripes_pages_for_what_failed_is_no_gift(
    client: Client, double: Remote, order: Order
) -> None:
    cancel_consignment(consignment_id=parcel_of(order).consignment_id, by=BUYER, moment=clock.now())
    Refund.objects.all().delete()
    Job.objects.all().delete()
    intent: Any = Payment.objects.get(order=order).reference
    made = library(double).v1.refunds.create({"payment_intent": intent})
    tells(client, event("refund.created", made.id))
    run_due()
    assert sums(order).granted == 0 and settled(order)


def test_one_made_on_stripes_pages_that_does_not_fit_is_for_staff(
    client: Client, double: Remote, order: Order
) -> None:
    refund = given(order, int(order.total_incl_tax))
    intent: Any = Payment.objects.get(order=order).reference
    made = library(double).v1.refunds.create({"payment_intent": intent, "amount": 30_000})
    tells(client, event("refund.created", made.id))
    Job.objects.filter(kind="payment.refund").delete()
    run_due()
    kept = ProviderEvent.objects.get()
    assert (kept.state, state(refund)) == (EventState.FAILED, "due") and "30000" in kept.error


def test_a_refund_of_nobody_of_ours_is_for_staff(client: Client, double: Remote, order: Order) -> None:
    other = stripe_charge(double)
    made = library(double).v1.refunds.create({"payment_intent": other})
    tells(client, event("refund.created", made.id))
    run_due()
    assert ProviderEvent.objects.get().state == EventState.FAILED and gone(order) == []


def stripe_charge(double: Remote) -> str:
    """Paid past the shop."""
    params: Any = {
        "amount": 90_000, "currency": "vnd", "payment_method": "pm_card_visa", "confirm": True,
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
    }  # fmt: skip
    client: stripe.StripeClient = library(double)
    return client.v1.payment_intents.create(params).id


def test_of_an_event_only_what_is_needed_is_kept(client: Client, double: Remote, order: Order) -> None:
    told = event("charge.refunded", "ch_1")
    told["data"]["object"] |= {
        "billing_details": {"name": "Nguyễn Thị Hoài Thương"},
        "payment_intent": "pi_1",
    }
    tells(client, told)
    assert ProviderEvent.objects.get().payload["data"] == {"object": {"id": "ch_1", "payment_intent": "pi_1"}}
