"""The layouts that come with the shop read what is written as they say."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from marketplace.reconciliation.models import FileLayout
from marketplace.reconciliation.reading import read
from tests.reconciliation.files import workbook

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 11, 25, 9, 30)
NAMES = (
    "Vietcombank, sao kê Excel (mẫu)",
    "BIDV, sao kê CSV (mẫu)",
    "Techcombank, sao kê CSV (mẫu)",
    "GHN, đối soát COD (mẫu)",
    "Viettel Post, bảng kê COD (mẫu)",
)


def cells(layout: FileLayout, amount: int) -> dict[str, str]:
    """A line as this bank or carrier would write it, by what its columns mean."""
    figure = f"{abs(amount):,}".replace(",", layout.thousands_mark)
    return {
        "date": WHEN.strftime(layout.date_format),
        "amount": f"{'-' if amount < 0 else ''}{figure}{layout.decimal_mark}00",
        "credit": figure if amount > 0 else "",
        "debit": figure if amount < 0 else "",
        "fee": "0",
        "text": "Nguyễn Thị Hoài trả tiền",
        "reference": f"FT{amount}",
        "tracking": f"VD{amount}",
    }


def content(layout: FileLayout, *amounts: int) -> bytes:
    columns = list(layout.headings)
    rows: list[Any] = [["SAO KÊ / BẢNG KÊ"], [], list(layout.headings.values())]
    rows += [[cells(layout, amount)[name] for name in columns] for amount in amounts]
    rows.append([f"{layout.footer}:", "1.000.000"])
    if layout.file_type == "xlsx":
        return workbook(*rows)
    text = "\r\n".join(layout.delimiter.join(row) for row in rows)
    return (
        _tones_apart(text).encode(layout.encoding)
        if layout.encoding == "cp1258"
        else text.encode(layout.encoding)
    )


def _tones_apart(text: str) -> str:
    """As Windows-1258 has it: vowels whole, tones behind them where it knows no letter for both."""
    tones = "\u0300\u0301\u0303\u0309\u0323"

    def apart(letter: str) -> str:
        parts = unicodedata.normalize("NFD", letter)
        rest = "".join(mark for mark in parts if mark not in tones)
        return unicodedata.normalize("NFC", rest) + "".join(mark for mark in parts if mark in tones)

    def known(letter: str) -> bool:
        try:
            return bool(letter.encode("cp1258"))
        except UnicodeEncodeError:
            return False

    return "".join(letter if known(letter) else apart(letter) for letter in text)


@pytest.mark.parametrize("name", NAMES)
def test_each_reads_its_own_file(name: str) -> None:
    layout = FileLayout.objects.get(name=name)
    amounts = (1_250_000, 30_000) if layout.kind == "carrier" else (1_250_000, -30_000)
    found = read(content(layout, *amounts), layout, today=date(2026, 11, 27))
    assert [(one.row, one.day, one.amount) for one in found] == [
        (4, WHEN.date(), Decimal(amounts[0])),
        (5, WHEN.date(), Decimal(amounts[1])),
    ]
    for told in set(layout.headings) & {"text", "reference", "tracking"}:
        assert getattr(found[0], told) == cells(layout, amounts[0])[told]
