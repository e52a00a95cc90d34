"""The stand-in for Stripe's browser script, in front of a page with a strict policy of its own."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.stripe_double.serving import Remote, serving

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Trả tiền</title>
<script src="{double}/basil/stripe.js"></script><script src="/pay.js" defer></script></head>
<body><div id="payment"></div><button id="pay">Trả tiền</button><button id="look">Xem</button>
<pre id="events"></pre><output id="result"></output></body></html>"""
SCRIPT = """
const secret = new URLSearchParams(location.search).get("secret");
const redirect = new URLSearchParams(location.search).get("redirect");
const stripe = Stripe("pk_test_double");
const elements = stripe.elements({clientSecret: secret, locale: new URLSearchParams(location.search).get("locale") ?? "vi", appearance: {theme: "stripe"}});
const element = elements.create("payment");
const show = (result) => { document.getElementById("result").textContent = JSON.stringify(result); };
element.on("ready", () => { document.getElementById("events").textContent += "ready "; });
element.on("loaderror", ({error}) => { document.getElementById("events").textContent += error.code; });
element.on("change", (event) => { if (event.complete) document.getElementById("events").textContent += "complete "; });
element.mount("#payment");
document.getElementById("pay").addEventListener("click", async () => {
  const return_url = `${location.origin}/done`;
  show(await stripe.confirmPayment({elements, confirmParams: {return_url}, redirect}));
});
document.getElementById("look").addEventListener("click", async () => {
  show(await stripe.retrievePaymentIntent(secret));
});
"""
POLICY = "default-src 'none'; script-src 'self' {double}; frame-src {double}; connect-src {double}"


class ShopServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, double: str) -> None:
        super().__init__(("127.0.0.1", 0), ShopPages)
        self.stripe = double
        self.received: list[str] = []


