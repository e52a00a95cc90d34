"""Amounts of money in words and digits: "500k", "nửa triệu", "1tr5", "hai trăm nghìn", "500.000đ"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from search.text.lexicon import Phrase

THOUSAND = 1000
MILLION = 1_000_000
MOST_PRICE = 999_999_999
"""No price is higher; a larger number in a text is a number to find, in an address a mistake."""
# By exact form, marks or none: "củ" and "đông" are other words.
_UNITS = dict.fromkeys(("k", "nghìn", "nghin", "ngàn", "ngan", "ng"), THOUSAND)
_UNITS |= dict.fromkeys(("triệu", "trieu", "tr"), MILLION)
_UNITS |= dict.fromkeys(("đ", "d", "đồng", "dong", "vnd"), 1)
_SPOKEN = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
MEASURES = frozenset(
    "ml l lit lít g gr gram kg độ do % cm mm m gói goi hộp hop chai hũ hu túi tui lọ lo cái cai vị vi".split()
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, the đồng its unit stands for (0 without unit), and the index behind both."""

    number: Decimal
    unit: int
    end: int

    @property
    def value(self) -> Decimal:
        return self.number * (self.unit or 1)


def read_amount(tokens: Phrase, at: int) -> Amount | None:
    """The amount that begins at this token, if it is one that something may cost."""
    number = _number(tokens, at)
    if number is None:
        return None
    value, end = number
    unit = _UNITS.get(tokens[end].exact, 0) if end < len(tokens) else 0
    found = _with_rest(tokens, Amount(value, unit, end + 1)) if unit else Amount(value, 0, end)
    return found if found.value <= MOST_PRICE else None


def is_measure(tokens: Phrase, at: int) -> bool:
    """Whether a unit of size stands here: "dưới 500 ml" is no price."""
    return at < len(tokens) and tokens[at].written in MEASURES


def _with_rest(tokens: Phrase, amount: Amount) -> Amount:
    """The tail of "1 triệu rưỡi", "1tr5" and "500 nghìn đồng"."""
    end = amount.end
    if end >= len(tokens):
        return amount
    word = tokens[end]
    if word.folded == "ruoi":
        return Amount(amount.number + Decimal("0.5"), amount.unit, end + 1)
    if amount.unit == MILLION and re.fullmatch(r"\d", word.written):
        return Amount(amount.number + Decimal(word.written) / 10, amount.unit, end + 1)
    if amount.unit > 1 and _UNITS.get(word.exact) == 1:
        return Amount(amount.number, amount.unit, end + 1)
    return amount


def _number(tokens: Phrase, at: int) -> tuple[Decimal, int] | None:
    if at >= len(tokens):
        return None
    if tokens[at].is_number:
        return _digits(tokens[at].written), at + 1
    if tokens[at].folded == "nua":
        return (Decimal("0.5"), at + 1) if _has_unit(tokens, at + 1) else None
    return _spoken(tokens, at)


def _digits(written: str) -> Decimal:
    """ "500.000" is half a million, "1,5" and "1.5" are one and a half."""
    if _GROUPED.fullmatch(written) or len(re.findall("[.,]", written)) > 1:
        return Decimal(re.sub(r"\D", "", written))
    # Other scripts' digits are digits to Python too.
    return Decimal(written.replace(",", "."))


def _spoken(tokens: Phrase, at: int) -> tuple[Decimal, int] | None:
    """Numbers up to 999 in words, only before a unit: "hai trăm năm mươi nghìn"."""
    total = digit = 0
    end = at
    while end < len(tokens):
        word = tokens[end].folded
        if word == "tram":
            total, digit = total + 100 * (digit or 1), 0
        elif word == "muoi":
            total, digit = total + 10 * (digit or 1), 0
        elif word in _SPOKEN and not digit:
            digit = _SPOKEN[word]
        else:
            break
        end += 1
    return (Decimal(total + digit), end) if end > at and _has_unit(tokens, end) else None


def _has_unit(tokens: Phrase, at: int) -> bool:
    return at < len(tokens) and _UNITS.get(tokens[at].exact, 0) >= THOUSAND
