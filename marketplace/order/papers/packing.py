"""The producer's packing list: what goes into which parcel, to whom, and what is to be collected."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.look.figures import day, dong
from marketplace.order.cash import cash_by_parcel
from marketplace.order.models import Consignment, DeliveryState, Order, Parcel, ParcelState, PaymentState
from marketplace.shipping.models import Way

from .order import recipient_lines
from .sheet import Sheet

BOX = "[  ]"  # to be ticked by hand


def packing_list(*, consignment: Consignment, moment: datetime) -> bytes:
    """A PDF of one producer's part, parcel by parcel, in the active language. Cancelled parcels are left out."""
    order = consignment.order
    sheet = Sheet(title=_("Phiếu đóng gói %(number)s") % {"number": consignment.number}, moment=moment)
    facts = {
        "day": day(order.date_placed),
        "first": day(consignment.deliver_from),
        "last": day(consignment.deliver_to),
    }
    words = _("Đặt ngày %(day)s · hẹn giao %(first)s – %(last)s")
    if consignment.way == Way.PICKUP:
        words = _("Đặt ngày %(day)s · người mua đến nhận %(first)s – %(last)s")
    sheet.muted(words % facts)
    sheet.words(consignment.partner.name, bold=True)
    if consignment.delivery_state == DeliveryState.CANCELLED:
        sheet.words(_("Phần này đã hủy: không có gì để đóng gói."), bold=True)
        return sheet.content()
    fetches = consignment.way == Way.PICKUP
    sheet.head(_("Người đến nhận") if fetches else _("Người nhận"))
    sheet.words("\n".join(recipient_lines(order, fetches=fetches)))
    if consignment.has_alcohol:
        sheet.words(
            _("Có đồ uống có cồn: kiểm tra tuổi người nhận, chỉ giao cho người từ đủ 18 tuổi."), bold=True
        )
    for label, text in _words(consignment):
        sheet.head(label)
        sheet.words(text)
    cash = cash_by_parcel(consignment) if order.payment_state == PaymentState.CASH_DUE else {}
    for parcel in consignment.parcels.exclude(state=ParcelState.CANCELLED).prefetch_related("items__line"):
        _parcel(sheet, parcel, cash.get(parcel.pk))
    return sheet.content()


def _words(consignment: Consignment) -> list[tuple[str, str]]:
    order = consignment.order
    said = [
        (_("Lời nhắn của người mua"), "\n".join(text for text in (order.note, consignment.note) if text)),
        (_("Lời chúc kèm quà"), consignment.gift_message),
        (_("Yêu cầu hóa đơn"), _invoice(order)),
    ]
    return [(label, text) for label, text in said if text]


def _invoice(order: Order) -> str:
    asked = getattr(order, "invoice_request", None)
    if asked is None:
        return ""
    code = _("Mã số thuế %(code)s") % {"code": asked.tax_code}
    return f"{asked.company}\n{code}\n{asked.address}\n{asked.email}"


def _parcel(sheet: Sheet, parcel: Parcel, cash: Decimal | None) -> None:
    sheet.head(_("Kiện %(number)s") % {"number": parcel.number})
    rows = [
        (BOX, item.line.title, item.line.size, item.line.upc or "", str(item.quantity))
        for item in parcel.items.all()
    ]
    head = ("", _("Sản phẩm"), _("Quy cách"), _("Mã hàng"), _("Số lượng"))
    sheet.rows(head, rows, widths=(7, 45, 20, 16, 12), right=(4,))
    if cash is not None:
        sheet.words(_("Thu khi giao: %(amount)s") % {"amount": dong(cash)}, bold=True)
