"""Payment intents: create, retrieve, update, cancel, list (https://docs.stripe.com/api/payment_intents).

Which operation a status allows: https://docs.stripe.com/payments/paymentintents/lifecycle. Confirming is in
`confirming`.
"""

import secrets
from typing import Any

from tests.stripe_double import confirming, params
from tests.stripe_double.account import Object, new_id, now
from tests.stripe_double.call import Call
from tests.stripe_double.errors import invalid, missing, unexpected_state
from tests.stripe_double.listing import LIST, page
from tests.stripe_double.money import check_amount, currency
from tests.stripe_double.payment_methods import chosen

CANCELABLE = (
    "requires_payment_method",
    "requires_capture",
    "requires_confirmation",
    "requires_action",
    "processing",
)
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
# What a browser may see with the publishable key and the client secret ("only a subset of properties").
PUBLIC = (
    "id object amount automatic_payment_methods canceled_at cancellation_reason capture_method client_secret "
    "confirmation_method created currency description last_payment_error livemode next_action payment_method "
    "payment_method_configuration_details payment_method_types processing receipt_email setup_future_usage shipping "
    "source status"
).split()

AUTOMATIC = {"enabled": params.flag, "allow_redirects": params.one_of("always", "never")}
COMMON: dict[str, params.Reader] = {
    "amount": params.positive,
    "currency": currency,
    "description": params.text,
    "metadata": params.metadata,
    "payment_method": params.filled,
    "allowed_payment_method_types": params.strings,
    "receipt_email": params.text,
    "statement_descriptor_suffix": params.text,
    "capture_method": params.one_of("automatic", "automatic_async", "manual"),
}
# What Stripe knows and the double does not. `payment_method_types` cannot be written any more:
# https://docs.stripe.com/changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-from-payment-intents-and-setup-intents
CREATE = COMMON | {
    "automatic_payment_methods": params.group(AUTOMATIC, needed=["enabled"]),
    "confirm": params.flag,
    "return_url": params.filled,
    "use_stripe_sdk": params.flag,
    "confirmation_method": params.one_of("automatic"),
    **dict.fromkeys(
        ["customer", "shipping", "setup_future_usage", "off_session", "payment_method_data"], params.left_out
    ),
    **dict.fromkeys(["payment_method_options", "transfer_data", "application_fee_amount"], params.left_out),
}
CANCEL = {
    "cancellation_reason": params.one_of("duplicate", "fraudulent", "requested_by_customer", "abandoned")
}


def create(call: Call) -> Object:
    refuse_types(call.raw)
    given = params.read(call.raw, CREATE, needed=["amount", "currency"])
    if "allowed_payment_method_types" in given and "automatic_payment_methods" in given:
        raise invalid(
            "You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types.",
            saved=False,
        )
    if not given.get("confirm") and "return_url" in given:
        raise invalid(
            "You cannot pass in a `return_url` to the PaymentIntent unless you set confirm=true.",
            param="return_url",
        )
    refuse_manual(given)
    check_amount(given["amount"], given["currency"])
    method = chosen(call.account, given["payment_method"]) if "payment_method" in given else None
    intent = call.account.add(fresh(given, method))
    call.emit("payment_intent.created", intent)
    if given.get("confirm"):
        return confirming.confirm(call, intent, given)
    return intent


def refuse_types(raw: Object) -> None:
    if "payment_method_types" in raw:
        raise invalid(
            "The payment_method_types parameter is no longer supported. Use dynamic payment methods, "
            "allowed_payment_method_types or excluded_payment_method_types.",
            saved=False,
            code="payment_method_types_no_longer_supported",
            param="payment_method_types",
        )


def refuse_manual(given: Object) -> None:
    if given.get("capture_method") == "manual":
        params.left_out("capture_method", "manual")


