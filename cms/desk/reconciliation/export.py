"""A day as a spreadsheet: each source's pairs, with what was said of differences."""

from collections.abc import Iterator
from datetime import date
from tempfile import SpooledTemporaryFile

from django.http import FileResponse
from django.utils.translation import gettext as _

from cms.desk.orders.export import IN_MEMORY, XLSX, harmless
from marketplace.reconciliation.comparing.day import PAIRS
from marketplace.reconciliation.models import Difference, DifferenceState, Source, Why

Row = list[str | int | None]


def workbook(day: date) -> FileResponse:
    """As both sides stand now; sums are the spreadsheet's own business."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{day:%d-%m-%Y}")
    for row in _rows(day):
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"doi-soat-{day:%Y%m%d}.xlsx", content_type=XLSX)


def _rows(day: date) -> Iterator[Row]:
    yield [
        _("Nguồn"),
        _("Khoản"),
        _("Sổ của Chợ (đồng)"),
        _("Bên kia (đồng)"),
        _("Vì sao"),
        _("Tình trạng"),
        _("Giải thích"),
    ]
    known = {row.key: row for row in Difference.objects.filter(day=day)}
    for source in Source:
        for pair in PAIRS[source](day):
            row = known.get(pair.key) if pair.difference else None
            yield [
                str(source.label),
                pair.what,
                None if pair.ours is None else int(pair.ours),
                None if pair.theirs is None else int(pair.theirs),
                str(Why(pair.difference).label) if pair.difference else "",
                str(DifferenceState(row.state).label) if row else "",
                row.note if row else "",
            ]
