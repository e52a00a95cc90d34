"""The control API under `/_double/`, JSON in and out: what a test does that no customer of Stripe's can.

README.md lists the operations. A mistake in a test is answered with 400 and a sentence.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.stripe_double import confirming, disputes, refunds
from tests.stripe_double.account import PUBLISHABLE_KEY, Object
from tests.stripe_double.cards import BY_METHOD
from tests.stripe_double.double import Answer, Double, Request
from tests.stripe_double.errors import Refused, no_such
from tests.stripe_double.money import currency

Given = dict[str, Any]


def answer(double: Double, request: Request) -> Answer:
    """POST with a JSON object, or GET."""
    path = urlsplit(request.target).path.removeprefix("/_double/")
    try:
        given = json.loads(request.body or b"{}")
        if path.startswith("receipts/"):
            return shown({"receipt": path})
        plain = PLAIN.get(path)
        if plain is not None:
            return shown(plain(double, given))
        kind, key, act = path.split("/")
        return shown(ON_OBJECTS[kind, act](double, key, given))
    except Refused as refused:
        return shown(refused.body, 400)
    except (KeyError, TypeError, ValueError) as problem:
        return shown({"error": {"message": f"{path}: {problem!r}"}}, 400)


def shown(body: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body, ensure_ascii=False).encode())


def reset(double: Double, given: Given) -> Any:
    double.reset()
    return {}


def calls(double: Double, given: Given) -> Any:
    return {"calls": [dict(one) for one in double.calls]}


def add_fault(double: Double, given: Given) -> Any:
    if given:
        double.plan.add(given)
    return {"faults": double.plan.shown()}


def clear_faults(double: Double, given: Given) -> Any:
    double.plan.clear()
    return {}


def add_endpoint(double: Double, given: Given) -> Any:
    return {"id": double.webhooks.register(**given).id}


def deliveries(double: Double, given: Given) -> Any:
    return {"deliveries": [one.shown() for one in double.webhooks.deliveries]}


def hold(double: Double, given: Given) -> Any:
    double.webhooks.hold()
    return deliveries(double, given)


def resume(double: Double, given: Given) -> Any:
    double.webhooks.resume()
    return {}


def deliver(double: Double, given: Given) -> Any:
    """`events`: ids or types, in the order they shall leave; without it, everything held."""
    return {"deliveries": [one.shown() for one in double.webhooks.deliver(given.get("events"))]}


def settle_webhooks(double: Double, given: Given) -> Any:
    return {"settled": double.webhooks.settle(given.get("seconds", 10))}


def set_retries(double: Double, given: Given) -> Any:
    double.webhooks.retries = tuple(given["seconds"])
    return {}


def expire_keys(double: Double, given: Given) -> Any:
    double.keys.expire(given.get("key"))
    return {}


def set_settlement(double: Double, given: Given) -> Any:
    code = given["currency"]
    double.account.settlement = currency("currency", code) if code else None
    return {}


def pay(double: Double, given: Given) -> Any:
    """A customer pays in the browser: `client_secret`, `card` (number or pm_card_…), `authenticate` ("succeed" or
    "fail") if 3-D Secure asks. Answers the status and body of the browser's last call, null if it was cut."""
    secret, card = given["client_secret"], given.get("card", "pm_card_visa")
    intent = secret.split("_secret_")[0]
    if card not in BY_METHOD:
        typed = {"number": card, "exp_month": "12", "exp_year": "40", "cvc": given.get("cvc", "123")}
        form = {"type": "card"} | {f"card[{name}]": value for name, value in typed.items()}
        made = browser(double, "/v1/payment_methods", form)
        if made["status"] != 200:
            return made
        card = made["body"]["id"]
    confirmation = {
        "client_secret": secret,
        "payment_method": card,
        "return_url": given.get("return_url", "https://shop.example/return"),
        "use_stripe_sdk": "true",
    }
    confirmed = browser(double, f"/v1/payment_intents/{intent}/confirm", confirmation)
    if "authenticate" in given and (confirmed["body"] or {}).get("status") == "requires_action":
        authenticated = authenticate(double, intent, {"outcome": given["authenticate"]})
        return {"status": 200, "body": authenticated}
    return confirmed


def browser(double: Double, path: str, form: dict[str, str]) -> Any:
    body = urlencode(form | {"key": PUBLISHABLE_KEY}).encode()
    got = double.answer(Request("POST", path, {}, body))
    return {"status": got.status, "body": None if got.cut else json.loads(got.body)}


def object_of(double: Double, kind: str, key: str) -> Object:
    one = double.account.objects.get(kind, {}).get(key)
    if one is None:
        raise no_such(kind, key)
    return one


def outcome(given: Given, good: str, bad: str) -> bool:
    if given["outcome"] not in {good, bad}:
        raise ValueError(f"outcome is {good} or {bad}")
    return bool(given["outcome"] == good)


def authenticate(double: Double, key: str, given: Given) -> Any:
    succeeds = outcome(given, "succeed", "fail")
    intent = object_of(double, "payment_intent", key)
    return double.by_itself(
        lambda call: confirming.authenticate(call, intent, succeeds=succeeds),
        operation=f"POST /_double/payment_intents/{key}/authenticate",
    )


def settle_payment(double: Double, key: str, given: Given) -> Any:
    succeeds = outcome(given, "succeed", "fail")
    intent = object_of(double, "payment_intent", key)
    return double.by_itself(lambda call: confirming.settle(call, intent, succeeds=succeeds))


def settle_refund(double: Double, key: str, given: Given) -> Any:
    """Without `outcome`, what becomes of the test card's refunds some time later; with it, any refund's end."""
    refund = object_of(double, "refund", key)
    reason = given.get("reason", "unknown")
    if reason not in refunds.FAILURES:
        raise ValueError(f"reason is one of {', '.join(refunds.FAILURES)}")

    def change(call: Any) -> Object:
        if "outcome" not in given:
            refunds.go_on(call, refund)
        elif outcome(given, "succeed", "fail"):
            refunds.succeed(call, refund)
        else:
            refunds.fail(call, refund, reason=reason)
        return refund

    return double.by_itself(change)


def dispute(double: Double, key: str, given: Given) -> Any:
    charge = object_of(double, "charge", key)
    reason = given.get("reason", "fraudulent")
    return double.by_itself(
        lambda call: disputes.open_for(call, charge, reason=reason, amount=given.get("amount"))
    )


def end_dispute(double: Double, key: str, given: Given) -> Any:
    won = outcome(given, "won", "lost")
    one = object_of(double, "dispute", key)
    return double.by_itself(lambda call: disputes.end(call, one, won=won))


PLAIN: dict[str, Callable[[Double, Given], Any]] = {
    "reset": reset,
    "calls": calls,
    "faults": add_fault,
    "faults/clear": clear_faults,
    "webhook_endpoints": add_endpoint,
    "webhooks": deliveries,
    "webhooks/hold": hold,
    "webhooks/resume": resume,
    "webhooks/deliver": deliver,
    "webhooks/settle": settle_webhooks,
    "webhooks/retries": set_retries,
    "idempotency_keys/expire": expire_keys,
    "settlement": set_settlement,
    "pay": pay,
}
ON_OBJECTS: dict[tuple[str, str], Callable[[Double, str, Given], Any]] = {
    ("payment_intents", "authenticate"): authenticate,
    ("payment_intents", "settle"): settle_payment,
    ("refunds", "settle"): settle_refund,
    ("charges", "dispute"): dispute,
    ("disputes", "end"): end_dispute,
}
