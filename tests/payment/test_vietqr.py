"""The text of VietQR codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payment.vietqr import WrongQr, crc, payload

#: The first is published by subiz/vietqr.
VECTORS = [
    (
        {"bank": "970415", "account": "0011001932418", "amount": 120_000, "purpose": "ung ho lu lut"},
        """00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN
        62170813ung ho lu lut6304C15C""",
    ),
    (
        {"bank": "970436", "account": "0123456789"},
        "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15",
    ),
    (
        {"bank": "970422", "account": "0987654321", "amount": 185_000, "purpose": "OCOP DH100234"},
        """00020101021238540010A00000072701240006970422011009876543210208QRIBFTTA530370454061850005802VN
        62170813OCOP DH1002346304B218""",
    ),
]


@pytest.mark.parametrize(("asked", "text"), VECTORS)
def test_known_codes_are_made(asked: dict[str, str | int], text: str) -> None:
    assert payload(**asked) == text.replace("\n        ", "")  # type: ignore[arg-type]


def read(text: str) -> dict[str, str]:
    found, at = {}, 0
    while at < len(text):
        length = int(text[at + 2 : at + 4])
        found[text[at : at + 2]] = text[at + 4 : at + 4 + length]
        at += 4 + length
    return found


@given(
    amount=st.integers(1, 99_999_999),
    account=st.text("0123456789", min_size=1, max_size=19),
    purpose=st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789 ", min_size=1, max_size=25),
)
def test_a_reader_finds_what_was_written(amount: int, account: str, purpose: str) -> None:
    text = payload(bank="970436", account=account, amount=amount, purpose=purpose)
    fields = read(text)
    assert (fields["54"], read(fields["62"])["08"]) == (str(amount), purpose)
    assert read(read(fields["38"])["01"]) == {"00": "970436", "01": account}
    assert fields["63"] == f"{crc(text[:-4]):04X}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank": "97043"},
        {"account": ""},
        {"account": "1" * 20},
        {"amount": 0},
        {"amount": -1},
        {"purpose": "chè"},
        {"purpose": "a" * 26},
    ],
)
def test_what_no_bank_could_read_is_refused(wrong: dict[str, str | int]) -> None:
    fields = {"bank": "970436", "account": "0123456789", "amount": 1, "purpose": "OCOP"} | wrong
    with pytest.raises(WrongQr):
        payload(**fields)  # type: ignore[arg-type]
