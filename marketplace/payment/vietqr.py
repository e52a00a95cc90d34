"""The text of a VietQR code (NAPAS 247, after EMV's merchant-presented QR codes): made here, nobody is asked.

Fields are tag, length of two digits, value. Source: NAPAS' guide as given in docs/operations.md; vectors in the tests.
"""

import re

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
LONGEST_PURPOSE = 25


class WrongQr(ValueError):
    """Bank, account, amount or purpose cannot stand in a code."""


def payload(*, bank: str, account: str, amount: int | None = None, purpose: str = "") -> str:
    """The text to be drawn as a QR code: `bank` is its six digits, `amount` whole đồng, `purpose` plain ASCII.

    Raises WrongQr.
    """
    if not re.fullmatch(r"[0-9]{6}", bank) or not re.fullmatch(r"[0-9A-Za-z]{1,19}", account):
        raise WrongQr(f"{bank} {account}")
    if (amount is not None and not 0 < amount < 10**13) or not re.fullmatch(
        rf"[ -~]{{0,{LONGEST_PURPOSE}}}", purpose
    ):
        raise WrongQr(f"{amount} {purpose}")
    receiver = _field("00", bank) + _field("01", account)
    merchant = _field("00", NAPAS) + _field("01", receiver) + _field("02", TO_ACCOUNT)
    text = _field("00", "01") + _field("01", "12" if amount else "11") + _field("38", merchant)
    text += _field("53", "704")
    text += _field("54", str(amount)) if amount else ""
    text += _field("58", "VN")
    text += _field("62", _field("08", purpose)) if purpose else ""
    text += "6304"
    return f"{text}{crc(text):04X}"


def crc(text: str) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, first value 0xFFFF."""
    value = 0xFFFF
    for byte in text.encode("ascii"):
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
