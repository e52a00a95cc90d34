"""Files in the right and the wrong layout."""

import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from marketplace.order.models import Carrier
from marketplace.reconciliation.models import FileLayout
from marketplace.reconciliation.reading import Unreadable, read
from marketplace.reconciliation.reading.figures import NotAFigure, amount
from tests.reconciliation.files import HEADINGS, REMITTED, bank, carrier_layout, csv, workbook

TODAY = date(2026, 11, 27)
LINE = ("25/11/2026", "FT26", "", "404,000", "MBVCB.123.OCOP7K3QX2MW chuyển tiền")


def taken(content: bytes | str, layout: FileLayout) -> list[Any]:
    return read(content.encode() if isinstance(content, str) else content, layout, today=TODAY)


def refused(content: bytes | str, layout: FileLayout) -> str:
    with pytest.raises(Unreadable) as caught:
        taken(content, layout)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_line_is_read_in_each_encoding(encoding: str) -> None:
    text = _for_windows(csv(LINE)) if encoding == "cp1258" else csv(LINE)
    layout = bank(encoding="utf-8-sig" if encoding == "utf-8" else encoding)
    (found,) = taken(text.encode(encoding), layout)
    assert (found.row, found.day, found.amount, found.reference) == (2, date(2026, 11, 25), 404_000, "FT26")
    assert found.text == "MBVCB.123.OCOP7K3QX2MW chuyển tiền"


