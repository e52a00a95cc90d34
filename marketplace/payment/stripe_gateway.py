"""Stripe, as far as the shop speaks with it. The only module that imports its library.

Every call that makes something carries an idempotency key that follows from our row, so that asking again after a
crash or a cut connection makes nothing twice. Whatever fails is Away (ask again later) or Refused (never will).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import stripe
from django.conf import settings

from .models import Payment, Refund
from .money import CURRENCY, from_stripe, to_stripe

API_VERSION = "2026-10-28.endive"
SUCCEEDED, CANCELED, PROCESSING, UNPAID = "succeeded", "canceled", "processing", "requires_payment_method"
IN_USE = 409  # the same key is being worked on, or an object is locked: what comes of it is not known yet


class Away(RuntimeError):
    """Stripe did not answer, or not sensibly: what happened is not known, and may be asked for again."""


class Refused(ValueError):
    """Stripe will not do this, however often it is asked."""


class Forged(ValueError):
    """A webhook without Stripe's signature, or too old, or not JSON."""


@dataclass(frozen=True)
class Intent:
    """A PaymentIntent: what the shop looks at. `amount` in đồng, None where it is counted in another `currency`: somebody
    changed it at Stripe. `payment` is our row's key as we gave it along; `secret` is for the buyer's browser alone."""

    id: str
    status: str
    amount: Decimal | None
    currency: str
    payment: str
    secret: str


@dataclass(frozen=True)
class FoundDispute:
    """A dispute: `intent` is whose money it takes, `status` and `reason` are Stripe's words; `amount` as of an Intent."""

    id: str
    intent: str
    status: str
    reason: str
    amount: Decimal | None
    currency: str
    opened_at: datetime
    answer_due_at: datetime | None


@dataclass(frozen=True)
class GivenBack:
    """A Refund at Stripe. `refund` is our row's key as we gave it along, empty for one made elsewhere; `intent` is that
    of its payment; `failure` says why it failed; `amount` as of an Intent."""

    id: str
    status: str
    amount: Decimal | None
    currency: str
    refund: str
    intent: str
    failure: str


@dataclass(frozen=True)
class Movement:
    """A balance transaction. `amount` is that of the charge, refund or dispute it is of, in đồng, below zero when money
    went, whatever currency Stripe settles in; None where that is not in đồng. `source` is its id, `intent` its
    PaymentIntent's, empty where there is none."""

    id: str
    at: datetime
    type: str
    source: str
    intent: str
    amount: Decimal | None


def create_intent(payment: Payment) -> Intent:
    """The intent of this payment; asked twice, made once. Raises money.NotByCard, Away, Refused."""
    params: Any = {
        "amount": to_stripe(payment.amount),
        "currency": CURRENCY,
        "allowed_payment_method_types": ["card"],
        "metadata": {"payment": str(payment.pk), "order": payment.order.number},
    }
    with _asking():
        made = _client().v1.payment_intents.create(params, {"idempotency_key": f"payment-{payment.pk}"})
    return _intent(made)


def retrieve_intent(reference: str) -> Intent:
    """How an intent stands now. Raises Away, Refused."""
    with _asking():
        found = _client().v1.payment_intents.retrieve(reference)
    return _intent(found)


def cancel_intent(reference: str) -> Intent:
    """Nobody shall pay it any more; one that has succeeded is told as it is. Raises Away, Refused."""
    try:
        with _asking():
            found = _client().v1.payment_intents.cancel(reference)
    except Refused:
        return retrieve_intent(reference)
    return _intent(found)


def retrieve_dispute(reference: str) -> FoundDispute:
    """How a dispute stands now. Raises Away, Refused."""
    with _asking():
        found = _client().v1.disputes.retrieve(reference)
    due = found.evidence_details.due_by
    return FoundDispute(
        id=found.id,
        intent=str(found.payment_intent or ""),
        status=found.status,
        reason=found.reason,
        amount=_dong(found.amount, found.currency),
        currency=found.currency,
        opened_at=datetime.fromtimestamp(found.created, UTC),
        answer_due_at=datetime.fromtimestamp(due, UTC) if due else None,
    )


