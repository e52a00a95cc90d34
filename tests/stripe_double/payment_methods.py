"""Payment methods: the card a browser typed in, or one of the ready-made ids of test mode (pm_card_…).

https://docs.stripe.com/api/payment_methods. Card numbers come with the publishable key only; with the secret key
Stripe refuses them, as it does for accounts without proof of PCI compliance.
"""

import datetime as dt

from tests.stripe_double import params
from tests.stripe_double.account import Account, Object, new_id, now
from tests.stripe_double.call import Call
from tests.stripe_double.cards import BY_METHOD, Card, by_number, check_details, expiry
from tests.stripe_double.errors import invalid, missing, no_such

CARD = {
    "number": params.filled,
    "exp_month": params.integer,
    "exp_year": params.integer,
    "cvc": params.filled,
}
BILLING = {"name": params.text, "email": params.text, "phone": params.text, "address": params.left_out}
CREATE = {
    "type": params.one_of("card"),
    "card": params.group(CARD, needed=["number", "exp_month", "exp_year"]),
    "billing_details": params.group(BILLING),
    "metadata": params.metadata,
}


def create(call: Call) -> Object:
    given = params.read(call.raw, CREATE, needed=["type"])
    if "card" not in given:
        raise missing("card")
    if not call.publishable:
        raise invalid(
            "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test "
            "tokens that map to the test card you are using, see https://stripe.com/docs/testing.",
            status=402,
        )
    typed = given["card"]
    card = by_number(typed["number"])
    today = dt.datetime.now(tz=dt.UTC)
    check_details(
        card,
        month=typed["exp_month"],
        year=typed["exp_year"],
        cvc=typed.get("cvc"),
        today=(today.year, today.month),
    )
    method = made(call.account, card, month=typed["exp_month"], year=typed["exp_year"])
    method["billing_details"].update(given.get("billing_details", {}))
    method["metadata"] = given.get("metadata", {})
    return method


def retrieve(call: Call) -> Object:
    return call.account.get("payment_method", call.ids[0])


def chosen(account: Account, key: str) -> Object:
    """The payment method that a parameter names; a ready-made id becomes a payment method of its own."""
    if key in BY_METHOD:
        return made(account, BY_METHOD[key], *expiry())
    method = account.objects.get("payment_method", {}).get(key)
    if method is None:
        raise no_such("PaymentMethod", key, param="payment_method", status=400)
    return method


def made(account: Account, card: Card, month: int, year: int) -> Object:
    method = {
        "id": new_id("pm_"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {
            "address": dict.fromkeys(["city", "country", "line1", "line2", "postal_code", "state"]),
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "card": {
            "brand": card.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "unchecked",
            },
            "country": card.country,
            "display_brand": card.brand,
            "exp_month": month,
            "exp_year": year + 2000 if year < 100 else year,
            "fingerprint": card.number[::-1],
            "funding": "credit",
            "generated_from": None,
            "last4": card.number[-4:],
            "networks": {"available": [card.brand], "preferred": None},
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "created": now(),
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }
    account.cards[str(method["id"])] = card
    return account.add(method)
