"""Charges: one for every attempt that reached the card (https://docs.stripe.com/api/charges/object).

A declined attempt leaves a failed charge. With `capture_method=automatic_async`, the default of current API versions,
`balance_transaction` is null in the answer and in the events of success, and comes with `charge.updated`
(https://docs.stripe.com/payments/payment-intents/asynchronous-capture).
"""

from tests.stripe_double import balance, params
from tests.stripe_double.account import Object, new_id, now
from tests.stripe_double.call import Call
from tests.stripe_double.cards import Card
from tests.stripe_double.listing import LIST, page


def attempt(call: Call, intent: Object, method: Object, card: Card, *, authenticated: bool) -> Object:
    """Charges the card; the charge says whether it went through."""
    failed = card.code is not None
    charge = call.account.add(
        {
            **fields(intent, method),
            "outcome": outcome(card),
            "failure_code": card.code,
            "failure_message": card.message if failed else None,
            "amount_captured": 0 if failed else intent["amount"],
            "captured": not failed,
            "paid": not failed,
            "status": "failed" if failed else "succeeded",
        }
    )
    charge["payment_method_details"] = details(charge, method, authenticated=authenticated)
    charge["receipt_url"] = f"{call.base}/_double/receipts/{charge['id']}"
    if failed:
        call.emit("charge.failed", charge)
        return charge
    if intent["capture_method"] == "automatic":
        settle(call, charge)
    else:
        call.later.append(lambda: settle_later(call, charge))
    call.emit("charge.succeeded", charge)
    return charge


def settle(call: Call, charge: Object) -> None:
    amount = charge["amount"]
    movement = balance.book(
        call.account, "charge", charge, amount=amount, fee=balance.fee_of(amount, charge["currency"])
    )
    charge["balance_transaction"] = movement["id"]


def settle_later(call: Call, charge: Object) -> None:
    settle(call, charge)
    call.emit("charge.updated", charge, before={"balance_transaction": None})


def fields(intent: Object, method: Object) -> Object:
    return {
        "id": new_id("ch_"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": dict(method["billing_details"]),
        "calculated_statement_descriptor": "STRIPE DOUBLE",
        "created": now(),
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "presentment_details": None,
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "transfer_data": None,
        "transfer_group": None,
    }


def outcome(card: Card) -> Object:
    """https://docs.stripe.com/declines: what the network said, in words."""
    failed = card.code is not None
    return {
        "advice_code": card.advice,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": (card.decline or card.code) if failed else None,
        "risk_level": "normal",
        "risk_score": 10,
        "seller_message": "The bank did not return any further details with this decline."
        if failed
        else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }


def details(charge: Object, method: Object, *, authenticated: bool) -> Object:
    card = method["card"]
    secure = {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": None,
        "version": "2.2.0",
    }
    shown = ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4", "wallet")
    return {
        "type": "card",
        "card": {
            **{name: card[name] for name in shown},
            "amount_authorized": charge["amount_captured"] or None,
            "authorization_code": "123456" if charge["paid"] else None,
            "checks": {
                **card["checks"],
                "cvc_check": "fail" if charge["failure_code"] == "incorrect_cvc" else "pass",
            },
            "installments": None,
            "mandate": None,
            "network": card["brand"],
            "network_transaction_id": "104557651805572",
            "three_d_secure": secure if authenticated else None,
        },
    }


def retrieve(call: Call) -> Object:
    return call.account.get("charge", call.ids[0])


def listing(call: Call) -> Object:
    known = LIST | {"payment_intent": params.filled, "customer": params.left_out}
    return page(call, "charge", params.read(call.raw, known), equal=("payment_intent",), url="/v1/charges")
