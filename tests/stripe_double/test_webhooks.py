"""Events and webhooks: signed, retried, held and released."""

import time
import urllib.error

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.conftest import SECRET, Shop
from tests.stripe_double.serving import Remote
from tests.stripe_double.signing import signature


def settled(double: Remote) -> None:
    assert double.control("webhooks/settle")["settled"]


def test_a_payment_is_told_by_signed_webhooks(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    intent = paying.paid(client)
    settled(double)
    assert sorted(shop.types) == [
        "charge.succeeded",
        "charge.updated",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    told = next(event for event in shop.events if event.type == "payment_intent.succeeded")
    assert (told.data.object["id"], told.data.object["status"]) == (intent.id, "succeeded")
    assert (told.api_version, told.livemode) == ("2026-10-28.endive", False)
    assert client.v1.events.retrieve(told.id).pending_webhooks == 0


def test_the_library_refuses_another_secret_body_or_hour() -> None:
    body = b'{"id": "evt_1", "object": "event"}'
    header = signature(body, SECRET, at=1_000)
    with pytest.raises(stripe.SignatureVerificationError, match="Timestamp outside"):
        stripe.Webhook.construct_event(body, header, SECRET)
    for forged, secret in [(body, "whsec_other"), (body + b" ", SECRET)]:
        with pytest.raises(stripe.SignatureVerificationError, match="No signatures found"):
            stripe.Webhook.construct_event(forged, header, secret)


@pytest.mark.parametrize("status", [500, 400, 302])
def test_anything_but_2xx_is_tried_again(
    client: stripe.StripeClient, double: Remote, shop: Shop, status: int
) -> None:
    double.control("webhooks/retries", seconds=[0.05, 0.05])
    shop.statuses = [status, status]
    paying.create(client)
    settled(double)
    assert len(shop.events) == 3
    assert len({event.id for event in shop.events}) == 1
    delivery = double.control("webhooks")["deliveries"][0]
    assert (delivery["state"], [one["status"] for one in delivery["attempts"]]) == (
        "delivered",
        [status, status, 200],
    )


def test_a_webhook_nobody_takes_fails_in_the_end_and_can_be_sent_later(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    double.control("webhooks/retries", seconds=[0.05])
    shop.statuses = [500, 500]
    paying.create(client)
    settled(double)
    event = client.v1.events.list({"delivery_success": False}).data[0]
    assert (event.type, event.pending_webhooks) == ("payment_intent.created", 1)
    sent = double.control("webhooks/deliver", events=[event.id])["deliveries"][0]
    assert (sent["state"], client.v1.events.retrieve(event.id).pending_webhooks) == ("delivered", 0)


def test_held_webhooks_leave_when_and_in_which_order_the_test_says(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    double.control("webhooks/hold")
    intent = paying.paid(client)
    assert (intent.status, shop.events) == ("succeeded", [])
    double.control("webhooks/deliver", events=["payment_intent.succeeded", "payment_intent.created"])
    assert shop.types == ["payment_intent.succeeded", "payment_intent.created"]
    double.control("webhooks/deliver", events=["payment_intent.succeeded"])
    assert shop.types.count("payment_intent.succeeded") == 2
    double.control("webhooks/resume")
    settled(double)
    assert set(shop.types[3:]) == {"charge.succeeded", "charge.updated"}


def test_an_endpoint_gets_the_types_it_asked_for(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    double.control("reset")
    types = ["payment_intent.succeeded", "charge.*"]
    double.control("webhook_endpoints", url=shop.url, secret=SECRET, enabled_events=types)
    paying.paid(client)
    settled(double)
    assert sorted(shop.types) == ["charge.succeeded", "charge.updated", "payment_intent.succeeded"]


def test_a_decline_and_an_authentication_are_told(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    with pytest.raises(stripe.CardError):
        paying.paid(client, card="pm_card_visa_chargeDeclined")
    intent = paying.paid(client, card="pm_card_threeDSecure2Required")
    double.control(f"payment_intents/{intent.id}/authenticate", outcome="fail")
    settled(double)
    assert {"charge.failed", "payment_intent.payment_failed", "payment_intent.requires_action"} <= set(
        shop.types
    )
    assert shop.types.count("payment_intent.payment_failed") == 2


def test_refunds_are_told(client: stripe.StripeClient, double: Remote, shop: Shop) -> None:
    intent = paying.paid(client, card="pm_card_refundFail")
    refund = paying.refund(client, intent)
    double.control(f"refunds/{refund.id}/settle")
    settled(double)
    assert {
        "refund.created",
        "charge.refunded",
        "refund.updated",
        "charge.refund.updated",
        "refund.failed",
    } <= set(shop.types)


def test_events_are_listed_by_type_newest_first(client: stripe.StripeClient) -> None:
    first, second = paying.paid(client), paying.paid(client)
    listed = client.v1.events.list({"type": "payment_intent.succeeded", "limit": 1})
    assert ([one.data.object["id"] for one in listed.data], listed.has_more) == ([second.id], True)
    assert [one.data.object["id"] for one in listed.auto_paging_iter()] == [second.id, first.id]
    both = client.v1.events.list({"types": ["payment_intent.created", "charge.succeeded"]})
    assert len(both.data) == 4
    assert len(client.v1.events.list({"type": "payment_intent.*"}).data) == 4


def test_the_control_api_refuses_what_it_does_not_know(double: Remote) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        double.control("faults", operation="POST /v1/refunds", kind="magic")
    assert "magic" in caught.value.read().decode()


def test_nothing_of_before_arrives_after_a_reset(
    client: stripe.StripeClient, double: Remote, shop: Shop
) -> None:
    double.control("webhooks/retries", seconds=[0.2])
    shop.statuses = [500]
    paying.create(client)
    while not shop.events:
        time.sleep(0.01)
    double.control("reset")
    time.sleep(0.4)
    assert len(shop.events) == 1
    assert client.v1.events.list().data == []
