"""What the pages let into the browser: Stripe on the page with the card's fields, and nobody anywhere else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.order.models import Order
from marketplace.payment import stripe_gateway
from tests import factories
from tests.payment.waiting import waiting
from tests.project.tree import ROOT
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
HEADER = "Content-Security-Policy"
SCRIPT = "https://js.stripe.com/endive/stripe.js"
SHOPS = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "manifest-src 'self'",
}
CARDS = SHOPS - {"script-src 'self'", "connect-src 'self'"} | {
    "script-src 'self' https://*.js.stripe.com https://js.stripe.com",
    "frame-src https://*.js.stripe.com https://js.stripe.com https://hooks.stripe.com",
    "connect-src 'self' https://api.stripe.com",
}


@pytest.fixture
def order(double: Remote, settings: Any) -> Order:
    settings.STRIPE_SCRIPT = SCRIPT
    settings.BANK_BIN, settings.BANK_ACCOUNT = "970436", "0123456789"
    return waiting((factories.product(price=100_000), 1))


def policy(client: Client, address: str) -> set[str]:
    return {part.strip() for part in client.get(address)[HEADER].split(";")}


def test_production_lets_in_what_stripe_documents_where_a_card_is_typed(client: Client, order: Order) -> None:
    pay = reverse("payment:pay", kwargs={"token": order.token})
    assert policy(client, pay) == SHOPS
    client.post(pay, {"cach": "card"})
    assert policy(client, pay) == CARDS


def test_no_other_page_lets_stripe_in(client: Client, order: Order) -> None:
    others = [reverse(name) for name in ("basket:summary", "search:browse", "account_login")]
    for address in (*others, order.get_absolute_url()):
        assert policy(client, address) == SHOPS


def test_the_script_is_of_the_release_of_the_pinned_api_unless_told_otherwise() -> None:
    lines = (ROOT / "marketplace/settings/shop.py").read_text().splitlines()
    line = next(line for line in lines if line.startswith("STRIPE_SCRIPT"))
    assert line == f'STRIPE_SCRIPT = env.text("STRIPE_SCRIPT", "{SCRIPT}")'
    release = stripe_gateway.API_VERSION.partition(".")[2]
    assert SCRIPT.split("/")[3] == release


def test_the_page_that_says_that_stripe_is_away_is_under_the_same_policy(
    client: Client, double: Remote, order: Order
) -> None:
    double.control("faults", operation="POST /v1/payment_intents", kind="error_before", status=503, times=9)
    pay = reverse("payment:pay", kwargs={"token": order.token})
    client.post(pay, {"cach": "card"})
    assert "unsafe" not in client.get(pay)[HEADER]


def test_another_script_lets_in_its_own_origin_alone(client: Client, double: Remote, settings: Any) -> None:
    order = waiting((factories.product(price=100_000), 1))
    found = policy(client, reverse("payment:pay", kwargs={"token": order.token}))
    assert f"script-src 'self' {double.address}" in found and f"frame-src {double.address}" in found
    assert not any("stripe.com" in part for part in found)
