"""What a transfer's note says, however banks and people wrote it."""

from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from marketplace.payment.opening import CODE_STARTS, LETTERS
from marketplace.reconciliation.matching import Awaited, codes, hints, one_slip
from marketplace.reconciliation.models import Hint

CODE = "OCOP7K3QX2MW"
ASKED = Decimal(404_000)
ONE = Awaited(1, CODE, ASKED, number="OC261124-7K3QX", phone="+84912345678", name="Nguyễn Thị Hoài Thương")
OTHER = Awaited(2, "OCOPABCDEFGH", Decimal(99_000))
bodies = st.text(LETTERS, min_size=8, max_size=8)


@pytest.mark.parametrize(
    "note",
    [
        CODE,
        "ocop7k3qx2mw",
        "CT DEN:123456 MBVCB.8812.OCOP7K3QX2MW.CT tu 0123 toi 0456",
        "OCOP 7K3Q X2MW",
        "OCOP-7K3QX2MW chuyen tien",
        "0C0P7K3QX2MW",
        "Ócóp7k3qx2mw thanh toán đơn",
        "NGUYEN THI A chuyen OCOP7K3QX2MWGD 5512",
    ],
)
def test_a_code_is_found_in_whatever_a_bank_makes_of_a_note(note: str) -> None:
    assert codes(note) == [CODE]


@pytest.mark.parametrize("note", ["", "OCOP", "OCOP7K3QX2M", "OCOP7K3QX2M0", "tra tien hang", "OCOP" * 3])
def test_what_is_no_whole_code_is_none(note: str) -> None:
    assert codes(note) == []


@pytest.mark.parametrize(
    ("note", "amount", "hint"),
    [
        ("OCOP7K3QX2MW", 403_999, Hint.CODE_SHORT),
        ("OCOP7K3QX2MV", 404_000, Hint.NEAR_CODE),
        ("OCOP7K3QX2M0 ck", 404_000, Hint.NEAR_CODE),
        ("OCOP7K3XQ2MW", 404_000, Hint.NEAR_CODE),
        ("OCOP7KQ3X2MW", 5, Hint.NEAR_CODE),
        ("OCOP7K3QX2W", 404_000, Hint.NEAR_CODE),
        ("OCOPP7K3QX2MW", 404_000, Hint.NEAR_CODE),
        ("OCP7K3QX2MW", 404_000, Hint.NEAR_CODE),
        ("don 7k3qx2mw", 404_000, Hint.NO_START),
        ("CT DEN OCOP7K3Q", 404_000, Hint.CUT_CODE),
        ("tra don OC261124-7K3QX", 404_000, Hint.NUMBER),
        ("0912 345 678 tra tien", 404_000, Hint.PHONE),
        ("NGUYEN THI HOAI THUONG chuyen khoan", 404_000, Hint.NAME),
        ("chuyen khoan", 404_000, Hint.AMOUNT),
    ],
)
def test_near_matches_are_proposed_with_their_reason(note: str, amount: int, hint: Hint) -> None:
    assert [(one.key, why) for one, why in hints(note, Decimal(amount), [OTHER, ONE])] == [(1, hint)]


def test_nothing_is_proposed_for_what_says_nothing() -> None:
    assert hints("NGUYEN THI HOAI THUONG", Decimal(404_001), [OTHER, ONE]) == []
    twin = Awaited(3, "OCOPZZZZZZZZ", ASKED)
    assert hints("chuyen khoan", ASKED, [ONE, twin]) == []


def test_the_surest_comes_first() -> None:
    by_amount, cut = Awaited(3, "OCOPZZZZZZZZ", Decimal(100)), Awaited(4, "OCOPABCDXXXX", Decimal(7))
    found = hints("7K3QX2MW OCOPABCD", Decimal(100), [by_amount, cut, ONE])
    assert [one.key for one, _hint in found] == [1, 4, 3]


around = st.text(st.sampled_from("abđươN0 1-./:"), max_size=20)


@given(bodies, around, around)
@example("XXXXXXXX", "ocop", "")
def test_a_whole_code_is_found_wherever_it_stands(body: str, before: str, after: str) -> None:
    assert CODE_STARTS + body in codes(f"{before} {CODE_STARTS}{body} {after}")


@given(
    bodies,
    st.integers(4, 11),
    st.sampled_from(LETTERS),
    st.sampled_from(["wrong", "lost", "more", "swapped"]),
)
def test_one_slip_is_proposed_and_never_done(body: str, at: int, letter: str, slip: str) -> None:
    code = CODE_STARTS + body
    written = {
        "wrong": code[:at] + letter + code[at + 1 :],
        "lost": code[:at] + code[at + 1 :],
        "more": code[:at] + letter + code[at:],
        "swapped": code[:at] + code[at + 1 : at + 2] + code[at] + code[at + 2 :],
    }[slip]
    assume(code not in written)
    assert code not in codes(f"ck {written} 00")
    told = hints(f"ck .{written}. 00", Decimal(1), [Awaited(1, code, ASKED)])
    assert [hint for _one, hint in told] == [Hint.NEAR_CODE]


@given(st.text("AB2", max_size=6), st.text("AB2", max_size=6))
def test_one_slip_is_what_counting_says(right: str, written: str) -> None:
    assert one_slip(right, written) == (_slips(right, written) == 1)


def _slips(a: str, b: str) -> int:
    """Letters wrong, lost, too many, or swapped with their neighbour, counted the slow way."""
    table = [[max(i, j) if not min(i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]
