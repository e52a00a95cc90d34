"""Payment intents through the real library."""

from typing import Any

import pytest
import stripe

from tests.stripe_double import paying
from tests.stripe_double.serving import Remote


def test_a_new_intent_waits_for_a_payment_method(client: stripe.StripeClient) -> None:
    intent = paying.create(
        client, metadata={"order": "1001"}, description="Đơn 1001", receipt_email="lan@example.vn"
    )
    assert (intent.status, intent.amount, intent.currency) == ("requires_payment_method", 250_000, "vnd")
    assert str(intent.client_secret).startswith(f"{intent.id}_secret_")
    assert (intent.metadata["order"], intent.description) == ("1001", "Đơn 1001")
    assert (intent.latest_charge, intent.livemode, intent.capture_method) == (None, False, "automatic_async")


def test_a_confirmed_card_succeeds_and_leaves_a_charge(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    charge = paying.charge_of(client, intent)
    assert (intent.status, intent.amount_received, intent.latest_charge) == ("succeeded", 250_000, charge.id)
    assert (charge.status, charge.paid, charge.captured, charge.payment_intent) == (
        "succeeded",
        True,
        True,
        intent.id,
    )


def test_a_method_given_at_creation_asks_for_confirmation(client: stripe.StripeClient) -> None:
    intent = paying.create(client, payment_method="pm_card_visa")
    assert intent.status == "requires_confirmation"
    assert client.v1.payment_intents.confirm(intent.id).status == "succeeded"


def test_creation_can_confirm_at_once(client: stripe.StripeClient) -> None:
    assert paying.create(client, payment_method="pm_card_visa", confirm=True).status == "succeeded"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (12_999, "vnd", "amount_too_small"),
        (13_000, "vnd", None),
        (99_999_999, "vnd", None),
        (100_000_000, "vnd", "amount_too_large"),
        (49, "usd", "amount_too_small"),
        (50, "usd", None),
        (0, "vnd", "parameter_invalid_integer"),
        (-5, "vnd", "parameter_invalid_integer"),
    ],
)
def test_amounts_have_limits(
    client: stripe.StripeClient, amount: int, currency: str, code: str | None
) -> None:
    if code is None:
        assert paying.create(client, amount, currency=currency).amount == amount
        return
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.create(client, amount, currency=currency)
    assert (caught.value.http_status, caught.value.code, caught.value.param) == (400, code, "amount")


