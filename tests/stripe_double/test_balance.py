"""Balance transactions: what a day's reconciliation reads."""

from typing import Any

import stripe

from tests.stripe_double import paying
from tests.stripe_double.serving import Remote


def test_amount_less_fee_is_net_and_a_refund_is_negative(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, 1_000_000)
    paying.refund(client, intent, amount=400_000)
    refund, charge = client.v1.balance_transactions.list().data
    assert (charge.type, charge.amount, charge.source) == ("charge", 1_000_000, intent.latest_charge)
    assert (charge.fee, charge.net) == (29_000 + 7_800, 1_000_000 - 36_800)
    assert sum(part.amount for part in charge.fee_details) == charge.fee
    assert (refund.type, refund.amount, refund.fee, refund.net) == ("refund", -400_000, 0, -400_000)
    assert client.v1.balance_transactions.retrieve(charge.id).net == charge.net


def test_they_are_listed_by_type_source_and_time_in_pages(client: stripe.StripeClient) -> None:
    intents = [paying.paid(client) for _ in range(3)]
    paying.refund(client, intents[0])
    listed = client.v1.balance_transactions.list({"type": "charge", "limit": 2})
    assert ([one.source for one in listed.data], listed.has_more) == (
        [intents[2].latest_charge, intents[1].latest_charge],
        True,
    )
    assert len(list(listed.auto_paging_iter())) == 3
    of_one = client.v1.balance_transactions.list({"source": str(intents[0].latest_charge)})
    assert [one.amount for one in of_one.data] == [250_000]
    made = of_one.data[0].created
    assert len(client.v1.balance_transactions.list({"created": {"gte": made, "lt": made + 3600}}).data) == 4
    assert client.v1.balance_transactions.list({"created": {"gt": made + 3600}}).data == []


def test_with_asynchronous_capture_the_movement_comes_after_the_answer(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    given: Any = {"payment_method": "pm_card_visa", "expand": ["latest_charge"]}
    answered: Any = client.v1.payment_intents.confirm(intent.id, given)
    assert answered.latest_charge.balance_transaction is None
    assert paying.charge_of(client, intent).balance_transaction is not None
    types = [event.type for event in client.v1.events.list().data]
    assert types == [
        "charge.updated",
        "payment_intent.succeeded",
        "charge.succeeded",
        "payment_intent.created",
    ]


def test_with_synchronous_capture_it_is_there_at_once(client: stripe.StripeClient) -> None:
    intent = paying.create(client, capture_method="automatic")
    given: Any = {"payment_method": "pm_card_visa", "expand": ["latest_charge"]}
    answered: Any = client.v1.payment_intents.confirm(intent.id, given)
    assert answered.latest_charge.balance_transaction is not None


def test_another_settlement_currency_converts(client: stripe.StripeClient, double: Remote) -> None:
    double.control("settlement", currency="usd")
    paying.paid(client, 260_000)
    movement = client.v1.balance_transactions.list().data[0]
    assert (movement.currency, movement.amount, movement.net) == ("usd", 1_000, 1_000 - 29 - 30)
    assert movement.exchange_rate is not None
    assert round(260_000 * movement.exchange_rate) == 1_000
