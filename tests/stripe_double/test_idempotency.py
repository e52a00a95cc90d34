"""Idempotency keys, as documented at https://docs.stripe.com/api/idempotent_requests."""

import threading
import time
from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.serving import Remote

KEY: Any = {"idempotency_key": "order-1001"}
GIVEN: Any = {"amount": 250_000, "currency": "vnd", "automatic_payment_methods": paying.NO_REDIRECTS}


def headers_of(one: Any) -> dict[str, str]:
    return dict(one.last_response.headers)


def test_the_same_key_gives_the_same_answer_and_makes_nothing_new(client: stripe.StripeClient) -> None:
    first = client.v1.payment_intents.create(GIVEN, KEY)
    again = client.v1.payment_intents.create(GIVEN, KEY)
    assert again.to_dict() == first.to_dict()
    assert "Idempotent-Replayed" not in headers_of(first)
    replayed = headers_of(again)
    assert replayed["Idempotent-Replayed"] == "true"
    assert replayed["Original-Request"] == headers_of(first)["Request-Id"] != replayed["Request-Id"]
    assert len(client.v1.payment_intents.list().data) == 1
    assert len(client.v1.events.list().data) == 1


def test_the_answer_is_replayed_as_it_was_not_as_things_are(client: stripe.StripeClient) -> None:
    first = client.v1.payment_intents.create(GIVEN, KEY)
    client.v1.payment_intents.cancel(first.id)
    assert client.v1.payment_intents.create(GIVEN, KEY).status == "requires_payment_method"


def test_other_parameters_under_the_same_key_are_an_error(client: stripe.StripeClient) -> None:
    client.v1.payment_intents.create(GIVEN, KEY)
    with pytest.raises(stripe.IdempotencyError) as caught:
        client.v1.payment_intents.create(GIVEN | {"amount": 260_000}, KEY)
    assert (caught.value.http_status, paying.error_of(caught)["type"]) == (400, "idempotency_error")
    assert len(client.v1.payment_intents.list().data) == 1


def test_another_address_under_the_same_key_is_an_error(client: stripe.StripeClient) -> None:
    first, second = paying.create(client), paying.create(client)
    client.v1.payment_intents.cancel(first.id, {}, KEY)
    with pytest.raises(stripe.IdempotencyError):
        client.v1.payment_intents.cancel(second.id, {}, KEY)
    assert client.v1.payment_intents.retrieve(second.id).status == "requires_payment_method"


def test_the_same_key_in_flight_is_a_conflict(client: stripe.StripeClient, double: Remote) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind="delay", seconds=1.0)
    made: list[stripe.PaymentIntent] = []
    slow = threading.Thread(target=lambda: made.append(client.v1.payment_intents.create(GIVEN, KEY)))
    slow.start()
    time.sleep(0.3)
    with pytest.raises(stripe.APIError) as caught:
        client.v1.payment_intents.create(GIVEN, KEY)
    assert (caught.value.http_status, paying.error_of(caught)["code"]) == (409, "idempotency_key_in_use")
    slow.join()
    assert client.v1.payment_intents.create(GIVEN, KEY).id == made[0].id


def test_what_fails_validation_is_not_kept(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.create(GIVEN | {"amount": "much"}, KEY)
    assert client.v1.payment_intents.create(GIVEN, KEY).amount == 250_000


def test_what_the_endpoint_refuses_is_kept(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    declined: Any = {"payment_method": "pm_card_visa_chargeDeclined"}
    for _ in range(2):
        with pytest.raises(stripe.CardError) as caught:
            client.v1.payment_intents.confirm(intent.id, declined, KEY)
    assert caught.value.headers is not None
    assert caught.value.headers["Idempotent-Replayed"] == "true"
    assert len(client.v1.charges.list().data) == 1


def test_a_refund_asked_for_twice_with_its_key_is_made_once(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    given: Any = {"payment_intent": intent.id, "amount": 50_000}
    assert client.v1.refunds.create(given, KEY).id == client.v1.refunds.create(given, KEY).id
    assert paying.charge_of(client, intent).amount_refunded == 50_000


def test_an_expired_key_is_a_new_request(client: stripe.StripeClient, double: Remote) -> None:
    first = client.v1.payment_intents.create(GIVEN, KEY)
    double.control("idempotency_keys/expire", key="order-1001")
    assert client.v1.payment_intents.create(GIVEN, KEY).id != first.id


def test_a_wrong_secret_key_leaves_the_idempotency_key_free(
    double: Remote, client: stripe.StripeClient
) -> None:
    stranger = stripe.StripeClient("sk_test_of_a_stranger", base_addresses={"api": double.address})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.payment_intents.create(GIVEN, KEY)
    assert client.v1.payment_intents.create(GIVEN, KEY).amount == 250_000


def test_a_key_may_be_255_characters_long(client: stripe.StripeClient) -> None:
    client.v1.payment_intents.create(GIVEN, {"idempotency_key": "k" * 255})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.create(GIVEN, {"idempotency_key": "k" * 256})
