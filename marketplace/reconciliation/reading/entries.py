"""What the rows of a file say, by its layout."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.reconciliation.models import FileKind, FileLayout

from . import figures
from .accounts import check_account
from .refusing import Unreadable, at
from .tables import Cell, Formula, Row, table

LOOKED_AT = 30  # rows in which the headings are looked for
LONGEST_REFERENCE, LONGEST_TRACKING = 100, 64


@dataclass(frozen=True)
class Entry:
    """One line: whole đồng, above zero when it came. `row` is counted as spreadsheets do."""

    row: int
    day: date
    amount: Decimal
    text: str = ""
    reference: str = ""
    tracking: str = ""
    fee: Decimal = Decimal(0)


def read(content: bytes, layout: FileLayout, *, today: date) -> list[Entry]:
    """All lines of a file, in its order. Raises Unreadable; a file without a line is unreadable too."""
    rows = enumerate(
        table(content, file_type=layout.file_type, encoding=layout.encoding, delimiter=layout.delimiter),
        start=1,
    )
    columns = _columns(rows, layout)
    found = list(_entries(rows, columns, layout, today))
    if not found:
        raise Unreadable(_("Tệp không có giao dịch nào."))
    return found


def _columns(rows: Iterator[tuple[int, Row]], layout: FileLayout) -> dict[str, int]:
    """What stands in which column, from the row of headings; the rows go on behind it."""
    wanted = {name: _plain(heading) for name, heading in layout.headings.items()}
    last = layout.heading_row or LOOKED_AT
    missing = list(layout.headings.values())
    above: list[str] = []
    for number, row in rows:
        cells = [_plain(cell) for cell in row]
        lacking = [layout.headings[name] for name, heading in wanted.items() if heading not in cells]
        if not lacking and number == (layout.heading_row or number):
            _check_once(cells, layout, number)
            if layout.kind == FileKind.BANK:
                check_account(above)
            return {name: cells.index(heading) for name, heading in wanted.items()}
        if len(lacking) < len(missing):
            missing = lacking
        above.append(" | ".join(cells))
        if number >= last:
            break
    where = (
        _("dòng %(row)d") % {"row": last} if layout.heading_row else _("%(rows)d dòng đầu") % {"rows": last}
    )
    facts = {"names": ", ".join(f"“{name}”" for name in missing or layout.headings.values()), "where": where}
    raise Unreadable(
        _("Không thấy tiêu đề %(names)s trong %(where)s. Tệp theo bố cục khác, hoặc ở bảng mã khác.") % facts
    )


def _check_once(cells: list[str], layout: FileLayout, number: int) -> None:
    for heading in layout.headings.values():
        if cells.count(_plain(heading)) > 1:
            raise Unreadable(_("Dòng %(row)d có hai cột “%(name)s”.") % {"row": number, "name": heading})


def _entries(
    rows: Iterator[tuple[int, Row]], columns: Mapping[str, int], layout: FileLayout, today: date
) -> Iterator[Entry]:
    footer = _plain(layout.footer)
    for number, row in rows:
        filled = [cell for cell in row if _plain(cell)]
        if not filled:
            continue
        if footer and _plain(filled[0]).startswith(footer):
            return
        cells = {name: row[at_] if at_ < len(row) else None for name, at_ in columns.items()}
        yield _entry(number, cells, layout, today)


def _entry(number: int, cells: Mapping[str, Cell], layout: FileLayout, today: date) -> Entry:
    try:
        day = figures.day(cells["date"], written=layout.date_format, today=today)
    except figures.NotAFigure as error:
        raise at(number, layout.date_heading, str(error)) from error
    amount = _amount(number, cells, layout)
    fee = _figure(number, "fee", cells, layout) or Decimal(0)
    tracking = _text(number, "tracking", cells, layout, LONGEST_TRACKING)
    if layout.kind == FileKind.CARRIER:
        if not tracking:
            raise at(number, layout.tracking_heading, _("không có mã vận đơn."))
        if fee < 0:
            raise at(number, layout.fee_heading, _("phí không thể âm."))
    return Entry(
        row=number,
        day=day,
        amount=amount,
        text=_text(number, "text", cells, layout),
        reference=_text(number, "reference", cells, layout, LONGEST_REFERENCE),
        tracking=tracking,
        fee=fee,
    )


def _amount(number: int, cells: Mapping[str, Cell], layout: FileLayout) -> Decimal:
    """One column with a sign, or one for what came and one for what went, whose sign does not matter."""
    if layout.amount_heading:
        found = _figure(number, "amount", cells, layout)
        if not found:
            raise at(number, layout.amount_heading, _("không có số tiền."))
        return found
    came, went = (_figure(number, name, cells, layout) for name in ("credit", "debit"))
    if bool(came) == bool(went):
        why = _("cả tiền vào và tiền ra đều có số.") if came else _("không có số tiền vào hay ra.")
        raise at(number, layout.credit_heading, why)
    return abs(came) if came else -abs(went or Decimal(0))


def _figure(number: int, name: str, cells: Mapping[str, Cell], layout: FileLayout) -> Decimal | None:
    if name not in cells:
        return None
    try:
        return figures.amount(cells[name], thousands=layout.thousands_mark, decimal=layout.decimal_mark)
    except figures.NotAFigure as error:
        raise at(number, layout.headings[name], str(error)) from error


def _text(
    number: int, name: str, cells: Mapping[str, Cell], layout: FileLayout, longest: int | None = None
) -> str:
    cell = cells.get(name)
    if isinstance(cell, Formula):
        raise at(number, layout.headings[name], _("là công thức hoặc lỗi, không phải chữ."))
    text = (
        str(int(cell))
        if isinstance(cell, float) and cell.is_integer()
        else str(cell if cell is not None else "")
    )
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if longest and len(text) > longest:
        raise at(number, layout.headings[name], _("dài quá %(most)d chữ.") % {"most": longest})
    return text


def _plain(cell: Cell) -> str:
    """A heading as it is compared: capital letters, spaces and ways of writing accents do not matter."""
    return " ".join(unicodedata.normalize("NFC", str(cell if cell is not None else "")).split()).casefold()
