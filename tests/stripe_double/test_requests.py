"""HTTP: keys, forms, headers, browsers' calls, and the double run by itself."""

import base64
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
import stripe

from tests.project.tree import ROOT
from tests.stripe_double import paying
from tests.stripe_double.forms import Malformed, parse
from tests.stripe_double.serving import Remote, serving


def ask(address: str, path: str, body: str | None = None, **headers: str) -> tuple[int, Any, Any]:
    """Status, JSON and headers of one call."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        address + path, data=body.encode() if body is not None else None, headers=sent
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), error.headers


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (
            "amount=1&metadata[order]=7&metadata[a b]=x",
            {"amount": "1", "metadata": {"order": "7", "a b": "x"}},
        ),
        ("expand[]=a&expand[]=b", {"expand": ["a", "b"]}),
        ("expand[0]=a&expand[1]=b", {"expand": ["a", "b"]}),
        ("a[b][c]=1&a[b][d]=2", {"a": {"b": {"c": "1", "d": "2"}}}),
        ("metadata[note]=&description=", {"metadata": {"note": ""}, "description": ""}),
        ("name=Tr%C3%A0+Shan", {"name": "Trà Shan"}),
    ],
)
def test_forms_nest_by_brackets(text: str, tree: dict[str, Any]) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize("text", ["a=1&a[b]=2", "a[b]=2&a=1"])
def test_a_name_is_a_value_or_a_group(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


def test_without_a_key_nothing_is_answered(double: Remote) -> None:
    status, body, headers = ask(double.address, "/v1/payment_intents")
    assert (status, body["error"]["type"]) == (401, "invalid_request_error")
    assert headers["Request-Id"].startswith("req_")


def test_the_secret_key_is_a_token_or_a_user_name(double: Remote) -> None:
    basic = base64.b64encode(f"{double.secret_key}:".encode()).decode()
    for authorization in (f"Bearer {double.secret_key}", f"Basic {basic}"):
        assert ask(double.address, "/v1/charges", Authorization=authorization)[0] == 200
    status, body, _ = ask(double.address, "/v1/charges", Authorization="Bearer sk_test_wrong_0001")
    assert (status, "sk_test" in body["error"]["message"], "wrong" in body["error"]["message"]) == (
        401,
        True,
        False,
    )


def test_version_and_number_of_a_call_come_back(client: stripe.StripeClient) -> None:
    answered: Any = paying.create(client)
    assert answered.last_response.headers["Stripe-Version"] == "2026-10-28.endive"
    assert answered.last_response.request_id.startswith("req_")


def test_the_librarys_global_address_leads_here_too(double: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe, "api_base", double.address)
    monkeypatch.setattr(stripe, "api_key", double.secret_key)
    intent = stripe.PaymentIntent.create(amount=20_000, currency="vnd")
    assert stripe.PaymentIntent.retrieve(intent.id).amount == 20_000


def test_an_unknown_address_is_not_found(double: Remote) -> None:
    status, body, _ = ask(double.address, "/v1/invoices", Authorization=f"Bearer {double.secret_key}")
    assert (status, "GET: /v1/invoices" in body["error"]["message"]) == (404, True)


def test_a_browser_sees_less_and_only_with_the_client_secret(
    client: stripe.StripeClient, double: Remote
) -> None:
    intent = paying.create(client, metadata={"order": "1001"})
    path, key = f"/v1/payment_intents/{intent.id}", f"key={double.publishable_key}"
    status, body, headers = ask(
        double.address, f"{path}?{key}&client_secret={intent.client_secret}", Origin="https://shop.example"
    )
    assert (status, body["id"], "metadata" in body) == (200, intent.id, False)
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert ask(double.address, f"{path}?{key}")[1]["error"]["code"] == "parameter_missing"
    assert ask(double.address, f"{path}?{key}&client_secret={intent.id}_secret_x")[0] == 404
    status, body, _ = ask(double.address, f"/v1/payment_intents/pi_none?{key}&client_secret=pi_none_secret_x")
    assert (status, body["error"]["param"]) == (404, "intent")


def test_a_browser_may_not_do_what_the_server_may(double: Remote) -> None:
    for path, form in [
        ("/v1/refunds", "payment_intent=pi_1"),
        ("/v1/payment_intents", "amount=20000&currency=vnd"),
    ]:
        status, body, _ = ask(double.address, path, f"{form}&key={double.publishable_key}")
        assert (status, body["error"]["code"]) == (403, "secret_key_required")


def test_other_sites_cannot_read_the_control_api(double: Remote) -> None:
    headers = ask(double.address, "/_double/calls", "{}", Origin="https://elsewhere.example")[2]
    assert "Access-Control-Allow-Origin" not in headers


def test_it_runs_by_itself_and_says_where() -> None:
    program = [sys.executable, "-m", "tests.stripe_double", "--port", "0"]
    with subprocess.Popen(program, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            address = running.stdout.readline().strip()
            client = stripe.StripeClient("sk_test_double", base_addresses={"api": address})
            assert paying.paid(client).status == "succeeded"
        finally:
            running.terminate()


def test_slow_refunds_go_on_by_themselves_where_the_double_says_when() -> None:
    with serving(later=0.2) as own:
        client = stripe.StripeClient(own.secret_key, base_addresses={"api": own.address})
        refund = paying.refund(client, paying.paid(client, card="pm_card_refundFail"))
        assert refund.status == "succeeded"
        end = time.monotonic() + 5
        while client.v1.refunds.retrieve(refund.id).status == "succeeded" and time.monotonic() < end:
            time.sleep(0.05)
        assert client.v1.refunds.retrieve(refund.id).status == "failed"
