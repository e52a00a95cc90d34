"""Many callers at the same time: what must happen once happens once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import stripe

from tests.stripe_double import paying

CALLERS = 12


def outcomes(work: Callable[[int], Any]) -> Counter[str]:
    """What each of the callers got: "done", or the class of the error."""

    def one(number: int) -> str:
        try:
            work(number)
        except stripe.StripeError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(CALLERS) as pool:
        return Counter(pool.map(one, range(CALLERS)))


def test_one_intent_is_charged_once(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    got = outcomes(lambda _: paying.confirm(client, intent))
    assert got == {"done": 1, "InvalidRequestError": CALLERS - 1}
    assert len(client.v1.charges.list().data) == 1


def test_refunds_never_exceed_the_charge(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, 100_000)
    got = outcomes(lambda _: paying.refund(client, intent, amount=30_000))
    assert got == {"done": 3, "InvalidRequestError": CALLERS - 3}
    assert paying.charge_of(client, intent).amount_refunded == 90_000


def test_one_key_makes_one_refund(client: stripe.StripeClient) -> None:
    intent = paying.paid(client, 100_000)
    given: Any = {"payment_intent": intent.id, "amount": 10_000}
    got = outcomes(lambda _: client.v1.refunds.create(given, {"idempotency_key": "refund-7"}))
    assert set(got) <= {"done", "APIError"}  # in flight: a conflict
    assert paying.charge_of(client, intent).amount_refunded == 10_000


def test_paying_and_cancelling_at_once_ends_in_one_of_them(client: stripe.StripeClient) -> None:
    intent = paying.create(client)
    got = outcomes(
        lambda number: (
            paying.confirm(client, intent) if number % 2 else client.v1.payment_intents.cancel(intent.id)
        )
    )
    status = client.v1.payment_intents.retrieve(intent.id).status
    assert got["done"] == 1
    assert (status, len(client.v1.charges.list().data)) in {("succeeded", 1), ("canceled", 0)}