@pytest.mark.parametrize(
    ("given", "code", "param"),
    [
        ({"currency": "xyz"}, None, "currency"),
        ({"currency": ""}, None, "currency"),
        ({"colour": "red"}, "parameter_unknown", "colour"),
        ({"amount": "many"}, "parameter_invalid_integer", "amount"),
        ({"capture_method": "manual"}, None, "capture_method"),
        (
            {"payment_method_types": ["card"]},
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        ({"allowed_payment_method_types": ["card"]}, None, None),
        ({"payment_method": "pm_none"}, "resource_missing", "payment_method"),
        ({"automatic_payment_methods": {"enabled": "perhaps"}}, None, "automatic_payment_methods[enabled]"),
        ({"metadata": {"note": "x" * 501}}, None, "metadata[note]"),
    ],
)
def test_wrong_parameters_are_refused_by_name(
    client: stripe.StripeClient, given: dict[str, Any], code: str | None, param: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.create(client, **given)
    assert (caught.value.http_status, caught.value.code, caught.value.param) == (400, code, param)
    assert client.v1.payment_intents.list().data == []


def test_amount_and_currency_are_needed(client: stripe.StripeClient) -> None:
    given: Any = {"amount": 20_000}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.create(given)
    assert (caught.value.code, caught.value.param) == ("parameter_missing", "currency")


def test_redirecting_methods_need_a_return_address(client: stripe.StripeClient) -> None:
    intent = paying.create(client, automatic_payment_methods={"enabled": True})
    with pytest.raises(stripe.InvalidRequestError, match="return_url"):
        paying.confirm(client, intent)
    given: Any = {"payment_method": "pm_card_visa", "return_url": "https://shop.example/"}
    assert client.v1.payment_intents.confirm(intent.id, given).status == "succeeded"


def test_an_open_intent_takes_another_amount_and_metadata_are_merged(client: stripe.StripeClient) -> None:
    intent = paying.create(client, metadata={"order": "1001", "note": "x"})
    given: Any = {"amount": 300_000, "metadata": {"note": "", "parcel": "2"}}
    changed = client.v1.payment_intents.update(intent.id, given)
    assert changed.amount == 300_000
    assert dict(changed.metadata.to_dict()) == {"order": "1001", "parcel": "2"}


def test_a_paid_intent_keeps_its_amount(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.update(intent.id, {"amount": 300_000})
    assert (caught.value.code, caught.value.param) == ("payment_intent_unexpected_state", "amount")
    assert client.v1.payment_intents.update(intent.id, {"metadata": {"seen": "1"}}).metadata["seen"] == "1"


def test_a_paid_intent_is_not_paid_twice(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.confirm(client, intent)
    assert caught.value.code == "payment_intent_unexpected_state"
    assert len(client.v1.charges.list({"payment_intent": intent.id}).data) == 1


def test_a_cancelled_intent_cannot_be_paid_and_a_paid_one_not_cancelled(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    cancelled = client.v1.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    assert cancelled.canceled_at is not None
    with pytest.raises(stripe.InvalidRequestError) as caught:
        paying.confirm(client, intent)
    assert caught.value.code == "payment_intent_unexpected_state"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.cancel(paying.paid(client).id)
    assert caught.value.code == "payment_intent_unexpected_state"
    assert paying.error_of(caught)["payment_intent"]["status"] == "succeeded"


def test_lists_are_paged_newest_first(client: stripe.StripeClient) -> None:
    made = [paying.create(client).id for _ in range(5)][::-1]
    first = client.v1.payment_intents.list({"limit": 2})
    assert ([one.id for one in first.data], first.has_more) == (made[:2], True)
    second = client.v1.payment_intents.list({"limit": 2, "starting_after": made[1]})
    assert [one.id for one in second.data] == made[2:4]
    before = client.v1.payment_intents.list({"limit": 2, "ending_before": made[4]})
    assert [one.id for one in before.data] == made[2:4]
    assert [one.id for one in first.auto_paging_iter()] == made
    assert client.v1.payment_intents.list({"created": {"gte": 2_000_000_000}}).data == []
    assert len(client.v1.payment_intents.list({"created": {"gte": 1}}).data) == 5


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_holds_from_1_to_100(client: stripe.StripeClient, limit: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.list({"limit": limit})
    assert caught.value.param == "limit"


def test_what_is_not_there_is_not_found(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.retrieve("pi_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_ids_expand_into_objects(client: stripe.StripeClient) -> None:
    intent = paying.paid(client)
    paths: Any = {"expand": ["latest_charge.balance_transaction", "payment_method"]}
    whole: Any = client.v1.payment_intents.retrieve(intent.id, paths)
    assert whole.latest_charge.balance_transaction.source == whole.latest_charge.id
    assert whole.payment_method.card.last4 == "4242"
    listed: Any = client.v1.payment_intents.list({"expand": ["data.latest_charge"]})
    assert listed.data[0].latest_charge.object == "charge"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.retrieve(intent.id, {"expand": ["amount"]})


def test_a_payment_can_stay_in_processing_until_it_is_settled(
    client: stripe.StripeClient, double: Remote
) -> None:
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="processing", times=2)
    first, second = paying.paid(client), paying.paid(client)
    assert (first.status, first.latest_charge) == ("processing", None)
    double.control(f"payment_intents/{first.id}/settle", outcome="succeed")
    double.control(f"payment_intents/{second.id}/settle", outcome="fail")
    assert client.v1.payment_intents.retrieve(first.id).status == "succeeded"
    assert client.v1.payment_intents.retrieve(second.id).status == "requires_payment_method"
