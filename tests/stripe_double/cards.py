"""Stripe's test cards: numbers, the payment methods that stand for them, and what each does.

Source: the tables of https://docs.stripe.com/testing (cards by brand, declined payments, fraud, disputes, refunds,
3D Secure). Error codes and decline codes: https://docs.stripe.com/declines/codes.
"""

from dataclasses import dataclass

from tests.stripe_double.account import now
from tests.stripe_double.errors import Refused, card_error

MESSAGES = {
    "card_declined": "Your card was declined.",
    "insufficient_funds": "Your card has insufficient funds.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
}


@dataclass(frozen=True)
class Card:
    """`code`, `decline`: how a charge is declined. `authenticates`: 3-D Secure comes first. `refund`: `fails` after
    it looked successful, or `pending` until it succeeds. `dispute`: its reason."""

    method: str
    number: str
    brand: str = "visa"
    country: str = "US"
    code: str | None = None
    decline: str | None = None
    authenticates: bool = False
    refund: str | None = None
    dispute: str | None = None

    @property
    def advice(self) -> str | None:
        """https://docs.stripe.com/declines/card#retrying-issuer-declines"""
        return "try_again_later" if self.decline == "insufficient_funds" else None

    @property
    def message(self) -> str:
        return MESSAGES.get(self.decline or "", MESSAGES[self.code or "card_declined"])


CARDS = (
    Card("pm_card_visa", "4242424242424242"),
    Card("pm_card_mastercard", "5555555555554444", brand="mastercard"),
    Card("pm_card_amex", "378282246310005", brand="amex"),
    Card("pm_card_jcb", "3566002020360505", brand="jcb", country="JP"),
    Card("pm_card_bypassPending", "4000000000000077"),
    Card("pm_card_visa_chargeDeclined", "4000000000000002", code="card_declined", decline="generic_decline"),
    Card(
        "pm_card_visa_chargeDeclinedInsufficientFunds",
        "4000000000009995",
        code="card_declined",
        decline="insufficient_funds",
    ),
    Card(
        "pm_card_visa_chargeDeclinedLostCard", "4000000000009987", code="card_declined", decline="lost_card"
    ),
    Card(
        "pm_card_visa_chargeDeclinedStolenCard",
        "4000000000009979",
        code="card_declined",
        decline="stolen_card",
    ),
    Card("pm_card_chargeDeclinedExpiredCard", "4000000000000069", code="expired_card"),
    Card("pm_card_chargeDeclinedIncorrectCvc", "4000000000000127", code="incorrect_cvc"),
    Card("pm_card_chargeDeclinedProcessingError", "4000000000000119", code="processing_error"),
    Card("pm_card_threeDSecure2Required", "4000000000003220", authenticates=True),
    Card("pm_card_authenticationRequired", "4000002760003184", authenticates=True),
    Card(
        "pm_card_threeDSecureRequiredChargeDeclined",
        "4000008400001629",
        authenticates=True,
        code="card_declined",
        decline="generic_decline",
    ),
    Card(
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
        "4000008260003178",
        authenticates=True,
        code="card_declined",
        decline="insufficient_funds",
    ),
    Card("pm_card_pendingRefund", "4000000000007726", refund="pending"),
    Card("pm_card_refundFail", "4000000000005126", refund="fails"),
    Card("pm_card_createDispute", "4000000000000259", dispute="fraudulent"),
    Card("pm_card_createDisputeProductNotReceived", "4000000000002685", dispute="product_not_received"),
)
BY_METHOD = {card.method: card for card in CARDS} | {
    # The older name of the same card, still accepted.
    "pm_card_chargeDeclined": next(card for card in CARDS if card.method == "pm_card_visa_chargeDeclined"),
    "pm_card_chargeDeclinedInsufficientFunds": next(
        card for card in CARDS if card.method == "pm_card_visa_chargeDeclinedInsufficientFunds"
    ),
}
BY_NUMBER = {card.number: card for card in CARDS}


def luhn(number: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def by_number(number: str) -> Card:
    """The test card; raises as Stripe does for numbers that cannot be, and for real ones in test mode."""
    plain = number.replace(" ", "")
    if not (plain.isascii() and plain.isdigit() and 12 <= len(plain) <= 19 and luhn(plain)):
        raise card_error("incorrect_number", "Your card number is incorrect.", param="number")
    if plain not in BY_NUMBER:
        raise card_error(
            "card_declined",
            "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of "
            "valid test cards, visit: https://stripe.com/docs/testing.",
            decline_code="test_mode_live_card",
            param="number",
        )
    return BY_NUMBER[plain]


def check_details(card: Card, *, month: int, year: int, cvc: str | None, today: tuple[int, int]) -> None:
    """The form of expiry and CVC. `today`: year and month."""
    if not 1 <= month <= 12:
        raise wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month")
    full = year + 2000 if year < 100 else year
    if full < today[0] or full > today[0] + 50:
        raise wrong("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
    if (full, month) < today:
        raise wrong("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month")
    digits = 4 if card.brand == "amex" else 3
    if cvc is not None and not (cvc.isdigit() and len(cvc) == digits):
        raise wrong("invalid_cvc", "Your card's security code is invalid.", "cvc")


def wrong(code: str, message: str, param: str) -> Refused:
    return card_error(code, message, param=param)


def expiry() -> tuple[int, int]:
    """Month and year of the ready-made payment methods."""
    return 12, 1970 + now() // 31_556_952 + 5
