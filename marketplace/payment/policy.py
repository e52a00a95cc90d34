"""What the page with the card's fields may load besides the shop's own: Stripe's script, frames and API, nothing else.

Source: https://docs.stripe.com/security/guide#content-security-policy (Stripe.js).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse

STRIPES_HOST = "js.stripe.com"
SCRIPTS = ["https://*.js.stripe.com", "https://js.stripe.com"]
STRIPE: dict[str, list[str]] = {
    "script-src": SCRIPTS,
    "frame-src": [*SCRIPTS, "https://hooks.stripe.com"],
    "connect-src": ["https://api.stripe.com"],
}


def allowed() -> dict[str, list[str]]:
    """By directive; where the script is another's (tests' and trials' double), its own origin alone."""
    script = urlsplit(settings.STRIPE_SCRIPT)
    if script.hostname == STRIPES_HOST:
        return STRIPE
    return {directive: [f"{script.scheme}://{script.netloc}"] for directive in STRIPE}


def lets_stripe_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Widens the policy of the answers of this function, and of no other."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = csp_update(allowed())(view)(*args, **kwargs)
        return cast(HttpResponse, response)

    return wrapped
