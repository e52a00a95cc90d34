"""Paying by card in a real browser, with the double of Stripe: once, whatever happens in between."""

import re
from typing import Any

import pytest
import stripe
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser import buyer
from tests.browser.conftest import Visit
from tests.browser.shop import Opened
from tests.browser.soundness import axe, complaints, overflow
from tests.browser.stocking import CANDY, WINE
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
PAYS, NEEDS_3DS, TOO_POOR = "4242424242424242", "4000000000003220", "4000000000009995"
PAID = "Chúng tôi đã nhận tiền"


def order(page: Page, way: str = "Thẻ", product: str = CANDY) -> None:
    """Up to the page of paying."""
    buyer.add(page, product)
    choose_and_confirm(page, way)


def choose_and_confirm(page: Page, way: str) -> None:
    buyer.to_checkout(page)
    buyer.fill_in(page)
    expect(page.locator("#tom-tat .total")).to_be_visible()
    page.get_by_label(re.compile(f"^{way}")).check()
    buyer.confirm(page)
    page.wait_for_url("**/tra-tien/")


def card(page: Page) -> FrameLocator:
    return page.frame_locator("#the iframe")


def type_card(page: Page, number: str) -> None:
    field = card(page).get_by_label("Số thẻ")
    field.clear()
    field.press_sequentially(number)
    for label, words in (("Hết hạn", "1240"), ("Mã CVC", "123")):
        if not card(page).get_by_label(label).input_value():
            card(page).get_by_label(label).press_sequentially(words)


def pay_button(page: Page) -> Any:
    return page.get_by_role("button", name=re.compile("^Trả "))


def pay(page: Page, number: str) -> None:
    expect(pay_button(page)).to_be_enabled()
    type_card(page, number)
    pay_button(page).click()


def choose(page: Page, way: str) -> None:
    """By the keyboard: right after the page has moved, Chromium may give the mouse to the frame that was there."""
    page.get_by_role("button", name=re.compile(way)).press("Enter")


def is_paid(page: Page) -> None:
    page.wait_for_url(re.compile("/don-hang/[^/]+/$"))
    expect(page.get_by_text(PAID)).to_be_visible()
    expect(page.get_by_role("heading", name="Tiền đã trả")).to_be_visible()


def intents(double: Remote) -> list[stripe.PaymentIntent]:
    client = stripe.StripeClient(double.secret_key, base_addresses={"api": double.address})
    return list(client.v1.payment_intents.list({"limit": 100}).data)


def intent_of(page: Page, double: Remote) -> stripe.PaymentIntent:
    """Of the card page that is open."""
    secret = str(page.locator("#the").get_attribute("data-secret"))
    return next(intent for intent in intents(double) if intent.client_secret == secret)


def charged(double: Remote, intent: stripe.PaymentIntent) -> int:
    client = stripe.StripeClient(double.secret_key, base_addresses={"api": double.address})
    found = client.v1.charges.list({"payment_intent": intent.id}).data
    return sum(charge.status == "succeeded" for charge in found)


def challenge(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[src*=three_d_secure]")


def test_a_card_pays_and_its_number_never_comes_to_the_shop(page: Page, shop: str, double: Remote) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    order(page)
    intent = intent_of(page, double)
    pay(page, PAYS)
    is_paid(page)
    assert charged(double, intent) == 1
    assert any(PAYS in one for one in sent)
    assert not any(PAYS in one for one in sent if one.startswith(shop))


def test_a_declined_card_says_why_and_another_one_pays(visit: Visit, double: Remote) -> None:
    page = visit(errors=False)  # a decline is an answer with an error's status
    order(page)
    intent = intent_of(page, double)
    pay(page, TOO_POOR)
    told = page.locator("#the [role=alert]")
    expect(told).to_contain_text("Thẻ không đủ tiền")
    expect(told).to_be_focused()
    assert [*axe(page), *overflow(page)] == []
    pay(page, PAYS)
    is_paid(page)
    assert charged(double, intent) == 1


def test_an_empty_form_is_not_sent(page: Page, double: Remote) -> None:
    order(page)
    expect(pay_button(page)).to_be_enabled()
    pay_button(page).click()
    expect(page.locator("#the [role=alert]")).to_contain_text("Bạn xem lại các ô của thẻ")
    assert intent_of(page, double).status == "requires_payment_method"


def test_three_d_secure_that_fails_may_be_tried_again(page: Page, double: Remote) -> None:
    order(page)
    intent = intent_of(page, double)
    pay(page, NEEDS_3DS)
    challenge(page).get_by_role("button", name="Xác thực thất bại").click()
    expect(page.locator("#the [role=alert]")).to_contain_text("chưa xác thực được bạn")
    assert charged(double, intent) == 0
    pay_button(page).click()
    challenge(page).get_by_role("button", name="Xác thực thành công").click()
    is_paid(page)
    assert charged(double, intent) == 1


def test_a_double_click_makes_one_charge(page: Page, double: Remote) -> None:
    order(page)
    intent = intent_of(page, double)
    type_card(page, PAYS)
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="delay", seconds=1)
    pay_button(page).dblclick()
    busy = page.get_by_role("button", name="Đang trả…")
    expect(busy).to_have_attribute("aria-disabled", "true")
    busy.click(force=True)
    is_paid(page)
    assert charged(double, intent) == 1
    path = f"/v1/payment_intents/{intent.id}/confirm"
    assert sum(call["path"] == path for call in double.control("calls")["calls"]) == 1


