"""Disputes, and the money they move."""

from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.conftest import Shop
from tests.stripe_double.serving import Remote


def test_the_card_that_disputes_takes_amount_and_fee(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, card="pm_card_createDispute")
    assert intent.status == "succeeded"
    dispute = client.v1.disputes.list({"payment_intent": intent.id}).data[0]
    assert (dispute.status, dispute.reason, dispute.amount) == ("needs_response", "fraudulent", 250_000)
    movement = dispute.balance_transactions[0]
    assert (movement.type, movement.amount, movement.fee > 0) == ("adjustment", -250_000, True)
    assert paying.charge_of(client, intent).disputed
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.refund(client, intent)
    assert caught.value.code == "charge_disputed"


def test_a_lost_dispute_keeps_the_money_away(client: stripe.StripeClient, double: Remote, shop: Shop) -> None:
    intent = paying.paid(client)
    dispute = double.control(f"charges/{intent.latest_charge}/dispute", reason="product_not_received")
    double.control(f"disputes/{dispute['id']}/end", outcome="lost")
    lost = client.v1.disputes.retrieve(dispute["id"])
    assert (lost.status, len(lost.balance_transactions)) == ("lost", 1)
    double.control("webhooks/settle")
    assert {"charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"} <= set(
        shop.types
    )
    assert "charge.dispute.funds_reinstated" not in shop.types


@pytest.mark.parametrize(("text", "status"), [("winning_evidence", "won"), ("losing_evidence", "lost")])
def test_evidence_decides(client: stripe.StripeClient, text: str, status: str) -> None:
    intent = paying.paid(client, card="pm_card_createDispute")
    dispute = client.v1.disputes.list().data[0]
    given: Any = {"evidence": {"uncategorized_text": text}}
    assert client.v1.disputes.update(dispute.id, given).status == "under_review"
    after = client.v1.disputes.retrieve(dispute.id)
    assert after.status == status
    assert sum(one.amount for one in after.balance_transactions) == (0 if status == "won" else -250_000)
    assert (paying.refund(client, intent).amount if status == "won" else 0) in {0, 250_000}


def test_closing_gives_up(client: stripe.StripeClient) -> None:
    paying.paid(client, card="pm_card_createDisputeProductNotReceived")
    dispute = client.v1.disputes.list().data[0]
    assert dispute.reason == "product_not_received"
    assert client.v1.disputes.close(dispute.id).status == "lost"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.disputes.close(dispute.id)
