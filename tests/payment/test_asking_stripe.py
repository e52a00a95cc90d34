"""How Stripe is asked: in the version that was pinned, and what it cannot say yet is asked for again."""

import threading
import time
from typing import Any

import pytest
from django.test import Client

from marketplace.payment import card, stripe_gateway
from marketplace.payment.models import Method, Payment, ProviderEvent
from marketplace.payment.stripe_gateway import Away, Intent, create_intent
from tests import factories
from tests.payment.test_card import event, tells
from tests.payment.waiting import opened, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(double: Remote) -> Payment:
    return opened(waiting((factories.product(price=100_000), 2)), Method.CARD)


def test_the_version_is_ours_and_not_the_librarys(double: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe_gateway, "API_VERSION", "2020-08-27")
    answered = stripe_gateway._client().v1.payment_intents.list()
    assert answered.last_response.headers["Stripe-Version"] == "2020-08-27"  # type: ignore[union-attr]


def test_what_stripe_is_still_making_is_asked_for_again(double: Remote, payment: Payment) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind="delay", seconds=1.0)
    made: list[Intent] = []
    assert payment.order.number  # read here: the thread has no database
    slow = threading.Thread(target=lambda: made.append(create_intent(payment)))
    slow.start()
    time.sleep(0.3)
    with pytest.raises(Away):
        card.start(payment)
    slow.join()
    assert card.start(payment).id == made[0].id


def test_without_its_secret_nothing_is_a_webhook(client: Client, payment: Payment, settings: Any) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""
    told = event("payment_intent.succeeded", "pi_1")
    assert tells(client, told, secret="") == 404
    assert not ProviderEvent.objects.exists()
