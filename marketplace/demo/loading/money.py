"""What the demonstration's carrier and bank say of the money: a remittance with a few differences, a short statement.

They are files as staff would bring them, and are matched by the worker; a shop that has such files gets none.
"""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO

from marketplace import clock
from marketplace.order.models import Carrier
from marketplace.payment.models import Method, Payment
from marketplace.reconciliation.importing import import_file
from marketplace.reconciliation.models import FileLayout, Import

DAYS = 4  # after which the carrier hands over what it collected
LESS, KEPT, FORGOTTEN = 2, 5, 8  # of the parcels handed over, by their number
REMITTED = ("Ngày trả", "Mã vận đơn", "Tiền thu hộ", "Phí giữ lại")
STATED = ("Ngày hiệu lực", "Số tiền", "Nội dung", "Mã giao dịch")  # of the example layout
STATEMENT = "BIDV, sao kê CSV (mẫu)"


def load_money(*, today: date, carrier: Carrier | None) -> None:
    """Bring both files, as of `today`."""
    if carrier is None or Import.objects.exists():
        return
    remittance, _made = FileLayout.objects.get_or_create(
        name=f"{carrier.name}: bảng kê thu hộ",
        defaults={
            "kind": "carrier",
            "book": "giao-nhanh-mau",
            "carrier": carrier,
            "date_heading": REMITTED[0],
            "tracking_heading": REMITTED[1],
            "amount_heading": REMITTED[2],
            "fee_heading": REMITTED[3],
        },
    )
    _bring(remittance, "thu-ho.csv", [REMITTED, *_collected(today, carrier)])
    statement = FileLayout.objects.filter(name=STATEMENT).first()
    if statement:
        yesterday = f"{today - timedelta(days=1):%d/%m/%Y} 09:15:00"
        rows = [
            (yesterday, "-11.000", "PHI DICH VU SMS", "DEMO0001"),
            (yesterday, "250.000", "NGUYEN VAN A CHUYEN TIEN MUA CHE", "DEMO0002"),
        ]
        _bring(statement, "sao-ke.csv", [STATED, *rows])


def _collected(today: date, carrier: Carrier) -> Iterable[tuple[str, str, str, str]]:
    cash = Payment.objects.filter(method=Method.CASH, parcel__carrier=carrier).select_related("parcel")
    for number, payment in enumerate(cash.order_by("pk")):
        assert payment.parcel is not None
        day = payment.created_at.astimezone(clock.VIETNAM).date() + timedelta(days=DAYS)
        if day < today and number != FORGOTTEN:
            amount = int(payment.amount) - (10_000 if number == LESS else 0)
            fee = 5_500 if number == KEPT else 0
            yield f"{day:%d/%m/%Y}", payment.parcel.tracking_number, f"{amount:,}", f"{fee:,}"


def _bring(layout: FileLayout, name: str, rows: Iterable[tuple[str, ...]]) -> None:
    file = StringIO()
    csv.writer(file, delimiter=layout.delimiter).writerows(rows)
    content = file.getvalue().encode(layout.encoding)
    import_file(layout=layout, name=name, content=content, user=None, moment=clock.now())
