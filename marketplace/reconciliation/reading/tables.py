"""The rows of a file, before anybody knows what they mean. Everything in it may be hostile."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from django.conf import settings
from django.utils.translation import gettext as _

from .refusing import Unreadable

Cell = str | int | float | Decimal | date | None
Row = Sequence[Cell]

#: An .xlsx file may unfold to so many times its greatest size; real ones of that size stay below ten.
UNFOLDS = 12
MOST_PARTS = 500
LONGEST_CELL = 2000
MOST_COLUMNS = 200


class Formula(str):
    """A cell that a spreadsheet would work out: never an amount or a day here."""

    __slots__ = ()


def table(content: bytes, *, file_type: str, encoding: str, delimiter: str) -> Iterator[Row]:
    """All rows, the empty ones too, so that the first is row 1. Raises Unreadable, also half way."""
    if len(content) > settings.STATEMENT_LARGEST:
        most = settings.STATEMENT_LARGEST // 1024
        raise Unreadable(_("Tệp lớn quá: nhiều nhất %(most)d KB.") % {"most": most})
    rows = _sheet(content) if file_type == "xlsx" else _lines(content, encoding, delimiter)
    for number, row in enumerate(rows, start=1):
        if number > settings.STATEMENT_ROWS:
            raise Unreadable(
                _("Tệp có quá nhiều dòng: nhiều nhất %(most)d.") % {"most": settings.STATEMENT_ROWS}
            )
        if len(row) > MOST_COLUMNS or any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row):
            raise Unreadable(_("Dòng %(row)d dài quá, không giống một bảng giao dịch.") % {"row": number})
        if any(isinstance(cell, str) and "\x00" in cell for cell in row):
            raise Unreadable(_("Dòng %(row)d có ký tự NUL, không phải chữ.") % {"row": number})
        yield row


def _lines(content: bytes, encoding: str, delimiter: str) -> Iterator[Row]:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_("Đây là tệp Excel hoặc tệp nén, bố cục này đọc tệp CSV."))
    try:
        text = content.decode(encoding)
    except UnicodeError as error:
        raise Unreadable(
            _("Tệp không ở bảng mã %(name)s của bố cục.") % {"name": encoding.removesuffix("-sig").upper()}
        ) from error
    if "\x00" in text:
        raise Unreadable(_("Tệp có ký tự NUL: không phải CSV, hoặc ở bảng mã khác với bố cục."))
    try:
        yield from (
            list(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        )
    except csv.Error as error:
        raise Unreadable(_("Tệp CSV bị hỏng, hoặc ngăn cột bằng dấu khác với bố cục.")) from error


def _sheet(content: bytes) -> Iterator[Row]:
    """The first sheet of a workbook. Formulas are not believed: what they came to is anybody's."""
    from openpyxl import load_workbook

    try:
        _check_parts(content)
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        # Bounds of our own: a sheet may claim to be as large, or as small, as it likes.
        for row in sheet.iter_rows(max_row=settings.STATEMENT_ROWS + 1, max_col=MOST_COLUMNS):
            yield _stripped([_value(cell) for cell in row])
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError,
        OSError, NotImplementedError, OverflowError,
    ) as error:  # fmt: skip
        # openpyxl raises whatever it stumbles over, zipfile NotImplementedError for a packing that it does not know.
        raise Unreadable(_("Tệp không phải bảng tính Excel (.xlsx), hoặc đã hỏng.")) from error


def _check_parts(content: bytes) -> None:
    """A zip bomb is seen by what it says of itself: a part never unfolds to more than that."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        listed = parts.infolist()
        if (
            len(listed) > MOST_PARTS
            or sum(part.file_size for part in listed) > UNFOLDS * settings.STATEMENT_LARGEST
        ):
            raise Unreadable(_("Tệp bung ra quá lớn, không phải sao kê."))
        if any(part.flag_bits & 1 for part in listed):
            raise Unreadable(_("Tệp có mật khẩu. Bạn lưu lại không đặt mật khẩu rồi nhập."))


def _value(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(value))
    if cell.data_type == "e":
        return Formula(str(value))
    if isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, str | int | float | datetime | date):
        return value
    return str(value)


def _stripped(row: list[Cell]) -> Row:
    while row and row[-1] is None:
        row.pop()
    return row
