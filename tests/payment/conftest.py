from collections.abc import Iterator
from typing import Any

import pytest

from tests.stripe_double.serving import Remote, serving

SECRET = "whsec_of_the_shop"


@pytest.fixture(scope="session")
def running_double() -> Iterator[Remote]:
    with serving() as remote:
        yield remote


@pytest.fixture
def double(running_double: Remote, settings: Any) -> Remote:
    """Stripe's double, empty, and the shop set up to speak with it; it sends webhooks when a test says so."""
    running_double.control("reset")
    settings.STRIPE_SECRET_KEY = running_double.secret_key
    settings.STRIPE_PUBLISHABLE_KEY = running_double.publishable_key
    settings.STRIPE_SCRIPT = f"{running_double.address}/endive/stripe.js"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API = running_double.address
    settings.STRIPE_RETRIES = 0
    return running_double
