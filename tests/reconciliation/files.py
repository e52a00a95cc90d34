"""Files as banks and carriers write them, and the layouts that read them."""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.order.models import Carrier
from marketplace.reconciliation.importing import import_file
from marketplace.reconciliation.models import FileLayout, Import

HEADINGS = ("Ngày", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung")
REMITTED = ("Ngày trả", "Mã vận đơn", "Tiền COD", "Phí")


def bank(**changes: Any) -> FileLayout:
    """A layout of a bank's CSV file, not saved."""
    facts: dict[str, Any] = {
        "name": "Ngân hàng thử",
        "kind": "bank",
        "book": "thu",
        "date_heading": "Ngày",
        "debit_heading": "Ghi nợ",
        "credit_heading": "Ghi có",
        "text_heading": "Nội dung",
        "reference_heading": "Số tham chiếu",
        "footer": "Tổng",
    }
    return FileLayout(**facts | changes)


def saved(layout: FileLayout) -> FileLayout:
    known = FileLayout.objects.filter(name=layout.name).first()
    if known:
        return known
    layout.full_clean()
    layout.save()
    return layout


def carrier_layout(carrier: Carrier, **changes: Any) -> FileLayout:
    facts: dict[str, Any] = {
        "name": f"{carrier} thử",
        "kind": "carrier",
        "book": f"carrier-{carrier.pk}",
        "carrier": carrier,
        "date_heading": "Ngày trả",
        "tracking_heading": "Mã vận đơn",
        "amount_heading": "Tiền COD",
        "fee_heading": "Phí",
    }
    return FileLayout(**facts | changes)


def csv(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> str:
    """Rows as a CSV text; each cell in quotation marks."""
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in (headings, *rows)) + "\r\n"


def workbook(*rows: Sequence[Any]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def came(
    text: str, amount: int, *, reference: str = "", day: date | None = None
) -> tuple[str, str, str, str, str]:
    return (f"{day or clock.today():%d/%m/%Y}", reference, "", f"{amount:,}", text)


def went(
    text: str, amount: int, *, reference: str = "", day: date | None = None
) -> tuple[str, str, str, str, str]:
    return (f"{day or clock.today():%d/%m/%Y}", reference, f"{amount:,}", "", text)


def statement(*rows: Sequence[Any], by: User | None = None, layout: FileLayout | None = None) -> Import:
    """A statement of the bank, brought by staff."""
    content = csv(*rows).encode("utf-8-sig")
    return import_file(
        layout=saved(layout or bank()), name="sao-ke.csv", content=content, user=by, moment=clock.now()
    )


def remittance(carrier: Carrier, *rows: Sequence[Any]) -> Import:
    """(tracking number, amount, fee) each, handed over today."""
    today = f"{clock.today():%d/%m/%Y}"
    told = [(today, tracking, f"{amount:,}", f"{fee:,}") for tracking, amount, fee in rows]
    content = csv(*told, headings=REMITTED).encode("utf-8-sig")
    layout = saved(carrier_layout(carrier))
    return import_file(layout=layout, name="thu-ho.csv", content=content, user=None, moment=clock.now())


def yesterday() -> date:
    return clock.today() - timedelta(days=1)
