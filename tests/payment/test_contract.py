"""What the shop relies on of Stripe. Tried against the double, and with STRIPE_CONTRACT_KEY (a secret key of Stripe's
test mode) against Stripe itself:

    STRIPE_CONTRACT_KEY=sk_test_… .venv/bin/pytest tests/payment/test_contract.py
"""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import stripe

from marketplace import clock
from marketplace.payment import stripe_gateway
from marketplace.payment.models import Method, Payment, PaymentStatus, Refund, RefundReason
from marketplace.payment.stripe_gateway import (
    API_VERSION,
    Intent,
    Refused,
    cancel_intent,
    create_intent,
    retrieve_intent,
)
from tests import factories
from tests.payment.waiting import waiting

pytestmark = pytest.mark.django_db
KEY = os.environ.get("STRIPE_CONTRACT_KEY", "")


@pytest.fixture
def client(settings: Any, request: pytest.FixtureRequest) -> Iterator[stripe.StripeClient]:
    """Whoever owns the double's or Stripe's account, past the shop."""
    if not KEY:
        request.getfixturevalue("double")
    else:
        assert "_test_" in KEY, "never with a key of the live mode"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API = KEY, "https://api.stripe.com"
    addresses: Any = {"api": settings.STRIPE_API}
    yield stripe.StripeClient(
        settings.STRIPE_SECRET_KEY, stripe_version=API_VERSION, base_addresses=addresses
    )


@pytest.fixture
def payment(client: stripe.StripeClient) -> Payment:
    """With a key that no earlier run has used: Stripe knows idempotency keys for a day, and row keys begin again."""
    order = waiting((factories.product(price=100_000, stock=5), 2))
    facts = {"order": order, "method": Method.CARD, "amount": order.total_incl_tax}
    return Payment.objects.create(pk=time.time_ns(), created_at=clock.now(), **facts)


def paid(client: stripe.StripeClient, payment: Payment, card: str = "pm_card_visa") -> Intent:
    made = create_intent(payment)
    client.v1.payment_intents.confirm(made.id, {"payment_method": card})
    return retrieve_intent(made.id)


def test_an_intent_is_of_whole_dong_and_names_our_row(client: stripe.StripeClient, payment: Payment) -> None:
    made = create_intent(payment)
    assert (made.status, made.amount, made.payment) == (
        "requires_payment_method",
        payment.amount,
        str(payment.pk),
    )
    assert made.secret.startswith(made.id)
    found = client.v1.payment_intents.retrieve(made.id)
    assert (found.amount, found.currency) == (int(payment.amount), "vnd")


def test_the_same_row_makes_one_intent(payment: Payment) -> None:
    assert create_intent(payment).id == create_intent(payment).id


def test_another_amount_under_the_same_key_is_refused(payment: Payment) -> None:
    create_intent(payment)
    payment.amount += 1
    with pytest.raises(Refused):
        create_intent(payment)


def test_a_paid_intent_has_succeeded_and_is_not_cancelled(
    client: stripe.StripeClient, payment: Payment
) -> None:
    intent = paid(client, payment)
    assert (intent.status, cancel_intent(intent.id).status) == ("succeeded", "succeeded")


def test_an_unpaid_intent_is_cancelled_once(client: stripe.StripeClient, payment: Payment) -> None:
    made = create_intent(payment)
    assert [cancel_intent(made.id).status, cancel_intent(made.id).status] == ["canceled", "canceled"]
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.confirm(made.id, {"payment_method": "pm_card_visa"})


def test_a_declined_card_leaves_the_intent_to_be_paid_otherwise(
    client: stripe.StripeClient, payment: Payment
) -> None:
    with pytest.raises(stripe.CardError) as caught:
        paid(client, payment, "pm_card_visa_chargeDeclinedInsufficientFunds")
    assert (caught.value.code, caught.value.error.decline_code) == ("card_declined", "insufficient_funds")
    assert paid(client, payment).status == "succeeded"


def test_what_is_outside_the_limits_is_refused_by_stripe_too(client: stripe.StripeClient) -> None:
    params: Any = {"currency": "vnd", "allowed_payment_method_types": ["card"]}
    for amount, code in ((5_000, "amount_too_small"), (1_000_000_000, "amount_too_large")):
        with pytest.raises(stripe.InvalidRequestError) as caught:
            client.v1.payment_intents.create(params | {"amount": amount})
        assert caught.value.code == code


def test_what_stripe_does_not_know_is_refused(client: stripe.StripeClient) -> None:
    for ask in (retrieve_intent, stripe_gateway.retrieve_dispute):
        with pytest.raises(Refused):
            ask("pi_nobody_has_this")


def test_a_wrong_key_is_told_apart_from_a_wrong_question(settings: Any, payment: Payment) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_wrong"
    with pytest.raises(stripe_gateway.Away):
        create_intent(payment)


def test_a_part_goes_back_once_and_no_more_than_came(client: stripe.StripeClient, payment: Payment) -> None:
    intent = paid(client, payment)
    Payment.objects.filter(pk=payment.pk).update(
        reference=intent.id, status=PaymentStatus.SUCCEEDED, received=payment.amount, ended_at=clock.now()
    )
    facts = {
        "payment": Payment.objects.get(pk=payment.pk),
        "reason": RefundReason.GOODWILL,
        "way": Method.CARD,
    }
    part, rest = (
        Refund(pk=time.time_ns(), amount=amount, key=str(amount), created_at=clock.now(), **facts)
        for amount in (30_000, payment.amount)
    )
    assert stripe_gateway.give_back(part).id == stripe_gateway.give_back(part).id
    told = stripe_gateway.refunds_of(intent.id)
    assert [(one.amount, one.refund) for one in told] == [(30_000, str(part.pk))]
    assert told[0].status in {"succeeded", "pending"}
    with pytest.raises(Refused):
        stripe_gateway.give_back(rest)


def test_what_moved_in_the_balance_names_its_charge(client: stripe.StripeClient, payment: Payment) -> None:
    """Stripe books a charge within moments, not with its answer."""
    begun = clock.now() - timedelta(minutes=1)
    intent = paid(client, payment)
    for _look in range(20):
        moved = stripe_gateway.list_movements(since=begun, until=clock.now() + timedelta(minutes=1))
        if intent.id in {one.intent for one in moved}:
            break
        time.sleep(0.5)
    assert (intent.id, payment.amount) in {(one.intent, one.amount) for one in moved}
