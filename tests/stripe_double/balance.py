"""Balance transactions: every movement of the account's money, with fee and net.

https://docs.stripe.com/api/balance_transactions/object: amount − fee = net; a refund is negative; Stripe keeps the
fee of a refunded charge. Types: https://docs.stripe.com/reports/balance-transaction-types. What Stripe charges differs
by country and contract, so FEE is invented: 2.9 % and 30 US cents.
"""

from decimal import ROUND_HALF_UP, Decimal

from tests.stripe_double import params
from tests.stripe_double.account import Account, Object, new_id, now
from tests.stripe_double.call import Call
from tests.stripe_double.listing import LIST, page
from tests.stripe_double.money import converted

SHARE, FIXED_CENTS = Decimal("0.029"), 30
DISPUTE_CENTS = 1500
DAYS_PENDING = 7 * 86400
CATEGORIES = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund_failure",
    "adjustment": "dispute",
}


def fee_of(amount: int, code: str) -> int:
    fixed, _ = converted(FIXED_CENTS, "usd", code)
    return int((amount * SHARE).quantize(Decimal(1), ROUND_HALF_UP)) + fixed


def book(
    account: Account, kind: str, source: Object, *, amount: int, fee: int = 0, category: str | None = None
) -> Object:
    """One movement. `amount` and `fee` in the currency of `source`; kept in the account's settlement currency."""
    currency, rate = source["currency"], None
    if account.settlement not in {None, currency}:
        amount, exact = converted(amount, currency, str(account.settlement))
        fee, _ = converted(fee, currency, str(account.settlement))
        currency, rate = str(account.settlement), float(exact)
    details = [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": "Stripe processing fees" if fee > 0 else "Dispute fee refund",
            "type": "stripe_fee",
        }
    ]
    return account.add(
        {
            "id": new_id("txn_"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": now() + DAYS_PENDING,
            "balance_type": "payments",
            "created": now(),
            "currency": currency,
            "description": source.get("description"),
            "exchange_rate": rate,
            "fee": fee,
            "fee_details": details if fee else [],
            "net": amount - fee,
            "reporting_category": category or CATEGORIES[kind],
            "source": source["id"],
            "status": "pending",
            "type": kind,
        }
    )


def retrieve(call: Call) -> Object:
    return call.account.get("balance_transaction", call.ids[0])


def listing(call: Call) -> Object:
    """Filters: type, source, currency, created (https://docs.stripe.com/api/balance_transactions/list)."""
    known = LIST | {
        "type": params.filled,
        "source": params.filled,
        "currency": params.filled,
        "payout": params.left_out,
    }
    return page(
        call,
        "balance_transaction",
        params.read(call.raw, known),
        equal=("type", "source", "currency"),
        url="/v1/balance_transactions",
    )
