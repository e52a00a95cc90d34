"""Which payment the note of a transfer speaks of. Pure: texts and amounts in, reasons out.

Banks put words of their own before a note, cut its end, take out spaces and accents; people write o for 0. Codes are
made without letters that look alike (payment/opening.py), so 0 and O, 1, I and L are one letter each here.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from marketplace.payment.opening import CODE_LENGTH, CODE_STARTS, LETTERS
from marketplace.reconciliation.models.line import Hint

_ALIKE = str.maketrans("01L", "OII")
LEAST_OF_A_CUT_CODE = 4  # letters behind its beginning
LEAST_OF_A_NAME = 8
LONGEST_NOTE = 500
WHOLE = len(CODE_STARTS) + CODE_LENGTH
START = CODE_STARTS.translate(_ALIKE)


@dataclass(frozen=True)
class Awaited:
    """A payment as far as a note may speak of it; `amount` in whole đồng. Texts as they stand in the shop."""

    key: int
    code: str
    amount: Decimal
    number: str = ""
    phone: str = ""
    name: str = ""


def folded(text: str) -> str:
    """Capital letters and digits alone, without accents; letters that look alike are one."""
    text = text.upper().replace("Đ", "D")
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())[
        :LONGEST_NOTE
    ].translate(_ALIKE)


def codes(text: str) -> list[str]:
    """What stands in a note as codes stand, each once, as the shop writes them; whether anybody has one is another
    question."""
    note = folded(text)
    found: dict[str, None] = {}
    at = note.find(START)
    while at >= 0:
        letters = note[at + len(START) : at + WHOLE]
        if len(letters) == CODE_LENGTH and set(letters) <= set(LETTERS):
            found[CODE_STARTS + letters] = None
        at = note.find(START, at + 1)
    return list(found)


def hints(text: str, amount: Decimal, awaited: Iterable[Awaited]) -> list[tuple[Awaited, Hint]]:
    """Payments that a transfer of `amount` may be for, none of them sure, the likeliest first, each once."""
    note = folded(text)
    everybody = list(awaited)
    found = {}
    for one in everybody:
        if hint := _hint(note, amount, one):
            found[one.key] = (one, hint)
    same = [one for one in everybody if one.amount == amount]
    if len(same) == 1 and same[0].key not in found:
        found[same[0].key] = (same[0], Hint.AMOUNT)
    order = list(Hint)
    return sorted(
        found.values(), key=lambda pair: (order.index(pair[1]), abs(pair[0].amount - amount), pair[0].key)
    )


def _hint(note: str, amount: Decimal, one: Awaited) -> Hint | None:
    code = folded(one.code)
    if code and code in note:
        return Hint.CODE_SHORT if amount < one.amount else Hint.CODES
    if code and _nearly(code, note):
        return Hint.NEAR_CODE
    if code and code[len(START) :] in note:
        return Hint.NO_START
    if code and _cut(code, note):
        return Hint.CUT_CODE
    if one.amount != amount:
        return None
    return next((hint for hint, words in _told(one) if words and words in note), None)


def _told(one: Awaited) -> Iterator[tuple[Hint, str]]:
    yield Hint.NUMBER, folded(one.number)
    phone = one.phone.removeprefix("+84")
    yield Hint.PHONE, folded(phone) if len(phone) >= 8 else ""
    name = folded(one.name)
    yield Hint.NAME, name if len(name) >= LEAST_OF_A_NAME else ""


def _cut(code: str, note: str) -> bool:
    """The note ends within the code."""
    least = len(START) + LEAST_OF_A_CUT_CODE
    return any(note.endswith(code[:length]) for length in range(least, len(code)))


def _nearly(code: str, note: str) -> bool:
    """Somewhere stands the code with one letter wrong, lost or too many, or with two neighbours swapped.

    One such slip leaves one half of the code whole, or sits on both sides of its middle.
    """
    half = len(code) // 2
    swapped = code[: half - 1] + code[half] + code[half - 1] + code[half + 1 :]
    if swapped in note:
        return True
    for part, before in ((code[:half], 0), (code[half:], half)):
        at = note.find(part)
        while at >= 0:
            start = max(0, at - before - 1)
            if any(
                one_slip(code, note[begin : begin + length])
                for begin in range(start, at + 1)
                for length in (len(code) - 1, len(code), len(code) + 1)
                if begin + length <= len(note)
            ):
                return True
            at = note.find(part, at + 1)
    return False


def one_slip(right: str, written: str) -> bool:
    """Whether one letter wrong, lost, too many, or two neighbours swapped make one of the other; not if they are the
    same."""
    if right == written or abs(len(right) - len(written)) > 1:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(right, written, strict=False)) if a != b),
        min(len(right), len(written)),
    )
    if len(right) == len(written):
        swapped = right[at + 1 : at + 2] + right[at : at + 1] + right[at + 2 :]
        return right[at + 1 :] == written[at + 1 :] or swapped == written[at:]
    longer, shorter = sorted((right, written), key=len, reverse=True)
    return longer[at + 1 :] == shorter[at:]
