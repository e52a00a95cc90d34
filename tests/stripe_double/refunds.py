"""Refunds (https://docs.stripe.com/api/refunds, https://docs.stripe.com/refunds).

Many for one charge, never more than is left of it. Cards' refunds succeed at once, except those of two test cards
(https://docs.stripe.com/testing#refunds): one stays pending and succeeds some time later, one looks successful and
fails some time later. A failed refund's money comes back by `failure_balance_transaction`.
"""

from tests.stripe_double import balance, params
from tests.stripe_double.account import Object, new_id, now
from tests.stripe_double.call import Call
from tests.stripe_double.errors import invalid, unknown
from tests.stripe_double.listing import LIST, page
from tests.stripe_double.money import shown

CREATE = {
    "payment_intent": params.filled,
    "charge": params.filled,
    "amount": params.positive,
    "metadata": params.metadata,
    "reason": params.one_of("duplicate", "fraudulent", "requested_by_customer"),
    **dict.fromkeys(
        ["instructions_email", "origin", "customer", "refund_application_fee", "reverse_transfer"],
        params.left_out,
    ),
}
FAILURES = (
    "lost_or_stolen_card",
    "expired_or_canceled_card",
    "charge_for_pending_refund_disputed",
    "insufficient_funds",
    "declined",
    "merchant_request",
    "unknown",
)


def create(call: Call) -> Object:
    given = params.read(call.raw, CREATE)
    charge = charge_of(call, given)
    left = charge["amount"] - charge["amount_refunded"]
    amount = given.get("amount", left)
    refuse(call, charge, amount=amount, left=left)
    behaviour = call.account.cards[charge["payment_method"]].refund
    refund = call.account.add(
        fresh(charge, given, amount, "pending" if behaviour == "pending" else "succeeded")
    )
    movement = balance.book(call.account, "refund", refund, amount=-amount)
    refund["balance_transaction"] = movement["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    call.emit("refund.created", refund)
    call.emit("charge.refunded", charge, before={"amount_refunded": charge["amount_refunded"] - amount})
    if behaviour:
        call.some_time_later.append(lambda later: go_on(later, refund))
    return refund


def charge_of(call: Call, given: Object) -> Object:
    if "payment_intent" not in given and "charge" not in given:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or charge.",
            saved=False,
        )
    if "payment_intent" in given and "charge" in given:
        raise unknown("charge")
    if "charge" in given:
        charge = call.account.get("charge", given["charge"], param="charge")
        key = charge["payment_intent"]
    else:
        key = given["payment_intent"]
        intent = call.account.get("payment_intent", key, param="payment_intent")
        charge = call.account.objects.get("charge", {}).get(intent["latest_charge"], {})
    if charge.get("status") != "succeeded":
        raise invalid(f"This PaymentIntent ({key}) does not have a successful charge to refund.")
    return charge


def refuse(call: Call, charge: Object, *, amount: int, left: int) -> None:
    """`charge_disputed`, `charge_already_refunded` of https://docs.stripe.com/error-codes; more than is left has no
    code of its own."""
    disputes = [one for one in call.account.all("dispute") if one["charge"] == charge["id"]]
    if any(one["status"] != "won" for one in disputes):
        raise invalid(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
        )
    if left == 0:
        raise invalid(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    if amount > left:
        currency = charge["currency"]
        raise invalid(
            f"Refund amount ({shown(amount, currency)}) is greater than unrefunded amount on charge "
            f"({shown(left, currency)})",
            param="amount",
        )


def fresh(charge: Object, given: Object, amount: int, status: str) -> Object:
    return {
        "id": new_id("re_"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": now(),
        "currency": charge["currency"],
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": params.merged({}, given.get("metadata", {})),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "pending_reason": "processing" if status == "pending" else None,
        "reason": given.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
    }


def go_on(call: Call, refund: Object) -> None:
    """What Stripe does some time later to the refunds of the two test cards; nothing more after that."""
    behaviour = call.account.cards[refund["payment_method"]].refund
    if behaviour == "pending" and refund["status"] == "pending":
        succeed(call, refund)
    elif behaviour == "fails" and refund["status"] == "succeeded":
        fail(call, refund, reason="expired_or_canceled_card")


def succeed(call: Call, refund: Object) -> None:
    refuse_end(refund, of=["pending"])
    before = {"status": refund["status"], "pending_reason": refund["pending_reason"]}
    refund.update(status="succeeded", pending_reason=None)
    tell(call, refund, before)


def fail(call: Call, refund: Object, *, reason: str) -> None:
    """ "the funds … are returned to your Stripe balance" (https://docs.stripe.com/refunds#failed-refunds)."""
    refuse_end(refund, of=["pending", "succeeded"])
    before = {"status": refund["status"], "failure_reason": None, "failure_balance_transaction": None}
    charge = call.account.get("charge", refund["charge"])
    movement = balance.book(call.account, "refund_failure", refund, amount=refund["amount"])
    refund.update(
        status="failed",
        pending_reason=None,
        failure_reason=reason,
        failure_balance_transaction=movement["id"],
    )
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    tell(call, refund, before)
    call.emit("refund.failed", refund)


def refuse_end(refund: Object, *, of: list[str]) -> None:
    if refund["status"] not in of:
        raise invalid(f"Refund {refund['id']} has a status of {refund['status']}.")


def tell(call: Call, refund: Object, before: Object) -> None:
    call.emit("refund.updated", refund, before=before)
    call.emit("charge.refund.updated", refund, before=before)


def retrieve(call: Call) -> Object:
    return call.account.get("refund", call.ids[0])


def update(call: Call) -> Object:
    """Metadata only."""
    refund = call.account.get("refund", call.ids[0])
    given = params.read(call.raw, {"metadata": params.metadata})
    before = {"metadata": refund["metadata"]}
    refund["metadata"] = params.merged(refund["metadata"], given.get("metadata", {}))
    tell(call, refund, before)
    return refund


def listing(call: Call) -> Object:
    known = LIST | {"payment_intent": params.filled, "charge": params.filled}
    return page(
        call, "refund", params.read(call.raw, known), equal=("payment_intent", "charge"), url="/v1/refunds"
    )
