"""Choosing to transfer, and the page that waits for the money."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Payment
from tests import factories
from tests.checkout.buyer import Buyer
from tests.payment.waiting import after_the_end, opened, pays, waiting

pytestmark = pytest.mark.django_db
ACCOUNT = {
    "BANK_NAME": "Vietcombank",
    "BANK_BIN": "970436",
    "BANK_ACCOUNT": "0123456789",
    "BANK_HOLDER": "CHO OCOP",
}


@pytest.fixture(autouse=True)
def account(settings: Any) -> None:
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)


@pytest.fixture
def buyer(client: Client) -> Buyer:
    found = Buyer(client)
    found.adds(factories.product(price=100_000))
    return found


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000), 2))


def address(order: Order) -> str:
    return reverse("payment:pay", kwargs={"token": order.token})


def text(client: Client, order: Order) -> str:
    return " ".join(client.get(address(order)).content.decode().split())


def test_whoever_chooses_to_transfer_is_led_to_the_code(buyer: Buyer) -> None:
    answer = buyer.client.post(reverse("checkout:checkout"), buyer.form() | {"thanh_toan": "transfer"})
    order = Order.objects.get()
    assert (answer.url, order.payment_state) == (address(order), "awaiting_payment")
    assert order.payment_due_at is not None and order.payment_due_at > clock.now()


@pytest.mark.parametrize("chosen", ["", "card", "la", "cash' OR 1"])
def test_another_way_is_refused_at_its_field(buyer: Buyer, chosen: str) -> None:
    answer = buyer.client.post(reverse("checkout:checkout"), buyer.form() | {"thanh_toan": chosen})
    assert "thanh_toan" in answer.context["form"].errors
    assert not Order.objects.exists()


def test_without_an_account_there_are_no_transfers(buyer: Buyer, settings: Any) -> None:
    settings.BANK_ACCOUNT = ""
    page = buyer.client.get(reverse("checkout:checkout")).content.decode()
    assert 'value="cash"' in page and 'value="transfer"' not in page


def test_the_page_says_what_to_transfer_and_draws_the_code(client: Client, order: Order) -> None:
    page = text(client, order)
    payment = Payment.objects.get()
    assert payment.reference and re.fullmatch("OCOP[A-Z2-9]{8}", payment.reference)
    for words in (payment.reference, "0123456789", "Vietcombank", "CHO OCOP", 'class="qr"'):
        assert words in page
    code = page[page.index('class="qr"') :]
    assert "<svg" in code and "style=" not in code[: code.index("</svg>")]
    client.get(address(order))
    assert Payment.objects.count() == 1


def test_the_page_is_kept_by_nobody_and_tells_its_address_to_nobody(client: Client, order: Order) -> None:
    answer = client.get(address(order))
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in answer["Cache-Control"]


def test_it_asks_until_the_money_has_come(client: Client, order: Order) -> None:
    asks = {"headers": {"HX-Request": "true"}}
    payment = opened(order)
    assert client.get(address(order), **asks).status_code == 204
    pays(payment)
    answer = client.get(address(order), **asks)
    assert answer["HX-Redirect"] == order.get_absolute_url()
    assert "Chúng tôi đã nhận tiền" in client.get(order.get_absolute_url()).content.decode()
    assert client.get(address(order)).url == order.get_absolute_url()


def test_after_the_end_nothing_is_asked_for(client: Client, order: Order) -> None:
    with clock.at(after_the_end(order)):
        page = text(client, order)
        assert "hết hạn" in page and 'class="qr"' not in page
        end_unpaid_orders()
        assert client.get(address(order)).url == order.get_absolute_url()


def test_the_orders_page_leads_to_paying_while_it_waits(client: Client, order: Order) -> None:
    html = client.get(order.get_absolute_url()).content.decode()
    assert -1 < html.find(address(order)) < html.find("<section")
    pays(opened(order))
    assert address(order) not in client.get(order.get_absolute_url()).content.decode()