def test_a_connection_cut_after_the_charge_still_leads_to_the_paid_order(
    visit: Visit, double: Remote
) -> None:
    page = visit(errors=False)  # the connection that is cut
    order(page)
    intent = intent_of(page, double)
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="cut_after")
    pay(page, PAYS)
    is_paid(page)
    assert charged(double, intent) == 1


def test_a_page_that_is_loaded_again_after_paying_leads_to_the_paid_order(page: Page, double: Remote) -> None:
    order(page)
    intent = intent_of(page, double)
    double.control("pay", client_secret=intent.client_secret, card=PAYS)
    page.reload()
    is_paid(page)


def test_who_closes_the_browser_after_paying_has_paid(visit: Visit, double: Remote, opened: Opened) -> None:
    page, later = visit(), visit()
    order(page)
    here, intent = page.url, intent_of(page, double)
    page.close()
    double.control("pay", client_secret=intent.client_secret, card=PAYS)
    double.control("webhooks/settle", seconds=20)
    opened.works()
    later.goto(here)
    later.wait_for_url(re.compile("/don-hang/[^/]+/$"))
    expect(later.get_by_role("heading", name="Tiền đã trả")).to_be_visible()


def test_without_script_cards_say_so_and_the_transfer_stays(visit: Visit) -> None:
    page = visit(script=False)
    buyer.add(page, CANDY)
    buyer.to_checkout(page)
    buyer.fill_in(page)
    page.get_by_label(re.compile("^Thẻ")).check()
    page.get_by_role("button", name="Xem phí giao và tổng tiền").click()
    buyer.confirm(page)
    page.wait_for_url("**/tra-tien/")
    assert "Trả bằng thẻ cần JavaScript" in str(page.locator("noscript").inner_html())
    expect(pay_button(page)).to_have_count(0)
    choose(page, "Chuyển khoản bằng mã VietQR")
    expect(page.get_by_role("img", name="Mã VietQR của đơn này")).to_be_visible()


def test_whoever_transfers_instead_gives_the_card_up(page: Page, double: Remote, opened: Opened) -> None:
    order(page)
    intent = intent_of(page, double)
    choose(page, "Chuyển khoản bằng mã VietQR")
    expect(page.get_by_role("img", name="Mã VietQR của đơn này")).to_be_visible()
    opened.works()
    assert {one.id: one.status for one in intents(double)}[intent.id] == "canceled"
    choose(page, "Thẻ")
    pay(page, PAYS)
    is_paid(page)


def test_alcohol_is_bought_by_an_adult_with_a_card(page: Page) -> None:
    buyer.search(page, WINE)
    page.get_by_role("button", name=re.compile("đã đủ 18 tuổi")).click()
    buyer.add(page, WINE)
    buyer.to_checkout(page)
    expect(page.get_by_label("Trả tiền khi nhận hàng")).to_have_count(0)
    buyer.fill_in(page)
    expect(page.locator("#tom-tat .total")).to_be_visible()
    page.get_by_label(re.compile("^Thẻ")).check()
    buyer.confirm(page)
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text([re.compile("Bạn cần khẳng định")])
    assert complaints(page) == []
    page.get_by_label(re.compile("^Tôi từ đủ 18 tuổi")).check()
    buyer.confirm(page)
    page.wait_for_url("**/tra-tien/")
    pay(page, PAYS)
    is_paid(page)
    expect(page.get_by_text("chỉ giao cho người từ đủ 18 tuổi")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_paying_have_nothing_to_complain_about(visit: Visit, width: int) -> None:
    page = visit(width=width)
    order(page)
    expect(pay_button(page)).to_be_enabled()
    assert complaints(page) == []
    here = page.url.split("/don-hang/")[1]
    page.goto(f"/en/don-hang/{here}")
    expect(page.get_by_role("button", name=re.compile("^Pay "))).to_be_enabled()
    assert complaints(page) == []
    choose(page, "VietQR")
    expect(page.get_by_role("img", name=re.compile("VietQR"))).to_be_visible()
    assert complaints(page) == []
