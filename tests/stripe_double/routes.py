"""The operations of the API that the double knows, and which of them a browser may call."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.stripe_double import balance, charges, disputes, events, payment_intents, payment_methods, refunds
from tests.stripe_double.account import Object
from tests.stripe_double.call import Call

Operation = Callable[[Call], Object]


@dataclass(frozen=True)
class Route:
    """`browser`: may be called with the publishable key."""

    method: str
    path: re.Pattern[str]
    operation: Operation
    browser: bool = False


def route(method: str, path: str, operation: Operation, *, browser: bool = False) -> Route:
    return Route(method, re.compile(path.replace("{}", "([^/]+)") + "$"), operation, browser)


ROUTES = (
    route("POST", "/v1/payment_intents", payment_intents.create),
    route("GET", "/v1/payment_intents", payment_intents.listing),
    route("GET", "/v1/payment_intents/{}", payment_intents.retrieve, browser=True),
    route("POST", "/v1/payment_intents/{}", payment_intents.update),
    route("POST", "/v1/payment_intents/{}/confirm", payment_intents.confirm, browser=True),
    route("POST", "/v1/payment_intents/{}/cancel", payment_intents.cancel),
    route("POST", "/v1/payment_methods", payment_methods.create, browser=True),
    route("GET", "/v1/payment_methods/{}", payment_methods.retrieve),
    route("GET", "/v1/charges", charges.listing),
    route("GET", "/v1/charges/{}", charges.retrieve),
    route("POST", "/v1/refunds", refunds.create),
    route("GET", "/v1/refunds", refunds.listing),
    route("GET", "/v1/refunds/{}", refunds.retrieve),
    route("POST", "/v1/refunds/{}", refunds.update),
    route("GET", "/v1/disputes", disputes.listing),
    route("GET", "/v1/disputes/{}", disputes.retrieve),
    route("POST", "/v1/disputes/{}", disputes.update),
    route("POST", "/v1/disputes/{}/close", disputes.close),
    route("GET", "/v1/balance_transactions", balance.listing),
    route("GET", "/v1/balance_transactions/{}", balance.retrieve),
    route("GET", "/v1/events", events.listing),
    route("GET", "/v1/events/{}", events.retrieve),
)


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    for one in ROUTES:
        found = one.path.match(path)
        if one.method == method and found:
            return one, found.groups()
    return None
