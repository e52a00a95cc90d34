"""The list of orders as a spreadsheet: what is in it, what is not, and that it was taken."""

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from cms.desk.orders import export
from marketplace.audit.models import Entry
from marketplace.order.models import Carrier, Order, ParcelState
from marketplace.order.parcels import Tracking
from tests import factories
from tests.order.copies import copies
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None) -> Order:
    return place((factories.product(by=factories.producer("HTX Phìn Hồ"), price=100_000), 2))


def taken(client: Any, kind: str, query: str = "") -> bytes:
    answer = client.get(f"{reverse('desk_orders')}?export={kind}{query}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    return b"".join(answer.streaming_content)


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def sheet(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_a_csv_has_headings_sums_states_and_producers(coordinator: Any, order: Order) -> None:
    content = taken(coordinator, "csv")
    assert content.startswith("\ufeff".encode())
    headings, row = table(content)
    told = dict(zip(headings, row, strict=True))
    assert told["Số đơn"] == order.number
    assert told["Phải trả (đồng)"] == str(int(order.owed))
    assert (told["Giao hàng"], told["Nhà sản xuất"]) == ("Đã nhận đơn", "HTX Phìn Hồ")
    assert told["Tỉnh, thành phố nhận"] == "Hà Nội"


def test_an_excel_sheet_has_numbers_and_moments_of_vietnam(coordinator: Any, order: Order) -> None:
    headings, row = sheet(taken(coordinator, "xlsx"))
    told = dict(zip(headings, row, strict=True))
    assert told["Tổng lúc đặt (đồng)"] == int(order.total_incl_tax)
    assert isinstance(told["Ngày đặt"], datetime)
    assert told["Ngày đặt"].hour == (order.date_placed.hour + 7) % 24


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nobody_is_named_in_it(coordinator: Any, order: Order, kind: str) -> None:
    Order.objects.update(guest_email="thuong@example.vn", note="Cổng màu xanh")
    content = taken(coordinator, kind)
    text = content.decode() if kind == "csv" else str(sheet(content))
    for private in ("Thương", "912345678", "912 345", "thuong@", "Số 12", "Cổng", order.token):
        assert private not in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1+1", '=HYPERLINK("x")'])
def test_a_text_that_could_be_a_formula_is_made_harmless(coordinator: Any, order: Order, text: str) -> None:
    carrier = Carrier.objects.create(name="\u200bGHN")
    partner = order.consignments.get().partner
    type(partner).objects.filter(pk=partner.pk).update(name=text)
    move(
        bring(parcel_of(order), ParcelState.PACKED), ParcelState.HANDED_OVER, tracking=Tracking(carrier, "=2")
    )
    cells = table(taken(coordinator, "csv"))[1]
    assert f"'{text}" in cells
    rows = load_workbook(BytesIO(taken(coordinator, "xlsx"))).worksheets[0].iter_rows()
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}


def test_letters_that_no_file_can_hold_are_left_out(coordinator: Any, order: Order) -> None:
    partner = order.consignments.get().partner
    type(partner).objects.filter(pk=partner.pk).update(name="HTX\x0b\x1f Mới")
    assert "HTX Mới" in sheet(taken(coordinator, "xlsx"))[1]


def test_what_is_narrowed_is_narrowed_in_the_file(coordinator: Any, order: Order) -> None:
    other = place((factories.product(), 1), to="Tuyên Quang")
    bring(parcel_of(other), ParcelState.DELIVERED)
    assert [row[0] for row in table(taken(coordinator, "csv", "&delivery=delivered"))[1:]] == [other.number]
    assert [row[0] for row in table(taken(coordinator, "csv", f"&q={order.number}"))[1:]] == [order.number]


def test_taking_it_is_recorded_without_what_was_searched_for(coordinator: Any, order: Order) -> None:
    taken(coordinator, "csv", "&q=0912345678&payment_state=cash_due&payment_state=paid")
    entry = Entry.objects.get(action="orders_exported")
    assert entry.actor is not None and entry.object_id == str(entry.actor.pk)
    chosen = {"export": ["csv"], "payment_state": ["cash_due", "paid"]}
    assert entry.after == {"rows": 1, "chosen": chosen, "searched": True}


def test_english_staff_get_english_words_though_it_is_streamed(order: Order) -> None:
    with override("en"):
        streamed = export.rows(Order.objects.all())
    labels = list(streamed)[1]
    assert labels[2] != order.get_payment_state_display()


def test_a_long_list_is_read_some_at_a_time(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    copies(order, 24)
    monkeypatch.setattr(export, "AT_ONCE", 5)
    with CaptureQueriesContext(connection) as asked:
        table = export.rows(Order.objects.all())
        first = [next(table) for _ in range(3)]
        begun = len(asked)
        rest = list(table)
    assert len(first) + len(rest) == 26
    assert (len(asked) - begun) / begun >= 3  # most was asked for after the first rows had left
