"""The `Stripe-Signature` header: `t` is the second of sending, `v1` the HMAC-SHA256 of "t.body" with the endpoint's
secret, in hex (https://docs.stripe.com/webhooks/signature). Every attempt is signed anew."""

import hashlib
import hmac


def signature(body: bytes, secret: str, *, at: int) -> str:
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"
