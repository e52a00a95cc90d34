"""Cards: our payments, Stripe's intents, and webhooks in any order, twice, late, or forged."""

import json
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import stripe
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import EventState, Method, Payment, ProviderEvent
from marketplace.payment.money import MOST, NotByCard, from_stripe, to_stripe
from marketplace.payment.receiving import AmountDiffers
from marketplace.payment.stripe_gateway import Away, cancel_intent
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.conftest import SECRET
from tests.payment.waiting import after_the_end, opened, refunds, state, waiting
from tests.stripe_double.serving import Remote
from tests.stripe_double.signing import signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order, double: Remote) -> Payment:
    return opened(order, Method.CARD)


def library(double: Remote) -> stripe.StripeClient:
    """Stripe's own, past the shop."""
    return stripe.StripeClient(double.secret_key, base_addresses={"api": double.address})


def pays(double: Remote, payment: Payment, with_card: str = "pm_card_visa") -> str:
    """As the buyer's browser would; the intent's id."""
    intent = card.start(payment)
    library(double).v1.payment_intents.confirm(intent.id, {"payment_method": with_card})
    return intent.id


def event(kind: str, intent: str, key: str = "evt_1") -> dict[str, Any]:
    return {"id": key, "object": "event", "type": kind, "data": {"object": {"id": intent}}}


def tells(client: Client, told: Any, *, secret: str = SECRET, at: int | None = None) -> int:
    body = json.dumps(told).encode()
    header = signature(body, secret, at=at or int(time.time()))
    answer = client.post(
        reverse("payment:stripe_webhook"),
        body,
        content_type="application/json",
        headers={"Stripe-Signature": header},
    )
    return answer.status_code


