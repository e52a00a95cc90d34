"""Refunds through the real library."""

from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.serving import Remote


def test_parts_are_refunded_until_nothing_is_left(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, 100_000)
    first = paying.refund(
        client, intent, amount=30_000, reason="requested_by_customer", metadata={"line": "7"}
    )
    assert (first.status, first.amount, first.reason) == ("succeeded", 30_000, "requested_by_customer")
    charge = paying.charge_of(client, intent)
    assert (charge.amount_refunded, charge.refunded) == (30_000, False)
    rest = paying.refund(client, intent)
    assert rest.amount == 70_000
    charge = paying.charge_of(client, intent)
    assert (charge.amount_refunded, charge.refunded) == (100_000, True)
    assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_more_than_is_left_is_refused(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, 100_000)
    paying.refund(client, intent, amount=30_000)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.refund(client, intent, amount=70_001)
    assert (caught.value.http_status, caught.value.param) == (400, "amount")
    assert "₫70,001" in str(caught.value)
    assert paying.charge_of(client, intent).amount_refunded == 30_000


def test_a_refunded_charge_is_not_refunded_again(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    paying.refund(client, intent)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.refund(client, intent, amount=1)
    assert caught.value.code == "charge_already_refunded"


def test_nothing_paid_nothing_refunded(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        paying.refund(client, paying.create(client))


def test_a_charge_can_be_named_instead_but_not_besides(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    charge = str(intent.latest_charge)
    assert client.v1.refunds.create({"charge": charge, "amount": 1_000}).payment_intent == intent.id
    with pytest.raises(stripe.InvalidRequestError):
        paying.refund(client, intent, charge=charge)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"amount": 1_000})


def test_refunds_are_listed_by_their_payment(client: stripe.StripeClient) -> None:
    intent, other = paying.paid(client), paying.paid(client)
    made = [paying.refund(client, intent, amount=1_000).id for _ in range(3)][::-1]
    paying.refund(client, other)
    listed = client.v1.refunds.list({"payment_intent": intent.id, "limit": 2})
    assert ([one.id for one in listed.data], listed.has_more) == (made[:2], True)
    assert client.v1.refunds.retrieve(made[0]).amount == 1_000
    given: Any = {"metadata": {"seen": "yes"}}
    assert client.v1.refunds.update(made[0], given).to_dict()["metadata"] == {"seen": "yes"}
    whole: Any = client.v1.charges.retrieve(str(intent.latest_charge), {"expand": ["refunds"]})
    assert [one.id for one in whole.refunds.data] == made


def test_a_refund_that_looks_successful_fails_later_and_the_money_is_back(
    client: stripe.StripeClient, double: Remote
) -> None:
    intent = paying.paid(client, 100_000, "pm_card_refundFail")
    refund = paying.refund(client, intent, amount=40_000)
    assert refund.status == "succeeded"
    double.control(f"refunds/{refund.id}/settle")
    failed: Any = client.v1.refunds.retrieve(refund.id, {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    movement = failed.failure_balance_transaction
    assert (movement.type, movement.amount) == ("refund_failure", 40_000)
    assert paying.charge_of(client, intent).amount_refunded == 0


def test_a_slow_refund_is_pending_until_it_succeeds(client: stripe.StripeClient, double: Remote) -> None:
    intent = paying.paid(client, card="pm_card_pendingRefund")
    refund = paying.refund(client, intent)
    assert refund.status == "pending"
    double.control(f"refunds/{refund.id}/settle")
    double.control(f"refunds/{refund.id}/settle")
    assert client.v1.refunds.retrieve(refund.id).status == "succeeded"


def test_any_refund_can_be_made_to_fail_once(client: stripe.StripeClient, double: Remote) -> None:
    refund = paying.refund(client, paying.paid(client))
    double.control(f"refunds/{refund.id}/settle", outcome="fail", reason="declined")
    assert client.v1.refunds.retrieve(refund.id).failure_reason == "declined"
    with pytest.raises(OSError):
        double.control(f"refunds/{refund.id}/settle", outcome="fail")