def give_back(refund: Refund) -> GivenBack:
    """Stripe's refund of this row; asked twice, made once. Raises Away, Refused.

    What was made before is looked for first: a key that Stripe has forgotten, or keeps a failed answer under, would
    not find it.
    """
    intent = refund.payment.reference or ""
    for made in refunds_of(intent):
        if made.refund == str(refund.pk) and made.amount == refund.amount:
            return made
    params: Any = {
        "payment_intent": intent,
        "amount": int(refund.amount),
        "metadata": {"refund": str(refund.pk), "order": refund.payment.order.number},
    }
    with _asking():
        fresh = _client().v1.refunds.create(params, {"idempotency_key": f"refund-{refund.pk}"})
    return _given_back(fresh)


def retrieve_refund(reference: str) -> GivenBack:
    """How a refund stands now. Raises Away, Refused."""
    with _asking():
        found = _client().v1.refunds.retrieve(reference)
    return _given_back(found)


def refunds_of(intent: str) -> list[GivenBack]:
    """All refunds of an intent's payment, ours and those made elsewhere. Raises Away, Refused."""
    params: Any = {"payment_intent": intent, "limit": 100}
    with _asking():
        return [_given_back(found) for found in _client().v1.refunds.list(params).auto_paging_iter()]


def list_movements(*, since: datetime, until: datetime) -> list[Movement]:
    """What moved in the balance from `since` up to, not including, `until`; all pages. Raises Away, Refused."""
    created = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
    params: Any = {"created": created, "limit": 100, "expand": ["data.source"]}
    with _asking():
        found = _client().v1.balance_transactions.list(params)
        return [_movement(one.to_dict()) for one in found.auto_paging_iter()]


def read_event(body: bytes, signature: str) -> dict[str, Any]:
    """A webhook's event, once its signature is found right. Raises Forged."""
    try:
        event = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
    except (ValueError, stripe.SignatureVerificationError) as error:
        raise Forged(str(error)) from error
    found: dict[str, Any] = event.to_dict()
    return found


def _client() -> stripe.StripeClient:
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        stripe_version=API_VERSION,
        base_addresses={"api": settings.STRIPE_API},
        max_network_retries=settings.STRIPE_RETRIES,
        http_client=stripe.RequestsClient(timeout=settings.STRIPE_TIMEOUT),
    )


def _intent(found: stripe.PaymentIntent) -> Intent:
    ours = str(found.to_dict().get("metadata", {}).get("payment", ""))
    return Intent(
        id=found.id,
        status=found.status,
        amount=_dong(found.amount, found.currency),
        currency=found.currency,
        payment=ours,
        secret=found.client_secret or "",
    )


def _given_back(found: stripe.Refund) -> GivenBack:
    told = found.to_dict()
    return GivenBack(
        id=found.id,
        status=told.get("status") or "",
        amount=_dong(found.amount, found.currency),
        currency=found.currency,
        refund=str((told.get("metadata") or {}).get("refund", "")),
        intent=str(told.get("payment_intent") or ""),
        failure=str(told.get("failure_reason") or ""),
    )


def _dong(amount: int, currency: str) -> Decimal | None:
    """None for what is not in đồng: how it stands is to be known all the same."""
    return from_stripe(amount, currency) if currency == CURRENCY else None


def _movement(found: dict[str, Any]) -> Movement:
    """Only the sign is the balance's: its amount is converted where Stripe settles in another currency."""
    of: Any = found.get("source")
    of = of if isinstance(of, dict) else {"id": of or ""}
    sign = -1 if found["amount"] < 0 else 1
    counted = _dong(int(of.get("amount") or 0), str(of.get("currency")))
    amount = None if counted is None else sign * counted
    at = datetime.fromtimestamp(found["created"], UTC)
    return Movement(
        found["id"], at, str(found["type"]), str(of["id"]), str(of.get("payment_intent") or ""), amount
    )


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError) as error:
        if error.http_status == IN_USE:
            raise Away(str(error)) from error
        raise Refused(str(error)) from error
    except stripe.StripeError as error:
        raise Away(str(error)) from error
