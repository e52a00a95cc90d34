"""Confirming a payment intent, and 3-D Secure.

https://docs.stripe.com/api/payment_intents/confirm and https://docs.stripe.com/payments/paymentintents/lifecycle:
confirming charges the card at once, unless it needs authentication, which makes the intent `requires_action`. A
decline or a failed authentication brings it back to `requires_payment_method`, with `last_payment_error`. "Other
payment methods, such as cards, are processed more quickly and don't go into the processing status": only a fault
(`stays_processing`) shows it here.
"""

from typing import Any
from urllib.parse import urlencode

from tests.stripe_double import charges, disputes, params
from tests.stripe_double.account import Object, snapshot
from tests.stripe_double.call import Call
from tests.stripe_double.errors import card_error, invalid, unexpected_state
from tests.stripe_double.payment_methods import chosen

CONFIRM: dict[str, params.Reader] = {
    "payment_method": params.filled,
    "return_url": params.filled,
    "use_stripe_sdk": params.flag,
    "receipt_email": params.text,
    "client_secret": params.filled,
    **dict.fromkeys(
        ["payment_method_data", "payment_method_options", "setup_future_usage", "shipping", "off_session"],
        params.left_out,
    ),
}
UNCONFIRMABLE = {
    "succeeded": "it has already succeeded after being previously confirmed.",
    "canceled": "it has a status of canceled.",
    "processing": "it has a status of processing.",
}
AUTHENTICATION_FAILED = (
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod "
    "to attempt to fulfill this PaymentIntent again."
)


def confirm(call: Call, intent: Object, given: Object) -> Object:
    """`given`: parameters read by CONFIRM, or by the creation that confirms at once."""
    if intent["status"] in UNCONFIRMABLE:
        raise unexpected_state(
            f"You cannot confirm this PaymentIntent because {UNCONFIRMABLE[intent['status']]}",
            payment_intent=intent,
        )
    if "payment_method" in given and intent["payment_method"] != given["payment_method"]:
        intent["payment_method"] = chosen(call.account, given["payment_method"])["id"]
    if intent["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the "
            "PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a "
            "payment method or ConfirmationToken.",
            payment_intent=intent,
        )
    needs_return_url(intent, given)
    if "receipt_email" in given:
        intent["receipt_email"] = given["receipt_email"]
    intent["last_payment_error"] = None
    intent["next_action"] = None
    card = call.account.cards[intent["payment_method"]]
    if card.authenticates:
        return ask_for_authentication(call, intent, given)
    if call.stays_processing:
        intent["status"] = "processing"
        call.emit("payment_intent.processing", intent)
        return intent
    error = attempt(call, intent, authenticated=False)
    if error is not None:
        raise declined(error, intent)
    return intent


def needs_return_url(intent: Object, given: Object) -> None:
    automatic = intent["automatic_payment_methods"]
    if automatic and automatic["allow_redirects"] == "always" and "return_url" not in given:
        raise invalid(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of "
            "these payment methods might redirect your customer off of your page, you must provide a `return_url`. If "
            "you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to "
            "`true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and "
            "Payment Intents.",
            payment_intent=intent,
        )


def ask_for_authentication(call: Call, intent: Object, given: Object) -> Object:
    """With `use_stripe_sdk`, as Stripe.js confirms, the browser's script shows the challenge; else the customer is
    sent to a page and from there to `return_url` (https://docs.stripe.com/payments/3d-secure/authentication-flow)."""
    page = f"{call.base}/_double/three_d_secure?{urlencode({'client_secret': intent['client_secret']})}"
    if given.get("use_stripe_sdk") or "return_url" not in given:
        action: dict[str, Any] = {
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": page},
        }
    else:
        target = f"{page}&{urlencode({'return_url': given['return_url']})}"
        action = {
            "type": "redirect_to_url",
            "redirect_to_url": {"return_url": given["return_url"], "url": target},
        }
    intent.update(status="requires_action", next_action=action)
    call.emit("payment_intent.requires_action", intent)
    return intent


def attempt(call: Call, intent: Object, *, authenticated: bool) -> Object | None:
    """Charges the card of the intent; gives the payment error if it is declined."""
    method = call.account.get("payment_method", intent["payment_method"])
    card = call.account.cards[method["id"]]
    charge = charges.attempt(call, intent, method, card, authenticated=authenticated)
    intent.update(latest_charge=charge["id"], next_action=None, processing=None)
    if charge["status"] == "failed":
        error = card_error(
            str(card.code),
            card.message,
            charge=charge["id"],
            decline_code=card.decline,
            advice_code=card.advice,
            param={"incorrect_cvc": "cvc", "expired_card": "exp_month"}.get(str(card.code)),
            payment_method=snapshot(method),
        ).error
        fail(call, intent, error)
        return error
    intent.update(status="succeeded", amount_received=intent["amount"])
    call.emit("payment_intent.succeeded", intent)
    reason = card.dispute
    if reason:
        # "The charge succeeds, only to be disputed" (https://docs.stripe.com/testing#disputes)
        call.later.append(lambda: dispute(call, charge, reason))
    return None


def dispute(call: Call, charge: Object, reason: str) -> None:
    disputes.open_for(call, charge, reason=reason)


def fail(call: Call, intent: Object, error: Object) -> None:
    """`payment_method` leaves the intent and stays in the error, so that the next attempt brings one."""
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        processing=None,
        last_payment_error=error,
    )
    call.emit("payment_intent.payment_failed", intent)


def declined(error: Object, intent: Object) -> Exception:
    more = {name: value for name, value in error.items() if name not in {"type", "message", "doc_url"}}
    return card_error(more.pop("code"), error["message"], **more, payment_intent=snapshot(intent))


def authenticate(call: Call, intent: Object, *, succeeds: bool) -> Object:
    """What the customer did in front of 3-D Secure. Raises if nothing is asked of them."""
    if intent["status"] != "requires_action":
        raise unexpected_state(
            f"This PaymentIntent does not wait for authentication: it has a status of {intent['status']}."
        )
    if not succeeds:
        method = call.account.get("payment_method", intent["payment_method"])
        fail(
            call,
            intent,
            invalid(
                AUTHENTICATION_FAILED,
                code="payment_intent_authentication_failure",
                payment_method=snapshot(method),
            ).error,
        )
        return intent
    attempt(call, intent, authenticated=True)
    return intent


def settle(call: Call, intent: Object, *, succeeds: bool) -> Object:
    """Ends `processing`."""
    if intent["status"] != "processing":
        raise unexpected_state(
            f"This PaymentIntent is not processing: it has a status of {intent['status']}."
        )
    if succeeds:
        attempt(call, intent, authenticated=False)
    else:
        error = card_error("processing_error", "An error occurred while processing your card.").error
        fail(call, intent, error)
    return intent
