"""Test cards: declines, and 3-D Secure."""

from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.cards import CARDS, luhn
from tests.stripe_double.serving import Remote

DECLINES = [
    ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
    ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
    ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
    ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
]


@pytest.mark.parametrize(("card", "code", "decline"), DECLINES)
def test_a_declined_card_says_why_and_leaves_a_failed_charge(
    client: stripe.StripeClient, card: str, code: str, decline: str | None
) -> None:
    intent = paying.create(client)
    with pytest.raises(stripe.CardError) as caught:
        paying.confirm(client, intent, card)
    error = paying.error_of(caught)
    assert (caught.value.http_status, error["type"], error["code"]) == (402, "card_error", code)
    assert error.get("decline_code") == decline
    assert error["payment_intent"]["id"] == intent.id
    after = client.v1.payment_intents.retrieve(intent.id)
    assert (after.status, after.payment_method) == ("requires_payment_method", None)
    assert after.last_payment_error is not None
    assert (after.last_payment_error.code, after.latest_charge) == (code, error["charge"])
    charge = client.v1.charges.retrieve(error["charge"])
    assert (charge.status, charge.paid, charge.failure_code) == ("failed", False, code)


def test_after_a_decline_another_card_pays_the_same_intent(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    with pytest.raises(stripe.CardError):
        paying.confirm(client, intent, "pm_card_visa_chargeDeclined")
    paid = paying.confirm(client, intent)
    assert (paid.status, paid.last_payment_error) == ("succeeded", None)
    assert [one.status for one in client.v1.charges.list({"payment_intent": intent.id}).data] == [
        "succeeded",
        "failed",
    ]


@pytest.mark.parametrize(
    ("card", "outcome", "status", "code"),
    [
        ("pm_card_threeDSecure2Required", "succeed", "succeeded", None),
        ("pm_card_authenticationRequired", "succeed", "succeeded", None),
        (
            "pm_card_threeDSecure2Required",
            "fail",
            "requires_payment_method",
            "payment_intent_authentication_failure",
        ),
        ("pm_card_threeDSecureRequiredChargeDeclined", "succeed", "requires_payment_method", "card_declined"),
    ],
)
def test_3d_secure_decides_before_money_moves(
    client: stripe.StripeClient, double: Remote, card: str, outcome: str, status: str, code: str | None
) -> None:
    intent = paying.paid(client, card=card)
    assert (intent.status, intent.latest_charge) == ("requires_action", None)
    assert intent.next_action is not None
    assert intent.next_action.type == "use_stripe_sdk"
    double.control(f"payment_intents/{intent.id}/authenticate", outcome=outcome)
    after = client.v1.payment_intents.retrieve(intent.id)
    assert (after.status, after.next_action) == (status, None)
    assert (after.last_payment_error.code if after.last_payment_error else None) == code


def test_an_intent_that_waits_for_3d_secure_can_be_cancelled(
    client: stripe.StripeClient, double: Remote
) -> None:
    intent = paying.paid(client, card="pm_card_threeDSecure2Required")
    assert client.v1.payment_intents.cancel(intent.id).status == "canceled"
    with pytest.raises(OSError):
        double.control(f"payment_intents/{intent.id}/authenticate", outcome="succeed")
    assert client.v1.charges.list().data == []


def test_without_a_script_the_customer_is_sent_to_the_banks_page(
    client: stripe.StripeClient, double: Remote
) -> None:
    given: Any = {
        "payment_method": "pm_card_threeDSecure2Required",
        "return_url": "https://shop.example/back",
    }
    intent = client.v1.payment_intents.confirm(paying.create(client).id, given)
    assert intent.next_action is not None
    action = intent.next_action.redirect_to_url
    assert action is not None
    assert action.return_url == "https://shop.example/back"
    assert str(action.url).startswith(double.address)


def test_a_customer_pays_by_number_as_the_browser_would(client: stripe.StripeClient, double: Remote) -> None:
    intent = paying.create(client)
    declined = double.control("pay", client_secret=intent.client_secret, card="4000000000000002")
    assert (declined["status"], declined["body"]["error"]["code"]) == (402, "card_declined")
    wrong = double.control("pay", client_secret=intent.client_secret, card="4242424242424241")
    assert wrong["body"]["error"]["code"] == "incorrect_number"
    real = double.control("pay", client_secret=intent.client_secret, card="4111111111111111")
    assert real["body"]["error"]["decline_code"] == "test_mode_live_card"
    challenged = double.control(
        "pay", client_secret=intent.client_secret, card="4000000000003220", authenticate="succeed"
    )
    assert challenged["body"]["status"] == "succeeded"


def test_card_numbers_are_refused_with_the_secret_key(client: stripe.StripeClient) -> None:
    card: Any = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    with pytest.raises(stripe.CardError) as caught:
        client.v1.payment_methods.create({"type": "card", "card": card})
    assert (caught.value.http_status, paying.error_of(caught)["type"]) == (402, "invalid_request_error")


def test_every_test_card_has_a_valid_number_and_a_name_of_its_own() -> None:
    assert all(luhn(card.number) for card in CARDS)
    assert len({card.number for card in CARDS}) == len({card.method for card in CARDS}) == len(CARDS)
