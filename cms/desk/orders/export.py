"""The list of orders as a spreadsheet, row by row: what is needed to count and to follow, and nobody's name,
telephone number or address."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from marketplace import clock
from marketplace.order.models import DeliveryState, Order, PaymentState
from marketplace.payment.sums import Back, sums_at, with_sums

AT_ONCE = 500
IN_MEMORY = 1024 * 1024
BYTE_ORDER_MARK = "\ufeff"  # or Excel takes the file for Latin letters
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_begins_formula = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_unprintable = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

Row = list[str | int | datetime]


def spreadsheet(orders: QuerySet[Order], kind: str, *, name: str) -> HttpResponseBase:
    """`kind` is csv or xlsx. However many orders there are, some hundred of them are in memory."""
    return _csv(rows(orders), f"{name}.csv") if kind == "csv" else _xlsx(rows(orders), f"{name}.xlsx")


def harmless(text: str) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe instead."""
    text = _unprintable.sub("", text)
    return f"'{text}" if _begins_formula.match(text) else text


def rows(orders: QuerySet[Order]) -> Iterator[Row]:
    """Headings, then a row for each order, in the language that is active now: later, while streaming, none is."""
    labels = {str(state.value): str(state.label) for state in (*PaymentState, *DeliveryState, *Back)}
    whole = (
        with_sums(orders)
        .select_related("shipping_address__province")
        .prefetch_related("consignments__partner", "consignments__parcels__carrier")
    )
    return _rows(headings(), whole.iterator(chunk_size=AT_ONCE), labels)


def headings() -> Row:
    return [
        _("Số đơn"),
        _("Ngày đặt"),
        _("Thanh toán"),
        _("Giao hàng"),
        _("Tổng lúc đặt (đồng)"),
        _("Phải trả (đồng)"),
        _("Đã nhận (đồng)"),
        _("Đã trả lại (đồng)"),
        _("Tỉnh, thành phố nhận"),
        _("Hẹn giao muộn nhất"),
        _("Nhà sản xuất"),
        _("Vận chuyển"),
    ]


def _rows(first: Row, orders: Iterable[Order], labels: dict[str, str]) -> Iterator[Row]:
    yield first
    for order in orders:
        yield [harmless(cell) if isinstance(cell, str) else cell for cell in _row(order, labels)]


def _row(order: Order, labels: dict[str, str]) -> Row:
    # what with_sums wrote at it
    back, received, refunded = (getattr(order, name) for name in ("back", "sum_received", "sum_refunded"))
    parts = order.consignments.all()
    parcels = [parcel for part in parts for parcel in part.parcels.all()]
    province = order.shipping_address and order.shipping_address.province
    tracked = [f"{parcel.carrier or ''} {parcel.tracking_number}".strip() for parcel in parcels]
    return [
        order.number,
        order.date_placed.astimezone(clock.VIETNAM).replace(tzinfo=None, microsecond=0),
        labels[order.payment_state if back == Back.NOTHING else back],
        labels[order.delivery_state],
        int(order.total_incl_tax),
        int(sums_at(order).owed),
        int(received),
        int(refunded),
        province.display_name if province else "",
        f"{max(part.deliver_to for part in parts):%d/%m/%Y}",
        ", ".join(str(part.partner) for part in parts),
        ", ".join(text for text in tracked if text),
    ]


class _Echo:
    """csv writes here, and is handed the line back."""

    def write(self, line: str) -> str:
        return line


def _csv(table: Iterator[Row], name: str) -> StreamingHttpResponse:
    writer: Any = csv.writer(_Echo())
    lines = (mark + writer.writerow(row) for mark, row in zip(_marks(), table, strict=False))
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)


def _marks() -> Iterator[str]:
    yield BYTE_ORDER_MARK
    while True:
        yield ""


def _xlsx(table: Iterator[Row], name: str) -> FileResponse:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Đơn hàng"))
    for row in table:
        sheet.append(row)
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
