"""The double's objects and parameters against the library's, which Stripe generates from its API's description."""

import typing
from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from stripe import params as described

from tests.stripe_double import confirming, disputes, paying, payment_intents, refunds
from tests.stripe_double.serving import Remote

KINDS = [
    stripe.PaymentIntent,
    stripe.Charge,
    stripe.Refund,
    stripe.Dispute,
    stripe.BalanceTransaction,
    stripe.PaymentMethod,
    stripe.Event,
]


def made(client: stripe.StripeClient, double: Remote) -> Iterator[Any]:
    """At least one object of every kind, as the API answers it."""
    paid = paying.paid(client)
    yield client.v1.payment_intents.retrieve(paid.id)
    yield paying.charge_of(client, paid)
    yield paying.refund(client, paid, amount=20_000)
    yield paying.create(client)
    yield paying.paid(client, card="pm_card_threeDSecure2Required")
    yield client.v1.payment_methods.retrieve(str(paid.payment_method))
    paying.paid(client, card="pm_card_createDispute")
    yield client.v1.disputes.list().data[0]
    yield from client.v1.balance_transactions.list().data
    yield from client.v1.events.list({"limit": 100}).data


def is_optional(kind: Any) -> bool:
    return type(None) in typing.get_args(kind)


def basic(kind: Any) -> type | None:
    """The plain type a field must have, where it is one."""
    return kind if kind in {int, str, bool, float} else None


def test_every_object_has_the_fields_of_its_description_and_no_other(
    client: stripe.StripeClient, double: Remote
) -> None:
    seen = set()
    for one in made(client, double):
        seen.add(type(one))
        fields = {name: kind for name, kind in type(one).__annotations__.items() if name.islower()}
        sent = set(one.to_dict(recursive=False))
        assert sent <= set(fields), (type(one), sent - set(fields))
        for name, kind in fields.items():
            assert name in sent or is_optional(kind), (type(one), name)
            plain = basic(kind)
            if plain is not None and name in sent:
                assert isinstance(one[name], plain), (type(one), name, one[name])
    assert seen == set(KINDS)


@pytest.mark.parametrize(
    ("known", "names"),
    [
        (payment_intents.CREATE, "PaymentIntentCreateParams"),
        (confirming.CONFIRM, "PaymentIntentConfirmParams"),
        (payment_intents.COMMON, "PaymentIntentUpdateParams"),
        (payment_intents.CANCEL, "PaymentIntentCancelParams"),
        (refunds.CREATE, "RefundCreateParams"),
        (disputes.UPDATE, "DisputeUpdateParams"),
    ],
)
def test_the_parameters_are_ones_that_stripe_has(known: dict[str, Any], names: str) -> None:
    documented = set(getattr(described, names).__annotations__)
    # With the publishable key only, so the server's library does not list it.
    assert set(known) - {"client_secret", "expand"} <= documented