class ShopPages(BaseHTTPRequestHandler):
    server: ShopServer

    def do_GET(self) -> None:
        self.server.received.append(self.path)
        script = self.path == "/pay.js"
        text = SCRIPT if script else PAGE.format(double=self.server.stripe)
        if self.path.startswith("/done"):
            text = "<!doctype html><title>Xong</title>"
        self.send_response(200)
        self.send_header("Content-Type", f"text/{'javascript' if script else 'html'}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(double=self.server.stripe))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@dataclass
class Checkout:
    """A page where one intent is to be paid."""

    page: Page
    client: stripe.StripeClient
    double: Remote
    shop: str
    complaints: list[str] = field(default_factory=list)
    intent: Any = None

    def open(self, *, redirect: str = "if_required", locale: str = "vi") -> None:
        given: Any = {"amount": 250_000, "currency": "vnd"}
        self.intent = self.client.v1.payment_intents.create(given)
        self.page.goto(f"{self.shop}/?secret={self.intent.client_secret}&redirect={redirect}&locale={locale}")
        expect(self.page.locator("#events")).to_contain_text("ready")

    @property
    def card(self) -> FrameLocator:
        return self.page.frame_locator("#payment iframe")

    def type_card(self, number: str) -> None:
        self.card.get_by_label("Số thẻ").press_sequentially(number)
        self.card.get_by_label("Hết hạn").press_sequentially("1240")
        self.card.get_by_label("Mã CVC").press_sequentially("123")

    def pay(self, number: str) -> None:
        self.type_card(number)
        self.page.locator("#pay").click()

    def result(self) -> Any:
        expect(self.page.locator("#result")).not_to_be_empty()
        return json.loads(self.page.locator("#result").text_content() or "")

    @property
    def status(self) -> str:
        return str(self.client.v1.payment_intents.retrieve(self.intent.id).status)


@pytest.fixture
def checkout(chromium: Browser) -> Iterator[Checkout]:
    with serving() as double:
        server = ShopServer(double.address)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        client = stripe.StripeClient(double.secret_key, base_addresses={"api": double.address})
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        context.set_default_timeout(15_000)
        page = context.new_page()
        one = Checkout(page, client, double, f"http://127.0.0.1:{server.server_port}")
        page.on(
            "console", lambda message: one.complaints.append(message.text) if refused(message.text) else None
        )
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        yield one
        context.close()
        server.shutdown()
        server.server_close()
        assert one.complaints == []
        assert not any("4242" in path or "3220" in path for path in server.received)


def refused(text: str) -> bool:
    return "Content Security Policy" in text or "CORS" in text


def challenge(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[src*=three_d_secure]")


def test_a_card_pays_under_a_policy_that_allows_the_double_only(checkout: Checkout) -> None:
    checkout.open()
    expect(checkout.card.get_by_text("Thẻ thử – không phải Stripe")).to_be_visible()
    checkout.pay("4242424242424242")
    result = checkout.result()
    assert (result["paymentIntent"]["status"], checkout.status) == ("succeeded", "succeeded")
    assert "complete" in (checkout.page.locator("#events").text_content() or "")
    assert "latest_charge" not in result["paymentIntent"]


def test_the_shops_page_never_sees_the_number(checkout: Checkout) -> None:
    checkout.open()
    requests: list[str] = []
    checkout.page.on(
        "request",
        lambda request: (
            requests.append(request.post_data or "") if request.frame == checkout.page.main_frame else None
        ),
    )
    checkout.pay("4242424242424242")
    checkout.result()
    assert any("payment_method=pm_" in body for body in requests)
    assert not any("4242424242424242" in body for body in requests)
    assert "4242424242424242" not in checkout.page.content()


def test_a_decline_says_why_and_another_card_pays(checkout: Checkout) -> None:
    checkout.open()
    checkout.pay("4000000000009995")
    error = checkout.result()["error"]
    assert (error["type"], error["decline_code"]) == ("card_error", "insufficient_funds")
    assert error["payment_intent"]["status"] == "requires_payment_method"
    checkout.card.get_by_label("Số thẻ").clear()
    checkout.card.get_by_label("Số thẻ").press_sequentially("4242424242424242")
    checkout.page.locator("#pay").click()
    expect(checkout.page.locator("#result")).to_contain_text("succeeded")


def test_an_empty_form_says_what_is_missing_and_asks_nobody(checkout: Checkout) -> None:
    checkout.open()
    checkout.page.locator("#pay").click()
    assert checkout.result()["error"]["code"] == "incomplete_number"
    expect(checkout.card.get_by_text("Số thẻ của bạn chưa đầy đủ.")).to_be_visible()
    assert checkout.status == "requires_payment_method"


def test_three_d_secure_that_succeeds(checkout: Checkout) -> None:
    checkout.open()
    checkout.pay("4000000000003220")
    challenge(checkout.page).get_by_role("button", name="Xác thực thành công").click()
    assert checkout.result()["paymentIntent"]["status"] == "succeeded"
    expect(checkout.page.locator("iframe")).to_have_count(1)


def test_three_d_secure_that_fails(checkout: Checkout) -> None:
    checkout.open()
    checkout.pay("4000000000003220")
    challenge(checkout.page).get_by_role("button", name="Xác thực thất bại").click()
    assert checkout.result()["error"]["code"] == "payment_intent_authentication_failure"
    assert checkout.status == "requires_payment_method"


def test_an_intent_cancelled_during_three_d_secure_is_not_paid(checkout: Checkout) -> None:
    checkout.open()
    checkout.pay("4000000000003220")
    button = challenge(checkout.page).get_by_role("button", name="Xác thực thành công")
    button.wait_for()
    checkout.client.v1.payment_intents.cancel(checkout.intent.id)
    button.click()
    assert checkout.result()["error"]["code"] == "payment_intent_unexpected_state"
    assert checkout.client.v1.charges.list().data == []


def test_without_if_required_the_customer_is_sent_to_the_return_address(checkout: Checkout) -> None:
    checkout.open(redirect="always")
    checkout.pay("4242424242424242")
    checkout.page.wait_for_url("**/done?*")
    assert f"payment_intent={checkout.intent.id}" in checkout.page.url
    assert f"payment_intent_client_secret={checkout.intent.client_secret}" in checkout.page.url
    assert "redirect_status=succeeded" in checkout.page.url


def test_a_connection_cut_after_the_charge_is_an_error_though_the_money_went(checkout: Checkout) -> None:
    checkout.open()
    checkout.double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="cut_after")
    checkout.pay("4242424242424242")
    assert checkout.result()["error"]["type"] == "api_connection_error"
    checkout.page.locator("#look").click()
    expect(checkout.page.locator("#result")).to_contain_text("succeeded")


def test_a_page_whose_payment_is_done_shows_no_fields(checkout: Checkout) -> None:
    checkout.open()
    checkout.pay("4242424242424242")
    checkout.result()
    checkout.page.reload()
    expect(checkout.page.locator("#events")).to_contain_text("payment_intent_unexpected_state")
    expect(checkout.page.locator("#payment iframe")).to_have_count(0)


def test_in_english_the_frames_speak_english(checkout: Checkout) -> None:
    checkout.open(locale="en")
    expect(checkout.card.get_by_text("Test card – not Stripe")).to_be_visible()
    checkout.card.get_by_label("Card number").press_sequentially("4000000000003220")
    checkout.card.get_by_label("Expiry").press_sequentially("1240")
    checkout.card.get_by_label("CVC").press_sequentially("123")
    checkout.page.locator("#pay").click()
    challenge(checkout.page).get_by_role("button", name="Authentication succeeds").click()
    assert checkout.result()["paymentIntent"]["status"] == "succeeded"


def test_without_a_script_of_the_shop_the_banks_page_leads_back(checkout: Checkout) -> None:
    checkout.open()
    given: Any = {
        "payment_method": "pm_card_threeDSecure2Required",
        "return_url": f"{checkout.shop}/done?order=1001",
    }
    asked = checkout.client.v1.payment_intents.confirm(checkout.intent.id, given)
    assert asked.next_action is not None
    assert asked.next_action.redirect_to_url is not None
    checkout.page.goto(str(asked.next_action.redirect_to_url.url))
    checkout.page.get_by_role("button", name="Xác thực thành công").click()
    checkout.page.wait_for_url("**/done?*")
    assert "order=1001" in checkout.page.url
    assert "redirect_status=succeeded" in checkout.page.url
    assert checkout.status == "succeeded"
