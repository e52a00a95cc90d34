"""Keys: the secret key as user name of basic authentication or as bearer token, the publishable key also as parameter
`key` (https://docs.stripe.com/api/authentication, https://docs.stripe.com/keys)."""

import base64
import binascii
from collections.abc import Iterable, Mapping

from tests.stripe_double.account import Object
from tests.stripe_double.errors import Refused, invalid


def key_of(headers: Mapping[str, str], raw: Object) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(token, validate=True).decode().split(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return token
    key = raw.get("key")
    return key if isinstance(key, str) else None


def refuse_key(key: str | None, *, known: Iterable[str]) -> None:
    """401 for no key and for a wrong one."""
    if not key:
        raise invalid(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using "
            "Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
            status=401,
            saved=False,
            headers={"WWW-Authenticate": 'Basic realm="Stripe"'},
        )
    if key not in known:
        stars = key[:7] + "*" * max(len(key) - 11, 4) + key[-4:]
        raise invalid(f"Invalid API Key provided: {stars}", status=401, saved=False)


def needs_secret() -> Refused:
    """`secret_key_required` of https://docs.stripe.com/error-codes."""
    return invalid(
        "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of "
        "your API keys at https://dashboard.stripe.com/account/apikeys.",
        status=403,
        saved=False,
        code="secret_key_required",
    )
