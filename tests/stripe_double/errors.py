"""Errors in Stripe's shape: one JSON object `error` with type, code, param and message, under the HTTP status that
https://docs.stripe.com/api/errors gives each kind.

Texts follow what Stripe is known to send; nothing but type, code, decline_code, param and status is promised by its
documentation.
"""

from typing import Any

DOC = "https://stripe.com/docs/error-codes/"


class Refused(Exception):
    """An answer that is an error. `saved` says whether an idempotency key keeps it: results are kept only once the
    endpoint's execution began, so errors of authentication, rate limits and the form of parameters are not
    (https://docs.stripe.com/api/idempotent_requests, https://docs.stripe.com/error-low-level#idempotency)."""

    def __init__(
        self, status: int, kind: str, message: str, *, saved: bool = True, headers: Any = None, **more: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        self.saved = saved
        self.headers: dict[str, str] = dict(headers or {})
        self.error: dict[str, Any] = {
            **{name: value for name, value in more.items() if value is not None},
            "message": message,
            "type": kind,
        }
        if more.get("code"):
            self.error["doc_url"] = DOC + more["code"].replace("_", "-")

    @property
    def body(self) -> dict[str, Any]:
        return {"error": self.error}


def invalid(message: str, *, status: int = 400, saved: bool = True, **more: Any) -> Refused:
    """The request cannot be done: `invalid_request_error`."""
    return Refused(status, "invalid_request_error", message, saved=saved, **more)


def missing(param: str) -> Refused:
    return invalid(f"Missing required param: {param}.", saved=False, code="parameter_missing", param=param)


def unknown(param: str) -> Refused:
    return invalid(f"Received unknown parameter: {param}", saved=False, code="parameter_unknown", param=param)


def not_modelled(param: str) -> Refused:
    """Stripe knows more than this double does; a silent acceptance would prove nothing."""
    return invalid(f"The double does not model {param}.", saved=False, param=param)


def no_such(kind: str, key: str, *, param: str = "id", status: int = 404) -> Refused:
    """404 where the path names the object, 400 where a parameter does; the code is `resource_missing` in both."""
    return invalid(f"No such {kind}: '{key}'", status=status, code="resource_missing", param=param)


def unexpected_state(message: str, **more: Any) -> Refused:
    return invalid(message, code="payment_intent_unexpected_state", **more)


def card_error(code: str, message: str, **more: Any) -> Refused:
    """A card that is declined or wrong is answered with 402 (https://docs.stripe.com/api/errors)."""
    return Refused(402, "card_error", message, code=code, **more)


def idempotency(status: int, message: str, **more: Any) -> Refused:
    return Refused(status, "idempotency_error", message, saved=False, **more)
