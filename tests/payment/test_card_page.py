"""The page with the card's fields, where the browser comes back to, and another way chosen."""

import re
from datetime import timedelta
from typing import Any

import pytest
import stripe
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Method, Payment, PaymentStatus
from marketplace.payment.money import MOST
from tests import factories
from tests.payment.test_card import library, pays
from tests.payment.waiting import after_the_end, opened, refunds, state, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
ASKS = {"HX-Request": "true"}


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def bank(settings: Any) -> None:
    settings.BANK_NAME, settings.BANK_BIN = "Vietcombank", "970436"
    settings.BANK_ACCOUNT, settings.BANK_HOLDER = "0123456789", "CHO OCOP"


def address(order: Order, name: str = "pay") -> str:
    return reverse(f"payment:{name}", kwargs={"token": order.token})


def text(client: Client, order: Order) -> str:
    return " ".join(client.get(address(order)).content.decode().split())


def of(order: Order) -> Payment:
    found: Payment = order.payments.first()
    return found


def messages(client: Client) -> str:
    return str(client.cookies["messages"].value)


def test_it_gives_the_browser_what_stripes_script_needs(client: Client, double: Remote, order: Order) -> None:
    page = text(client, order)
    intent = library(double).v1.payment_intents.retrieve(str(of(order).reference))
    assert (intent.amount, intent.currency, intent.payment_method_types) == (234_000, "vnd", ["card"])
    for words in (
        intent.client_secret,
        "pk_test_double",
        f"{double.address}/endive/stripe.js",
        "Trả 234.000",
    ):
        assert str(words) in page
    assert f"http://testserver{address(order, 'back')}" in page
    assert 'data-language="vi"' in page and 'data-code="insufficient_funds"' in page
    assert "sk_test" not in page and "Thử nghiệm: không có tiền thật." in page


def test_opened_again_it_is_the_same_payment(client: Client, double: Remote, order: Order) -> None:
    text(client, order), text(client, order)
    assert Payment.objects.count() == 1
    assert len(library(double).v1.payment_intents.list().data) == 1


def test_the_shop_asks_for_nothing_of_the_card(
    client: Client, double: Remote, bank: None, order: Order
) -> None:
    main = re.search("<main.*</main>", text(client, order))
    assert main
    assert set(re.findall(r'<(?:input|button)[^>]* name="([^"]*)"', main[0])) == {
        "csrfmiddlewaretoken",
        "cach",
    }
    assert not re.search("<textarea|<select|contenteditable", main[0])


def test_a_reload_after_paying_leads_to_the_paid_order(client: Client, double: Remote, order: Order) -> None:
    text(client, order)
    pays(double, of(order))
    assert client.get(address(order)).url == order.get_absolute_url()
    assert (state(order), refunds(order)) == ("paid", [])
    assert client.get(address(order)).url == order.get_absolute_url()


def test_nothing_that_the_address_says_is_believed(client: Client, double: Remote, order: Order) -> None:
    text(client, order)
    said = {"payment_intent": of(order).reference, "redirect_status": "succeeded"}
    assert client.get(address(order, "back"), said).url == address(order)
    assert state(order) == "awaiting_payment"
    pays(double, of(order))
    answer = client.get(address(order, "back"), {"redirect_status": "failed"})
    assert (answer.url, state(order)) == (order.get_absolute_url(), "paid")


def test_whoever_comes_back_without_having_paid_may_try_again(
    client: Client, double: Remote, order: Order
) -> None:
    text(client, order)
    with pytest.raises(stripe.CardError):
        pays(double, of(order), "pm_card_chargeDeclined")
    assert "Thẻ chưa trả được" in client.get(address(order, "back"), follow=True).content.decode()
    assert of(order).status == PaymentStatus.OPEN and Payment.objects.count() == 1


def test_without_a_card_payment_the_way_back_leads_to_paying(client: Client, order: Order) -> None:
    assert client.get(address(order, "back")).url == address(order)


def test_an_intent_cancelled_at_stripe_is_followed_by_another(
    client: Client, double: Remote, order: Order
) -> None:
    text(client, order)
    library(double).v1.payment_intents.cancel(str(of(order).reference))
    page = text(client, order)
    first, second = Payment.objects.order_by("pk")
    assert (first.status, second.status) == (PaymentStatus.CANCELLED, PaymentStatus.OPEN)
    assert str(second.reference) in page and str(first.reference) not in page


def test_an_intent_that_stripe_does_not_know_is_followed_by_another(
    client: Client, double: Remote, order: Order
) -> None:
    text(client, order)
    Payment.objects.update(reference="pi_of_other_keys")
    assert str(of(order).reference) not in text(client, order)
    assert str(of(order).reference).startswith("pi_") and Payment.objects.count() == 2


def test_while_the_bank_works_the_page_waits(client: Client, double: Remote, order: Order) -> None:
    text(client, order)
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="processing")
    intent = pays(double, of(order))
    page = text(client, order)
    assert "Ngân hàng của bạn đang xử lý" in page and "data-secret" not in page
    assert client.get(address(order), headers=ASKS).status_code == 204
    double.control(f"payment_intents/{intent}/settle", outcome="succeed")
    assert client.get(address(order), headers=ASKS)["HX-Redirect"] == order.get_absolute_url()
    assert state(order) == "paid"


