"""The fault plan: what goes wrong, and what was done all the same."""

import time
from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.conftest import Shop
from tests.stripe_double.serving import Remote

CONFIRM = "POST /v1/payment_intents/*/confirm"
VISA: Any = {"payment_method": "pm_card_visa"}
KEY: Any = {"idempotency_key": "confirm-1001"}


def charges(client: stripe.StripeClient) -> int:
    return len(client.v1.charges.list().data)


@pytest.mark.parametrize(
    ("status", "kind"), [(500, stripe.APIError), (503, stripe.APIError), (429, stripe.RateLimitError)]
)
def test_an_error_before_leaves_nothing_done(
    client: stripe.StripeClient, double: Remote, status: int, kind: type[stripe.StripeError]
) -> None:
    intent = paying.create(client)
    double.control("faults", operation=CONFIRM, kind="error_before", status=status)
    with pytest.raises(kind) as caught:
        client.v1.payment_intents.confirm(intent.id, VISA, KEY)
    assert (caught.value.http_status, charges(client)) == (status, 0)
    assert client.v1.payment_intents.confirm(intent.id, VISA, KEY).status == "succeeded"
    assert charges(client) == 1


def test_an_error_after_hides_what_was_done_and_the_key_brings_it_back(
    client: stripe.StripeClient, double: Remote
) -> None:
    intent = paying.create(client)
    double.control("faults", operation=CONFIRM, kind="error_after", status=500)
    with pytest.raises(stripe.APIError):
        client.v1.payment_intents.confirm(intent.id, VISA, KEY)
    assert charges(client) == 1
    again: Any = client.v1.payment_intents.confirm(intent.id, VISA, KEY)
    assert (again.status, again.last_response.headers["Idempotent-Replayed"]) == ("succeeded", "true")
    assert charges(client) == 1


def test_a_saved_error_comes_again_under_its_key_though_the_money_went(
    client: stripe.StripeClient, double: Remote
) -> None:
    intent = paying.create(client)
    double.control("faults", operation=CONFIRM, kind="error_saved")
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            client.v1.payment_intents.confirm(intent.id, VISA, KEY)
    assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


@pytest.mark.parametrize(("kind", "done"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_leaves_it_open_whether_money_went(
    client: stripe.StripeClient, double: Remote, kind: str, done: int
) -> None:
    intent = paying.create(client)
    double.control("faults", operation=CONFIRM, kind=kind)
    with pytest.raises(stripe.APIConnectionError):
        client.v1.payment_intents.confirm(intent.id, VISA, KEY)
    assert charges(client) == done
    assert client.v1.payment_intents.confirm(intent.id, VISA, KEY).status == "succeeded"
    assert charges(client) == 1


def test_the_librarys_own_retries_get_over_a_cut_connection(double: Remote) -> None:
    patient = stripe.StripeClient(
        double.secret_key, base_addresses={"api": double.address}, max_network_retries=2
    )
    double.control("faults", operation="POST /v1/payment_intents", kind="cut_after")
    intent = paying.create(patient)
    assert [one.id for one in patient.v1.payment_intents.list().data] == [intent.id]


def test_a_fault_fires_at_the_nth_call_as_often_as_said(client: stripe.StripeClient, double: Remote) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind="error_before", nth=2, times=2)
    outcomes: list[str] = []
    for _ in range(4):
        try:
            outcomes.append(paying.create(client).object)
        except stripe.APIError:
            outcomes.append("error")
    assert outcomes == ["payment_intent", "error", "error", "payment_intent"]
    double.control("faults", operation="POST /v1/payment_intents", kind="error_before")
    double.control("faults/clear")
    paying.create(client)


def test_a_delayed_call_takes_its_time(client: stripe.StripeClient, double: Remote) -> None:
    double.control("faults", operation="GET /v1/payment_intents", kind="delay", seconds=0.3)
    start = time.monotonic()
    client.v1.payment_intents.list()
    assert time.monotonic() - start >= 0.3


def test_a_webhook_can_come_before_the_answer(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind="delay_after", seconds=0.5)
    start = time.time()
    paying.create(client)
    delivery = double.control("webhooks")["deliveries"][0]
    assert (shop.types, delivery["attempts"][0]["at"] - start < 0.4) == (["payment_intent.created"], True)
    assert time.time() - start >= 0.5


def test_webhooks_can_be_dropped_doubled_turned_round_and_late(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    paying.create(client)
    for kind in ("webhook_drop", "webhook_duplicate", "webhook_reorder"):
        double.control("webhooks/settle")
        shop.events.clear()
        intent = paying.create(client)
        double.control("webhooks/settle")
        shop.events.clear()
        double.control("faults", operation=CONFIRM, kind=kind)
        paying.confirm(client, intent)
        assert double.control("webhooks/settle")["settled"]
        assert {
            "webhook_drop": [],
            "webhook_duplicate": sorted(
                ["charge.succeeded", "payment_intent.succeeded", "charge.updated"] * 2
            ),
            "webhook_reorder": ["charge.updated", "payment_intent.succeeded", "charge.succeeded"],
        }[kind] == (sorted(shop.types) if kind == "webhook_duplicate" else shop.types)


def test_one_type_of_webhook_can_be_late(client: stripe.StripeClient, double: Remote, shop: Shop) -> None:
    intent = paying.create(client)
    double.control(
        "faults", operation=CONFIRM, kind="webhook_delay", seconds=0.5, events="payment_intent.succeeded"
    )
    paying.confirm(client, intent)
    assert double.control("webhooks/settle")["settled"]
    assert shop.types[-1] == "payment_intent.succeeded"


def test_the_webhooks_of_an_authentication_can_be_dropped(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    intent = paying.paid(client, card="pm_card_threeDSecure2Required")
    double.control("webhooks/settle")
    shop.events.clear()
    double.control("faults", operation="POST /_double/payment_intents/*/authenticate", kind="webhook_drop")
    double.control(f"payment_intents/{intent.id}/authenticate", outcome="succeed")
    double.control("webhooks/settle")
    assert (client.v1.payment_intents.retrieve(intent.id).status, shop.events) == ("succeeded", [])


def test_every_call_is_listed_with_its_fault(client: stripe.StripeClient, double: Remote) -> None:
    intent = paying.create(client)
    double.control("faults", operation=CONFIRM, kind="cut_after")
    double.control("pay", client_secret=intent.client_secret, card="4242424242424242")
    listed = double.control("calls")["calls"]
    assert [(one["method"], one["path"], one["status"]) for one in listed] == [
        ("POST", "/v1/payment_intents", 200),
        ("POST", "/v1/payment_methods", 200),
        ("POST", f"/v1/payment_intents/{intent.id}/confirm", None),
    ]
    assert (listed[0]["publishable"], listed[2]["publishable"]) == (False, True)
    assert listed[2]["faults"] == ["cut_after"]
    assert "4242424242424242" not in str(listed)
