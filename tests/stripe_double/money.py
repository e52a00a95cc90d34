"""Currencies, their decimals, and the limits of amounts.

- Zero-decimal currencies: https://docs.stripe.com/currencies#zero-decimal. VND is one: 50000 is 50.000 đồng.
- Least amount: "$0.50 US or equivalent in charge currency"; most: "up to eight digits"
  (`PaymentIntent.amount` in https://docs.stripe.com/api/payment_intents/object).
"""

from decimal import ROUND_HALF_UP, Decimal

from tests.stripe_double.errors import invalid

ZERO_DECIMAL = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split())
MOST = 99_999_999
LEAST_CENTS = 50

# Units of the currency for one US dollar. Stripe converts by the day's rate; here it stands still.
PER_DOLLAR = {
    "usd": Decimal(1),
    "vnd": Decimal(26000),
    "eur": Decimal("0.9"),
    "sgd": Decimal("1.3"),
    "jpy": Decimal(150),
}
SIGNS = {"usd": "$", "vnd": "₫", "eur": "€", "sgd": "S$", "jpy": "¥"}


def currency(name: str, value: object) -> str:
    """A lowercase code that this double knows; Stripe takes upper case, too, and answers in lower."""
    code = str(value).lower()
    if code not in PER_DOLLAR:
        raise invalid(
            f"Invalid currency: {code}. Stripe currently supports these currencies: {', '.join(PER_DOLLAR)}",
            saved=False,
            param=name,
        )
    return code


def shown(amount: int, code: str) -> str:
    places = 0 if code in ZERO_DECIMAL else 2
    return f"{SIGNS[code]}{Decimal(amount).scaleb(-places):,.{places}f}"


def converted(amount: int, code: str, into: str) -> tuple[int, Decimal]:
    """The amount in the smallest units of another currency, and the rate in Stripe's sense: `amount` times
    `exchange_rate` (`BalanceTransaction.exchange_rate`)."""
    rate = PER_DOLLAR[into] / PER_DOLLAR[code]
    if code in ZERO_DECIMAL:
        rate *= 100
    if into in ZERO_DECIMAL:
        rate /= 100
    return int((amount * rate).quantize(Decimal(1), ROUND_HALF_UP)), rate


def check_amount(amount: int, code: str) -> None:
    """Refuses amounts outside Stripe's limits: amount_too_small, amount_too_large."""
    if amount > MOST:
        raise invalid(
            f"Amount must be no more than {shown(MOST, code)}", code="amount_too_large", param="amount"
        )
    cents, rate = converted(amount, code, "usd")
    if amount * rate >= LEAST_CENTS:
        return
    if code == "usd":
        message = "Amount must be at least $0.50 usd"
    else:
        message = (
            f"Amount must convert to at least 50 cents. {shown(amount, code)} converts to approximately "
            f"{shown(cents, 'usd')}."
        )
    raise invalid(message, code="amount_too_small", param="amount")