def test_what_the_bank_refuses_after_a_while_may_be_tried_again(
    client: Client, double: Remote, order: Order
) -> None:
    text(client, order)
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="processing")
    intent = pays(double, of(order))
    double.control(f"payment_intents/{intent}/settle", outcome="fail")
    assert client.get(address(order), headers=ASKS)["HX-Redirect"] == address(order)
    assert "data-secret" in text(client, order)


def test_while_stripe_is_away_it_says_so_and_the_other_ways_stay(
    client: Client, double: Remote, bank: None, order: Order
) -> None:
    opened(order, Method.CARD)
    double.control("faults", operation="POST /v1/payment_intents", kind="error_before", status=503, times=9)
    page = text(client, order)
    assert "Chưa hỏi được Stripe" in page and "data-secret" not in page
    assert client.post(address(order), {"cach": "transfer"}).url == address(order)
    assert 'class="qr"' in text(client, order)


def test_another_way_is_chosen_by_the_form_and_remembered(
    client: Client, double: Remote, bank: None, order: Order
) -> None:
    page = text(client, order)
    assert 'class="qr"' in page and "Thẻ (Visa, Mastercard, JCB)" in page
    client.get(address(order), {"cach": "card"})
    assert 'class="qr"' in text(client, order)
    assert client.post(address(order), {"cach": "card"}).url == address(order)
    assert "data-secret" in text(client, order) and "data-secret" in text(client, order)
    assert [payment.method for payment in Payment.objects.order_by("pk")] == ["transfer", "card"]


@pytest.mark.parametrize("chosen", ["", "cash", "la", "card' OR 1"])
def test_what_is_no_way_to_pay_is_refused(client: Client, double: Remote, order: Order, chosen: str) -> None:
    answer = client.post(address(order), {"cach": chosen}, follow=True)
    assert "Cách trả tiền này không dùng được" in answer.content.decode()
    assert [payment.method for payment in Payment.objects.all()] == ["card"]


def test_whoever_has_paid_by_card_is_not_led_to_transfer_too(
    client: Client, double: Remote, bank: None, order: Order
) -> None:
    pays(double, opened(order, Method.CARD))
    assert client.post(address(order), {"cach": "transfer"}).url == order.get_absolute_url()
    assert (state(order), [payment.method for payment in Payment.objects.all()]) == ("paid", ["card"])


def test_too_little_for_a_card_is_not_asked_of_stripe(
    client: Client, double: Remote, bank: None, settings: Any, order: Order
) -> None:
    settings.CARD_LEAST = 300_000
    page = text(client, order)
    assert "Trả bằng thẻ được từ 300.000" in page and 'value="card"' not in page
    settings.BANK_ACCOUNT = ""
    assert "Trả bằng thẻ được từ 300.000" in text(client, order)
    assert double.control("calls")["calls"] == []


def test_too_much_for_a_card_is_not_asked_of_stripe(client: Client, double: Remote) -> None:
    order = waiting((factories.product(price=MOST + 1), 1))
    assert "99.999.999" in text(client, order)
    assert double.control("calls")["calls"] == []


def test_a_card_that_comes_back_after_the_end_is_honoured(
    client: Client, double: Remote, order: Order
) -> None:
    payment = opened(order, Method.CARD)
    card.start(payment)
    with clock.at(after_the_end(order) + timedelta(hours=1)):
        end_unpaid_orders()
        assert state(order) == "cancelled"
        payment.refresh_from_db()
        library(double).v1.payment_intents.confirm(str(payment.reference), {"payment_method": "pm_card_visa"})
        answer = client.get(address(order, "back"), follow=True)
    assert "Chúng tôi đã nhận tiền" in answer.content.decode()
    assert state(order) == "paid"


def test_after_the_end_the_way_back_says_that_it_is_over(
    client: Client, double: Remote, order: Order
) -> None:
    text(client, order)
    library(double).v1.payment_intents.cancel(str(of(order).reference))
    with clock.at(after_the_end(order) + timedelta(hours=1)):
        end_unpaid_orders()
        page = client.get(address(order, "back"), follow=True).content.decode()
    assert "Đơn đã hết hạn trước khi tiền đến" in page


def test_another_way_moves_the_end_back_to_its_own_and_never_forward(
    double: Remote, bank: None, order: Order, settings: Any
) -> None:
    placed = order.date_placed
    Order.objects.update(payment_due_at=placed + timedelta(minutes=60))
    ends = []
    for method in (Method.CARD, Method.TRANSFER, Method.CARD, Method.TRANSFER):
        opened(order, method)
        order.refresh_from_db()
        assert order.payment_due_at
        ends.append(order.payment_due_at - placed)
    assert ends == [timedelta(minutes=settings.CARD_MINUTES), *[timedelta(hours=settings.TRANSFER_HOURS)] * 3]


def test_in_english_it_speaks_english(client: Client, double: Remote, order: Order) -> None:
    here, done = address(order), address(order, "back")
    page = client.get(f"/en{here}").content.decode()
    assert 'data-language="en"' in page and f"http://testserver/en{done}" in page


def test_without_script_it_says_so_and_nothing_of_trials(
    client: Client, double: Remote, order: Order
) -> None:
    page = text(client, order)
    told = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "cần JavaScript" in told and "Thử nghiệm" not in told and "Thử nghiệm" in page