def fresh(given: Object, method: Object | None) -> Object:
    key = new_id("pi_")
    automatic = given.get("automatic_payment_methods")
    # Without either parameter, the Dashboard's methods are on
    # (https://docs.stripe.com/changelog/2023-08-16/automatic-payment-methods).
    if automatic is None and "allowed_payment_method_types" not in given:
        automatic = {"enabled": True}
    if automatic and automatic["enabled"]:
        automatic = {"allow_redirects": "always", **automatic}
    nothing: dict[str, Any] = dict.fromkeys(
        "application application_fee_amount canceled_at cancellation_reason customer customer_account hooks "
        "excluded_payment_method_types last_payment_error latest_charge managed_payments next_action on_behalf_of "
        "payment_details payment_method_configuration_details payment_record presentment_details processing review "
        "setup_future_usage shipping source statement_descriptor transfer_data transfer_group".split()
    )
    return nothing | {
        "id": key,
        "object": "payment_intent",
        "allowed_payment_method_types": given.get("allowed_payment_method_types"),
        "amount": given["amount"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "automatic_payment_methods": automatic if automatic and automatic["enabled"] else None,
        "capture_method": given.get("capture_method", "automatic_async"),
        "client_secret": f"{key}_secret_{secrets.token_hex(12)}",
        "confirmation_method": "automatic",
        "created": now(),
        "currency": given["currency"],
        "description": given.get("description"),
        "livemode": False,
        "metadata": params.merged({}, given.get("metadata", {})),
        "payment_method": method["id"] if method else None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "receipt_email": given.get("receipt_email"),
        "statement_descriptor_suffix": given.get("statement_descriptor_suffix"),
        "status": "requires_confirmation" if method else "requires_payment_method",
    }


def found(call: Call) -> Object:
    """The intent of the path; with the publishable key only for who has its client secret."""
    intent = call.account.get("payment_intent", call.ids[0])
    if call.publishable:
        secret = call.raw.get("client_secret")
        if secret is None:
            raise missing("client_secret")
        if secret != intent["client_secret"]:
            raise invalid(
                "The client_secret provided does not match any associated PaymentIntent on this account. Ensure the "
                "publishable key used belongs to the same account that created the PaymentIntent.",
                status=404,
                code="resource_missing",
                param="client_secret",
            )
    return intent


def seen(call: Call, intent: Object) -> Object:
    """What the answer shows: to a browser less than to the shop's server."""
    return {name: intent[name] for name in PUBLIC if name in intent} if call.publishable else intent


def retrieve(call: Call) -> Object:
    params.read(call.raw, {"client_secret": params.filled})
    return seen(call, found(call))


def confirm(call: Call) -> Object:
    intent = found(call)
    given = params.read(call.raw, confirming.CONFIRM)
    return seen(call, confirming.confirm(call, intent, given))


def update(call: Call) -> Object:
    """Amount, currency and method while nothing was paid; words and metadata always."""
    intent = call.account.get("payment_intent", call.ids[0])
    refuse_types(call.raw)
    given = params.read(call.raw, COMMON | {"payment_method": params.text})
    refuse_manual(given)
    for name in ("amount", "currency", "payment_method", "capture_method"):
        if name in given and intent["status"] not in OPEN:
            raise unexpected_state(
                f"This PaymentIntent's {name} could not be updated because it has a status of {intent['status']}. "
                f"You may only update the {name} of a PaymentIntent with one of the following statuses: "
                f"{', '.join(OPEN)}.",
                param=name,
                payment_intent=intent,
            )
    after = intent | given
    check_amount(after["amount"], after["currency"])
    if intent["status"] == "requires_action" and {"amount", "currency", "payment_method"} & set(given):
        # A new amount or method ends the authentication that was under way.
        intent.update(status="requires_confirmation", next_action=None)
    if "payment_method" in given:
        method = chosen(call.account, given["payment_method"]) if given["payment_method"] else None
        given["payment_method"] = method["id"] if method else None
        intent["status"] = "requires_confirmation" if method else "requires_payment_method"
    if "metadata" in given:
        given["metadata"] = params.merged(intent["metadata"], given["metadata"])
    intent.update(given)
    intent["last_payment_error"] = None  # "cleared if the PaymentIntent is later updated for any reason"
    return intent


def cancel(call: Call) -> Object:
    intent = call.account.get("payment_intent", call.ids[0])
    given = params.read(call.raw, CANCEL)
    if intent["status"] not in CANCELABLE:
        raise unexpected_state(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. Only a "
            f"PaymentIntent with one of the following statuses may be canceled: {', '.join(CANCELABLE)}.",
            payment_intent=intent,
        )
    intent.update(
        status="canceled",
        canceled_at=now(),
        cancellation_reason=given.get("cancellation_reason"),
        next_action=None,
        processing=None,
    )
    call.emit("payment_intent.canceled", intent)
    return intent


def listing(call: Call) -> Object:
    """Filters: created (https://docs.stripe.com/api/payment_intents/list); `customer` is left out."""
    return page(
        call,
        "payment_intent",
        params.read(call.raw, LIST | {"customer": params.left_out}),
        url="/v1/payment_intents",
    )
