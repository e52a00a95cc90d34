"""Disputes (https://docs.stripe.com/api/disputes, https://docs.stripe.com/disputes/how-disputes-work).

Opening one takes the disputed amount and a fee from the balance; winning brings the amount back. In test mode the
evidence decides (https://docs.stripe.com/testing#disputes): `uncategorized_text` of `winning_evidence` or
`losing_evidence`. Closing means giving up: "The status of the dispute will change from needs_response to lost".
"""

from typing import Any

from tests.stripe_double import balance, params
from tests.stripe_double.account import Object, new_id, now, snapshot
from tests.stripe_double.call import Call
from tests.stripe_double.errors import invalid
from tests.stripe_double.listing import LIST, page
from tests.stripe_double.money import converted

DAYS_TO_ANSWER = 9 * 86400
EVIDENCE = (
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal "
    "customer_communication customer_email_address customer_name customer_purchase_ip customer_signature "
    "duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt "
    "refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation "
    "shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number "
    "uncategorized_file uncategorized_text"
).split()
UPDATE = {
    "evidence": params.group(dict.fromkeys(EVIDENCE, params.text)),
    "submit": params.flag,
    "metadata": params.metadata,
}
ENDED = ("won", "lost")


def open_for(call: Call, charge: Object, *, reason: str, amount: int | None = None) -> Object:
    """`amount`: disputed; None: what was not refunded. Raises if it is more than the charge, or nothing."""
    disputed = charge["amount"] - charge["amount_refunded"] if amount is None else amount
    if charge["status"] != "succeeded" or not 0 < disputed <= charge["amount"]:
        raise invalid(f"Charge {charge['id']} cannot be disputed for {disputed}.")
    dispute = call.account.add(fresh(charge, disputed, reason))
    fee, _ = converted(balance.DISPUTE_CENTS, "usd", charge["currency"])
    move(call, dispute, amount=-disputed, fee=fee, category="dispute")
    charge["disputed"] = True
    call.emit("charge.dispute.created", dispute)
    call.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def fresh(charge: Object, amount: int, reason: str) -> Object:
    evidence: dict[str, Any] = dict.fromkeys(EVIDENCE)
    return {
        "id": new_id("du_"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": evidence | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now() + DAYS_TO_ANSWER,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": None,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "network_reason_code": "10.4" if reason == "fraudulent" else "13.1",
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "case_type": "chargeback",
                "network_reason_code": "10.4" if reason == "fraudulent" else "13.1",
            },
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }


def move(call: Call, dispute: Object, *, amount: int, fee: int, category: str) -> None:
    movement = balance.book(call.account, "adjustment", dispute, amount=amount, fee=fee, category=category)
    movement["description"] = (
        f"Chargeback {'withdrawal' if amount < 0 else 'reversal'} for {dispute['charge']}"
    )
    dispute["balance_transactions"].append(snapshot(movement))


def end(call: Call, dispute: Object, *, won: bool) -> Object:
    """The bank's word."""
    if dispute["status"] in ENDED:
        raise invalid(f"This dispute is already closed: {dispute['status']}.")
    dispute["status"] = "won" if won else "lost"
    if won:
        move(call, dispute, amount=dispute["amount"], fee=0, category="dispute_reversal")
        call.emit("charge.dispute.funds_reinstated", dispute)
    call.emit("charge.dispute.closed", dispute)
    return dispute


def decide(call: Call, dispute: Object, *, won: bool) -> None:
    end(call, dispute, won=won)


def retrieve(call: Call) -> Object:
    return call.account.get("dispute", call.ids[0])


def update(call: Call) -> Object:
    """Evidence; submitted unless `submit` is false."""
    dispute = call.account.get("dispute", call.ids[0])
    given = params.read(call.raw, UPDATE)
    if "evidence" in given and dispute["status"] in ENDED:
        raise invalid("This dispute is already closed.")
    dispute["metadata"] = params.merged(dispute["metadata"], given.get("metadata", {}))
    if "evidence" not in given:
        return dispute
    dispute["evidence"].update(given["evidence"])
    dispute["evidence_details"]["has_evidence"] = True
    if not given.get("submit", True):
        call.emit("charge.dispute.updated", dispute)
        return dispute
    dispute["evidence_details"]["submission_count"] += 1
    dispute["status"] = "under_review"
    call.emit("charge.dispute.updated", dispute)
    text = dispute["evidence"]["uncategorized_text"]
    if text in {"winning_evidence", "losing_evidence"}:
        call.later.append(lambda: decide(call, dispute, won=text == "winning_evidence"))
    return dispute


def close(call: Call) -> Object:
    params.read(call.raw, {})
    return end(call, call.account.get("dispute", call.ids[0]), won=False)


def listing(call: Call) -> Object:
    known = LIST | {"payment_intent": params.filled, "charge": params.filled}
    return page(
        call, "dispute", params.read(call.raw, known), equal=("payment_intent", "charge"), url="/v1/disputes"
    )