def _for_windows(text: str) -> str:
    """As Windows-1258 has it: vowels whole, tones behind them."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            letter.encode("cp1258")
            out.append(letter)
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone))
            out.append(rest + "".join(tone))
    return "".join(out)


@pytest.mark.parametrize(
    ("written", "reads"),
    [("utf-16", "utf-8-sig"), ("utf-8", "utf-16"), ("utf-8", "cp1258"), ("cp1258", "utf-8-sig")],
)
def test_another_encoding_than_the_layouts_is_refused(written: str, reads: str) -> None:
    text = _for_windows(csv(LINE)) if written == "cp1258" else csv(LINE)
    assert "bảng mã" in refused(text.encode(written), bank(encoding=reads))


def test_headings_stand_below_what_the_bank_says_first_and_the_sum_is_no_line() -> None:
    text = '"SAO KÊ TÀI KHOẢN"\r\n"Số","0123"\r\n' + csv(LINE, ("Tổng cộng", "", "", "404,000", ""))
    assert [one.row for one in taken(text, bank())] == [4]
    assert "dòng 2" in refused(text, bank(heading_row=2))
    assert len(taken(text, bank(heading_row=3))) == 1
    assert [one.row for one in taken(csv(HEADINGS, LINE), bank(heading_row=2))] == [3]


def test_a_missing_and_a_doubled_heading_are_named() -> None:
    assert "“Mã giao dịch”" in refused(csv(LINE), bank(reference_heading="Mã giao dịch"))
    doubled = csv((*LINE, "x"), headings=(*HEADINGS, "Ngày"))
    assert "hai cột “Ngày”" in refused(doubled, bank())


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({0: "31/02/2026"}, "Ngày", "không phải ngày"),
        ({0: "2026-11-25"}, "Ngày", "không phải ngày"),
        ({0: "25/11/2036"}, "Ngày", "không thể là ngày giao dịch"),
        ({0: ""}, "Ngày", "không phải ngày"),
        ({3: "404.000"}, "Ghi có", "không phải số tiền"),
        ({3: "404,00"}, "Ghi có", "không phải số tiền"),
        ({3: "404,000.50"}, "Ghi có", "số lẻ"),
        ({3: "=1+1"}, "Ghi có", "không phải số tiền"),
        ({3: "bốn trăm"}, "Ghi có", "không phải số tiền"),
        ({3: "9" * 13}, "Ghi có", "lớn quá"),
        ({3: ""}, "Ghi có", "không có số tiền"),
        ({2: "5"}, "Ghi có", "cả tiền vào và tiền ra"),
        ({1: "F" * 101}, "Số tham chiếu", "dài quá"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_heading(cells: dict[int, str], column: str, why: str) -> None:
    wrong = tuple(cells.get(place, cell) for place, cell in enumerate(LINE))
    said = refused(csv(LINE, wrong), bank())
    assert said.startswith(f"Dòng 3, cột “{column}”") and why in said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Không thấy tiêu đề"),
        (csv().encode(), "không có giao dịch"),
        (csv(LINE).encode() + b"\x00", "NUL"),
        (b"PK\x03\x04" + b"x" * 50, "Excel"),
        (b'"Ng\xc3\xa0y"x"y', "hỏng"),
        (b'"' + b"a" * 200_000, "hỏng"),
        (b"\xff\xfe\xff", "bảng mã"),
    ],
)
def test_what_is_no_statement_is_refused(content: bytes, why: str) -> None:
    assert why in refused(content, bank())


def test_a_note_in_another_encoding_is_refused_though_its_headings_fit() -> None:
    names = {"date": "Date", "debit": "Debit", "credit": "Credit", "text": "Note", "reference": "Reference"}
    layout = bank(**{f"{name}_heading": heading for name, heading in names.items()})
    headings = ("Date", "Reference", "Debit", "Credit", "Note")
    text = _for_windows(csv(LINE, headings=headings))
    assert "bảng mã" in refused(text.encode("cp1258"), layout)


def test_a_row_too_wide_and_a_cell_too_long_are_refused() -> None:
    for wrong in ((*LINE, *["x"] * 200), (*LINE[:4], "x" * 2_001)):
        assert "Dòng 3 dài quá" in refused(csv(LINE, wrong), bank())


@pytest.mark.parametrize("amount", ["", "0", "-"])
def test_a_line_without_its_amount_is_refused(amount: str) -> None:
    layout = bank(debit_heading="", credit_heading="", amount_heading="Ghi có")
    assert "không có số tiền" in refused(csv((*LINE[:3], amount, "x")), layout)


@pytest.mark.parametrize(("tracking", "fee", "why"), [("", "0", "mã vận đơn"), ("K1", "-5", "âm")])
def test_a_carriers_line_has_a_number_and_keeps_no_less_than_nothing(
    tracking: str, fee: str, why: str
) -> None:
    layout = carrier_layout(Carrier(pk=1, name="Chở nhanh"))
    rows = csv(("25/11/2026", "K0", "5,000", "0"), ("25/11/2026", tracking, "5,000", fee), headings=REMITTED)
    said = refused(rows, layout)
    assert said.startswith("Dòng 3") and why in said


def test_too_large_and_too_long_is_refused(settings: Any) -> None:
    settings.STATEMENT_ROWS = 3
    assert "nhiều dòng" in refused(csv(*[LINE] * 3), bank())
    settings.STATEMENT_LARGEST = 10
    assert "lớn quá" in refused(csv(LINE), bank())


def excel(**changes: Any) -> FileLayout:
    return bank(file_type="xlsx", **changes)


def test_a_workbook_has_days_and_numbers() -> None:
    rows = [("SAO KÊ",), (), HEADINGS, (datetime(2026, 11, 25, 9), 123.0, None, 404000, "OCOP7K3QX2MW")]
    rows.append(("26/11/2026", "FT27", "5,000", None, "Phí"))
    one, two = taken(workbook(*rows), excel())
    assert (one.row, one.day, one.amount, one.reference) == (4, date(2026, 11, 25), 404_000, "123")
    assert (two.day, two.amount) == (date(2026, 11, 26), -5_000)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("=404000+1", "công thức"),
        ("#REF!", "công thức hoặc lỗi"),
        (404_000.5, "số lẻ"),
        (True, "không phải số tiền"),
        (datetime(2026, 1, 1), "là ngày"),
    ],
)
def test_a_workbooks_formulas_and_fractions_are_refused(cell: Any, why: str) -> None:
    said = refused(workbook(HEADINGS, ("25/11/2026", "FT", None, cell, "x")), excel())
    assert said.startswith("Dòng 2, cột “Ghi có”") and why in said


@pytest.mark.parametrize("claimed", [b"A1", b"A1:XFD1048576"])
def test_a_sheet_is_as_large_as_it_is_and_not_as_it_claims(claimed: bytes) -> None:
    with zipfile.ZipFile(BytesIO(workbook(HEADINGS, LINE))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:E2"' in sheet
    assert len(taken(with_sheet(sheet.replace(b"A1:E2", claimed)), excel())) == 1


def test_a_note_that_would_be_worked_out_is_refused() -> None:
    said = refused(workbook(HEADINGS, ("25/11/2026", "FT", None, 5, "=A1")), excel())
    assert said.startswith("Dòng 2, cột “Nội dung”") and "công thức" in said


def test_a_day_that_would_be_worked_out_is_refused() -> None:
    said = refused(workbook(HEADINGS, ("=TODAY()", "FT", None, 5, "x")), excel())
    assert said.startswith("Dòng 2, cột “Ngày”") and "công thức" in said


def locked(content: bytes) -> bytes:
    """As a zip whose parts have a password: bit 0 of the flags, in front of each part and in the directory."""
    found = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(mark)
        while at >= 0:
            found[at + flags] |= 1
            at = found.find(mark, at + 1)
    return bytes(found)


def zipped(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 100 + b'"><!ENTITY d "&b;&b;">]><worksheet>&d;</worksheet>'


def with_sheet(sheet: bytes) -> bytes:
    """A workbook whose one sheet is this."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(HEADINGS))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part, sheet if part.filename.endswith("sheet1.xml") else old.read(part))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (csv(LINE).encode(), "không phải bảng tính"),
        (workbook(HEADINGS, LINE)[:-200], "không phải bảng tính"),
        (zipped(a=b"<a/>"), "không phải bảng tính"),
        (zipped(xl__workbook=b"0" * 200_000_000), "quá lớn"),
        (zipped(**{f"part{number}": b"" for number in range(501)}), "quá lớn"),
        (locked(workbook(HEADINGS, LINE)), "mật khẩu"),
        (with_sheet(BOMB), "không phải bảng tính"),
        (
            with_sheet(
                b"<worksheet><sheetData><row r='1048576'><c r='A1048576'/></row></sheetData></worksheet>"
            ),
            "tiêu đề",
        ),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, why: str) -> None:
    assert why in refused(content, excel())


@trying(deadline=None)
@given(st.integers(-(10**11), 10**11), st.sampled_from([",", ".", " "]), st.booleans())
def test_an_amount_is_read_as_it_was_written(value: int, thousands: str, cents: bool) -> None:
    decimal = "," if thousands == "." else "."
    written = f"{value:,}".replace(",", thousands) + (f"{decimal}00" if cents else "")
    assert amount(written, thousands=thousands, decimal=decimal) == Decimal(value)


@trying(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["", ",", "."]))
def test_whatever_stands_there_is_an_amount_or_refused(written: str, thousands: str) -> None:
    try:
        found = amount(written, thousands=thousands, decimal="," if thousands == "." else ".")
    except NotAFigure:
        return
    assert found is None or found == found.to_integral_value()
