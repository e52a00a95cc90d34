"""Short ways of the tests to create, pay and fail with the real library."""

from typing import Any

import pytest
import stripe

NO_REDIRECTS: Any = {"enabled": True, "allow_redirects": "never"}


def create(client: stripe.StripeClient, amount: int = 250_000, **given: Any) -> stripe.PaymentIntent:
    params: Any = {"amount": amount, "currency": "vnd", "automatic_payment_methods": NO_REDIRECTS} | given
    return client.v1.payment_intents.create(params)


def confirm(
    client: stripe.StripeClient, intent: stripe.PaymentIntent, card: str = "pm_card_visa"
) -> stripe.PaymentIntent:
    return client.v1.payment_intents.confirm(intent.id, {"payment_method": card})


def paid(
    client: stripe.StripeClient, amount: int = 250_000, card: str = "pm_card_visa"
) -> stripe.PaymentIntent:
    return confirm(client, create(client, amount), card)


def refund(client: stripe.StripeClient, intent: stripe.PaymentIntent, **given: Any) -> stripe.Refund:
    params: Any = {"payment_intent": intent.id} | given
    return client.v1.refunds.create(params)


def charge_of(client: stripe.StripeClient, intent: stripe.PaymentIntent) -> stripe.Charge:
    fresh = client.v1.payment_intents.retrieve(intent.id)
    return client.v1.charges.retrieve(str(fresh.latest_charge))


def error_of(caught: "pytest.ExceptionInfo[stripe.StripeError]") -> dict[str, Any]:
    body: Any = caught.value.json_body
    return dict(body["error"])
