"""Payment intents through the real library."""

import stripe

from tests.stripe_double.conftest import Shop
from tests.stripe_double.serving import Remote

CARD_ONLY = {"enabled": True, "allow_redirects": "never"}


def test_a_card_pays_and_a_signed_webhook_says_so(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    intent = client.v1.payment_intents.create(
        {
            "amount": 250_000,
            "currency": "vnd",
            "metadata": {"order": "1001"},
            "automatic_payment_methods": CARD_ONLY,
        }
    )
    assert (intent.status, intent.client_secret is not None) == ("requires_payment_method", True)
    paid = client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert (paid.status, paid.amount_received, paid.metadata["order"]) == ("succeeded", 250_000, "1001")
    assert double.control("webhooks/settle")["settled"]
    assert "payment_intent.succeeded" in shop.types