def test_a_webhook_pays_the_order_once_however_often_it_is_told(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    assert state(order) == "awaiting_payment"
    for _again in range(3):
        assert tells(client, event("payment_intent.succeeded", intent)) == 200
    run_due()
    assert tells(client, event("payment_intent.succeeded", intent, key="evt_2")) == 200
    run_due()
    assert (state(order), refunds(order)) == ("paid", [])
    states = ProviderEvent.objects.order_by("key").values_list("key", "state")
    assert list(states) == [("evt_1", EventState.DONE), ("evt_2", EventState.DONE)]


def test_the_browsers_return_and_the_webhook_may_come_in_either_order(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    payment.refresh_from_db()
    assert card.look(payment) and card.look(payment)
    tells(client, event("payment_intent.succeeded", intent))
    run_due()
    assert (state(order), refunds(order)) == ("paid", [])


def test_an_event_that_was_overtaken_is_not_believed(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = card.start(payment)
    assert tells(client, event("payment_intent.succeeded", intent.id)) == 200
    run_due()
    assert state(order) == "awaiting_payment"


def test_a_crash_after_stripes_answer_makes_no_second_intent(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    Payment.objects.update(reference=None)  # as if the process had died before it noted the id
    payment.refresh_from_db()
    tells(client, event("payment_intent.succeeded", intent))
    run_due()
    assert (state(order), Payment.objects.get().reference) == ("paid", intent)
    created = [call for call in double.control("calls")["calls"] if call["path"] == "/v1/payment_intents"]
    payment.reference = None
    assert card.start(payment).id == intent and len(created) == 1


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "error_before"])
def test_whatever_happens_on_the_way_asking_again_gives_one_intent(
    double: Remote, payment: Payment, kind: str
) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind=kind, status=500)
    with pytest.raises(Away):
        card.start(payment)
    made = card.start(payment)
    payment.refresh_from_db()
    assert (payment.reference, card.start(payment).id) == (made.id, made.id)
    assert [intent.id for intent in library(double).v1.payment_intents.list().data] == [made.id]


def test_an_event_waits_while_stripe_is_away(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    tells(client, event("payment_intent.succeeded", intent))
    double.control("faults", operation="GET /v1/payment_intents/*", kind="error_before", status=503)
    run_due()
    assert state(order) == "awaiting_payment"
    assert Job.objects.get(kind="payment.event").state == JobState.WAITING
    with clock.at(clock.now() + timedelta(hours=1)):
        run_due()
    assert state(order) == "paid"


def test_an_event_is_worked_off_however_long_stripe_was_away(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    tells(client, event("payment_intent.succeeded", intent))
    double.control("faults", operation="GET /v1/payment_intents/*", kind="error_before", status=503, times=99)
    for hours in range(7):
        with clock.at(clock.now() + timedelta(hours=hours)):
            run_due()
    assert ProviderEvent.objects.get().state == EventState.WAITING
    double.control("faults/clear")
    for hours in (8, 9):
        with clock.at(clock.now() + timedelta(hours=hours)):
            run_due()
    assert (ProviderEvent.objects.get().state, state(order)) == (EventState.DONE, "paid")


def test_money_that_is_told_of_after_the_end_is_honoured(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    with clock.at(after_the_end(order) + timedelta(hours=1)):
        end_unpaid_orders()
        assert state(order) == "cancelled"
        tells(client, event("payment_intent.succeeded", intent))
        run_due()
    assert (state(order), refunds(order)) == ("paid", [])


@pytest.mark.parametrize("forged", [{"secret": "whsec_other"}, {"at": 1_000}])
def test_what_stripe_did_not_sign_now_is_refused(
    client: Client, payment: Payment, forged: dict[str, Any]
) -> None:
    assert tells(client, event("payment_intent.succeeded", "pi_1"), **forged) == 400
    assert not ProviderEvent.objects.exists()


def test_a_refused_webhook_says_why_and_the_log_keeps_it(
    client: Client, payment: Payment, caplog: pytest.LogCaptureFixture
) -> None:
    where = reverse("payment:stripe_webhook")
    unsigned = client.post(where, b'{"card": "4242"}', content_type="application/json")
    long = client.post(where, b"x" * 300_000, content_type="application/json")
    for answer in (unsigned, long):
        assert answer.content and f"A webhook was refused: {answer.content.decode()}" in caplog.text
    assert "too long" in caplog.text and "4242" not in caplog.text


def test_without_signature_or_json_or_too_long_it_is_refused(client: Client, payment: Payment) -> None:
    where = reverse("payment:stripe_webhook")
    assert client.post(where, b"{}", content_type="application/json").status_code == 400
    body = b"not json"
    header = {"Stripe-Signature": signature(body, SECRET, at=int(time.time()))}
    assert client.post(where, body, content_type="application/json", headers=header).status_code == 400
    assert client.post(where, b"x" * 300_000, content_type="application/json").status_code == 413
    assert client.get(where).status_code == 405
    assert not ProviderEvent.objects.exists()


def test_unknown_events_and_foreign_intents_are_kept_and_change_nothing(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    assert tells(client, event("account.updated", "acct_1", key="evt_a")) == 200
    assert tells(client, event("payment_intent.succeeded", "pi_unknown", key="evt_b")) == 200
    run_due()
    states = dict(ProviderEvent.objects.values_list("key", "state"))
    assert states == {"evt_a": EventState.IGNORED, "evt_b": EventState.FAILED}
    assert state(order) == "awaiting_payment"


def test_an_intent_at_stripe_that_belongs_to_nobody_here_is_kept_for_staff(
    client: Client, double: Remote, order: Order
) -> None:
    made = library(double).v1.payment_intents.create(
        {"amount": 50_000, "currency": "vnd", "payment_method": "pm_card_visa", "confirm": True}
        | {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    )
    tells(client, event("payment_intent.succeeded", made.id))
    run_due()
    kept = ProviderEvent.objects.get()
    assert (kept.state, made.id in kept.error) == (EventState.FAILED, True)


def test_another_intent_with_our_key_is_not_our_payments(double: Remote, payment: Payment) -> None:
    ours = card.start(payment)
    assert card.payment_of(ours) == payment
    assert card.payment_of(replace(ours, id="pi_other")) is None


def test_less_than_was_asked_for_is_kept_for_staff(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    intent = pays(double, payment)
    Payment.objects.update(amount=payment.amount + 1, reference=None)
    tells(client, event("payment_intent.succeeded", intent))
    run_due()
    assert ProviderEvent.objects.get().state == EventState.FAILED
    payment.refresh_from_db()
    assert payment.reference is None, "nothing half done"
    Payment.objects.update(reference=intent)
    payment.refresh_from_db()
    with pytest.raises(AmountDiffers):
        card.look(payment)
    assert state(order) == "awaiting_payment"


def test_an_intent_that_has_succeeded_is_not_cancelled(double: Remote, payment: Payment) -> None:
    assert cancel_intent(card.start(payment).id).status == "canceled"
    other = opened(waiting((factories.product(price=100_000), 1)), Method.CARD)
    assert cancel_intent(pays(double, other)).status == "succeeded"


def test_amounts_are_whole_and_within_stripes_limits(settings: Any) -> None:
    assert [to_stripe(amount) for amount in (settings.CARD_LEAST, MOST)] == [15_000, MOST]
    for wrong in (settings.CARD_LEAST - 1, MOST + 1):
        with pytest.raises(NotByCard, match=r"15\.000"):
            to_stripe(wrong)
    with pytest.raises(ValueError, match="usd"):
        from_stripe(1, "usd")


def test_money_in_another_currency_is_recorded_and_pays_nothing(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    params: Any = {
        "amount": int(payment.amount),
        "currency": "usd",
        "payment_method": "pm_card_visa",
        "confirm": True,
        "metadata": {"payment": str(payment.pk)},
        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
    }
    intent = library(double).v1.payment_intents.create(params)
    tells(client, event("payment_intent.succeeded", intent.id))
    run_due()
    kept = ProviderEvent.objects.get()
    assert (kept.state, "usd" in kept.error) == (EventState.FAILED, True)
    assert state(order) == "awaiting_payment"
