"""The ways to pay at the checkout: what is offered to which basket, what is remembered, and drinks with alcohol."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.consents import ADULT
from marketplace.checkout.paying import paying, place
from marketplace.order.models import Order
from marketplace.order.papers.packing import packing_list
from marketplace.partner.strategy import Default
from marketplace.payment.models import Payment
from tests import factories
from tests.checkout.buyer import Buyer
from tests.order.placing import attempt, basket_of
from tests.order.test_papers import text_of

pytestmark = pytest.mark.django_db
CHECKOUT = "checkout:checkout"


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_PUBLISHABLE_KEY = "sk_test_x", "pk_test_x"
    settings.STRIPE_API = "http://127.0.0.1:9"  # nobody is asked before the page of paying
    settings.BANK_BIN, settings.BANK_ACCOUNT = "970436", "0123456789"


@pytest.fixture
def buyer(client: Client) -> Buyer:
    found = Buyer(client)
    found.adds(factories.product("Trà xanh Phìn Hồ", price=100_000), 2)
    return found


@pytest.fixture
def wine(buyer: Buyer) -> Product:
    """In the basket of somebody who has said to be of age."""
    buyer.client.post(reverse("search:adult"), {"next": "/"})
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    product = factories.product("Rượu nếp cẩm", sets=(spirits,), price=150_000)
    buyer.adds(product)
    return product


def page(buyer: Buyer) -> str:
    return " ".join(buyer.client.get(reverse(CHECKOUT)).content.decode().split())


def offered(text: str) -> list[str]:
    return [way for way in ("cash", "transfer", "card") if f'name="thanh_toan" value="{way}"' in text]


def test_each_way_that_is_configured_is_offered(buyer: Buyer, settings: Any) -> None:
    assert offered(page(buyer)) == ["cash", "transfer", "card"]
    settings.STRIPE_PUBLISHABLE_KEY = ""
    assert offered(page(buyer)) == ["cash", "transfer"]
    settings.STRIPE_PUBLISHABLE_KEY, settings.BANK_ACCOUNT = "pk_test_x", ""
    assert offered(page(buyer)) == ["cash", "card"]


@pytest.mark.parametrize("way", ["card", "transfer"])
def test_the_way_chosen_is_the_one_that_the_order_waits_for(buyer: Buyer, way: str, settings: Any) -> None:
    answer = buyer.orders(thanh_toan=way)
    order = Order.objects.get()
    assert answer.url == reverse("payment:pay", kwargs={"token": order.token})
    assert [payment.method for payment in order.payments.all()] == [way]
    minutes = {"card": settings.CARD_MINUTES, "transfer": settings.TRANSFER_HOURS * 60}[way]
    assert order.payment_due_at == order.date_placed + timedelta(minutes=minutes)


def test_the_form_sent_again_leads_to_the_same_payment(buyer: Buyer) -> None:
    form = buyer.form(thanh_toan="card")
    first, second = buyer.sends(form), buyer.sends(form | {"thanh_toan": "transfer"})
    assert first.url == second.url
    assert [payment.method for payment in Payment.objects.all()] == ["card"]


def test_of_two_forms_sent_at_once_the_first_says_how_it_is_paid(buyer: Buyer) -> None:
    made = attempt(basket_of((factories.product(), 1)), payment=paying("card", moment=clock.now()))
    orders = [place(made, way=way, strategy=Default(), moment=clock.now()) for way in ("card", "transfer")]
    assert orders[0] == orders[1]
    assert [payment.method for payment in Payment.objects.all()] == ["card"]


def test_of_cash_and_a_card_sent_at_once_the_first_counts_too(buyer: Buyer) -> None:
    basket = basket_of((factories.product(), 1))
    orders = [
        place(
            attempt(basket, payment=paying(way, moment=clock.now())),
            way=way,
            strategy=Default(),
            moment=clock.now(),
        )
        for way in ("cash", "card")
    ]
    assert orders[0] == orders[1] and orders[1].payment_state == "cash_due"
    assert not Payment.objects.exists()


def test_an_order_without_its_payment_is_none(buyer: Buyer, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_facts: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("marketplace.checkout.paying.open_payment", breaks)
    basket = basket_of((factories.product(stock=3), 1))
    made = attempt(basket, payment=paying("card", moment=clock.now()))
    with pytest.raises(RuntimeError):
        place(made, way="card", strategy=Default(), moment=clock.now())
    basket.refresh_from_db()
    assert (basket.status, Order.objects.exists()) == ("Open", False)


def test_cash_begins_with_no_payment(buyer: Buyer) -> None:
    buyer.orders(thanh_toan="cash")
    assert not Payment.objects.exists()


def test_a_basket_too_cheap_for_a_card_says_so(buyer: Buyer, settings: Any) -> None:
    settings.CARD_LEAST = 1_000_000
    form = buyer.form(thanh_toan="card")
    text = page(buyer)
    assert offered(text) == ["cash", "transfer"] and "Trả bằng thẻ được từ 1.000.000" in text
    assert "thanh_toan" in buyer.sends(form).context["form"].errors
    assert not Order.objects.exists()


def test_a_basket_too_dear_for_cash_says_so(buyer: Buyer, settings: Any) -> None:
    settings.CASH_MOST = 100_000
    buyer.form()
    text = page(buyer)
    assert offered(text) == ["transfer", "card"] and "Đơn trên 100.000" in text


def test_other_quantities_bring_the_ways_that_are_open_then_and_keep_the_choice(
    buyer: Buyer, settings: Any
) -> None:
    settings.CARD_LEAST = 300_000
    line = buyer.client.get(reverse(CHECKOUT)).context["summary"].items[0].line
    form = buyer.form(thanh_toan="transfer") | {f"ghi_chu_{line.stockrecord.partner_id}": ""}
    parts = buyer.client.post(
        reverse(CHECKOUT), form | {"dat": f"{line.pk}.9"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert 'id="id_thanh_toan" data-hx-swap-oob="true"' in parts and offered(parts) == [
        "cash",
        "transfer",
        "card",
    ]
    chosen = [tag for tag in re.findall('<input[^>]*name="thanh_toan"[^>]*>', parts) if "checked" in tag]
    assert len(chosen) == 1 and 'value="transfer"' in chosen[0]


def test_a_place_that_is_chosen_leaves_the_ways_as_they_are(buyer: Buyer) -> None:
    page(buyer)
    shown = buyer.client.get(reverse(CHECKOUT)).context["form"].ways_shown
    asked = {"tinh": "ha-noi", "cac_cach": shown, "thanh_toan": "cash"}
    assert "thanh_toan" not in buyer.client.get(reverse("checkout:charges"), asked).content.decode()
    asked["cac_cach"] = "cash"
    assert "thanh_toan" in buyer.client.get(reverse("checkout:charges"), asked).content.decode()


def test_alcohol_is_offered_no_cash_and_asks_for_the_age(buyer: Buyer, wine: Product) -> None:
    text = page(buyer)
    assert offered(text) == ["transfer", "card"]
    assert "Luật không cho thu tiền mặt khi giao." in text and str(ADULT.words) in text
    assert "Đồ uống có cồn chưa đặt được" not in text


def test_without_alcohol_nobody_is_asked_for_the_age(buyer: Buyer) -> None:
    assert 'name="du_tuoi"' not in page(buyer)


def test_alcohol_is_ordered_by_whoever_says_to_be_of_age(buyer: Buyer, wine: Product) -> None:
    form = buyer.form(thanh_toan="card")
    refused = buyer.sends(form)
    assert refused.context["form"].errors.keys() == {"du_tuoi"}
    assert "Bạn cần khẳng định điều này" in refused.content.decode()
    assert not Order.objects.exists()
    buyer.sends(form | {"du_tuoi": "on"})
    order = Order.objects.get()
    assert order.has_alcohol and order.adult_declared_at == order.date_placed


def test_alcohol_is_not_ordered_for_cash(buyer: Buyer, wine: Product) -> None:
    answer = buyer.orders(thanh_toan="cash", du_tuoi="on")
    assert "thanh_toan" in answer.context["form"].errors
    assert not Order.objects.exists()


def test_a_wine_that_leaves_the_basket_brings_cash_back(buyer: Buyer, wine: Product) -> None:
    form = buyer.form(thanh_toan="card")
    items = buyer.client.get(reverse(CHECKOUT)).context["summary"].items
    line = next(item.line for item in items if item.line.product_id == wine.pk)
    answer = buyer.client.post(reverse(CHECKOUT), form | {"bo": str(line.pk)}, headers={"HX-Request": "true"})
    assert offered(answer.content.decode()) == ["cash", "transfer", "card"]
    assert 'name="du_tuoi"' not in answer.content.decode()


def test_the_packing_list_of_whoever_packs_the_wine_asks_to_check_the_age(
    buyer: Buyer, wine: Product
) -> None:
    buyer.orders(thanh_toan="card", du_tuoi="on")
    told = {}
    for part in Order.objects.get().consignments.all():
        told[part.has_alcohol] = text_of(packing_list(consignment=part, moment=part.order.date_placed))
    assert "kiểm tra tuổi người nhận" in told[True] and "kiểm tra tuổi" not in told[False]


def test_the_buyer_reads_on_the_order_that_the_age_is_checked(buyer: Buyer, wine: Product) -> None:
    buyer.orders(thanh_toan="transfer", du_tuoi="on")
    text = buyer.client.get(Order.objects.get().get_absolute_url()).content.decode()
    assert text.count("chỉ giao cho người từ đủ 18 tuổi") == 1
