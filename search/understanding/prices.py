"""Prices in a query: "dưới 500k", "từ 200 nghìn đến nửa triệu", "200-500k", "quà 300k"."""

from decimal import Decimal

from search.text.lexicon import Phrase
from search.understanding.money import THOUSAND, Amount, is_measure, read_amount
from search.understanding.words import Found, keys, size_at

AROUND = Decimal("0.2")
_BELOW = keys(
    "duoi",
    "khong qua",
    "toi da",
    "it hon",
    "re hon",
    "nho hon",
    "thap hon",
    "cao nhat",
    "den",
    "under",
    "below",
)
_ABOVE = keys("tren", "hon", "toi thieu", "it nhat", "tu", "lon hon", "cao hon", "over", "above", "from")
_VAGUE = keys("den", "tu", "to", "toi", "tam", "hon", "from")
"""Unmarked these are other words as well: only money may follow."""
_ABOUT = keys("khoang", "tam", "tam gia", "chung", "about")
_TO = keys("den", "toi", "to", "va")
_FROM = keys("tu", "from", "between")
_PRICE = keys("gia", "gia ca", "muc gia", "gia ban")
_UPWARD = keys("tro len")
_DOWNWARD = keys("tro xuong", "do lai")
LEAST = 10_000
"""A bare number from here on is an amount of đồng."""


def find_price(tokens: Phrase) -> Found | None:
    """The first price or range; a bare amount is an upper bound, "khoảng" is ± 20 %."""
    for start in range(len(tokens)):
        found = _range(tokens, start) or _bounded(tokens, start)
        if found is not None:
            return found
    return None


def _range(tokens: Phrase, start: int) -> Found | None:
    price = size_at(tokens, start, _PRICE)
    lead = size_at(tokens, start + price, _FROM)
    low = read_amount(tokens, start + price + lead)
    if low is None:
        return None
    joint = size_at(tokens, low.end, _TO)
    high = read_amount(tokens, low.end + joint)
    if high is None or is_measure(tokens, high.end) or not (joint or high.unit or high.number >= LEAST):
        return None
    if not (high.unit > 1 or low.unit or price or high.number >= LEAST):
        return None
    top = _money(high, loose=True)
    bottom = (
        low.number * high.unit
        if not low.unit and low.number < THOUSAND and high.unit
        else _money(low, loose=True)
    )
    return Found(start, high.end, (), min(bottom, top), max(bottom, top))


def _bounded(tokens: Phrase, start: int) -> Found | None:
    price = size_at(tokens, start, _PRICE)
    for phrases, bound in ((_BELOW, "to"), (_ABOVE, "from"), (_ABOUT, "about"), (None, "to")):
        size = size_at(tokens, start + price, phrases) if phrases else 0
        if phrases and not size:
            continue
        amount = read_amount(tokens, start + price + size)
        loose = bool(price or (size and not size_at(tokens, start + price, _VAGUE)))
        if amount and _is_money(tokens, amount, loose=loose):
            return _found(tokens, start, amount, bound)
    return None


def _is_money(tokens: Phrase, amount: Amount, *, loose: bool) -> bool:
    if amount.unit:
        return amount.unit > 1 or amount.number >= THOUSAND
    return not is_measure(tokens, amount.end) and (amount.number >= LEAST or (loose and amount.number >= 10))


def _money(amount: Amount, *, loose: bool) -> Decimal:
    """ "dưới 500" means thousands."""
    small = loose and not amount.unit and amount.number < THOUSAND
    return amount.value * (THOUSAND if small else 1)


def _found(tokens: Phrase, start: int, amount: Amount, bound: str) -> Found:
    value, end = _money(amount, loose=True), amount.end
    upward, downward = size_at(tokens, end, _UPWARD), size_at(tokens, end, _DOWNWARD)
    bound = "from" if upward else "to" if downward else bound
    end += upward or downward
    if bound == "about":
        return Found(start, end, (), value * (1 - AROUND), value * (1 + AROUND))
    return Found(start, end, (), value if bound == "from" else None, value if bound == "to" else None)
