"""The buyer's copy of an order: what was agreed, for reading and keeping (Law 19/2023/QH15, arts. 37–38)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.look.figures import day, dong
from marketplace.order.models import Consignment, Order
from marketplace.order.signals import paper_asks_for_money
from marketplace.order.states import ENDS_BADLY
from marketplace.shipping.models import Way

from .sheet import Sheet


def order_paper(*, order: Order, moment: datetime, shows_person: bool) -> bytes:
    """A PDF of the whole order in the active language; without the recipient where `shows_person` is False."""
    sheet = Sheet(title=_("Đơn hàng %(number)s") % {"number": order.number}, moment=moment)
    label, flow = _flow(order)
    facts = {"day": day(order.date_placed), "state": label}
    sheet.muted(_("Đặt ngày %(day)s · %(state)s") % facts)
    if shows_person:
        sheet.head(_("Người nhận"))
        sheet.words("\n".join(recipient_lines(order)))
    parts = list(order.consignments.select_related("partner__producer").prefetch_related("lines", "parcels"))
    for part in parts:
        _part(sheet, part)
    sheet.head(_("Tổng đơn hàng"))
    sums = [(_("Tiền hàng"), dong(order.goods_total)), (_("Giao hàng"), dong(order.shipping_incl_tax))]
    cancelled = sum(part.cancelled_total for part in parts)
    if cancelled:
        sums += [(_("Tổng khi đặt"), dong(order.total_incl_tax)), (_("Không giao"), f"−{dong(cancelled)}")]
    sheet.sums(sums, total=(_("Tổng cộng"), dong(order.total_incl_tax - cancelled)))
    if flow:
        sheet.ln(2)
        sheet.sums(flow)
    sheet.ln(3)
    sheet.muted(
        _("Giá đã gồm thuế. Giấy này không phải hóa đơn; hóa đơn do từng nhà sản xuất xuất khi bạn yêu cầu.")
    )
    return sheet.content()


def _flow(order: Order) -> tuple[str, list[tuple[str, str]]]:
    """What the order's money is called, and rows of what came and went back: payments know it."""
    for _receiver, told in paper_asks_for_money.send(sender=Order, order=order):
        answer: Any = told
        return str(answer[0]), list(answer[1])
    return str(order.get_payment_state_display()), []


def recipient_lines(order: Order, *, fetches: bool = False) -> list[str]:
    """Name, telephone and, unless the buyer fetches the goods, place, a line each."""
    address = order.shipping_address
    phone = getattr(address.phone_number, "as_national", "") or ("" if order.is_forgotten else order.phone)
    street = ", ".join(part for part in (address.line1, address.place) if part)
    former = f"({address.former_address})" if address.former_address else ""
    where = () if fetches else (street, former)
    return [line for line in (address.first_name, phone, *where) if line]


def _part(sheet: Sheet, part: Consignment) -> None:
    sheet.head(part.partner.name)
    facts = {"number": part.number, "first": day(part.deliver_from), "last": day(part.deliver_to)}
    words = _("Phần %(number)s · dự kiến giao %(first)s – %(last)s")
    if str(part.delivery_state) in ENDS_BADLY:
        words, facts["state"] = "%(number)s · %(state)s", str(part.delivery_state.label)
    elif part.way == Way.PICKUP:
        words = _("Phần %(number)s · nhận tại %(place)s, %(first)s – %(last)s")
    sheet.muted(words % (facts | {"place": part.pickup_address}))
    rows = [
        (line.title, line.size, str(line.quantity), dong(line.line_price_incl_tax))
        for line in part.lines.all()
    ]
    head = (_("Sản phẩm"), _("Quy cách"), _("Số lượng"), _("Thành tiền"))
    sheet.rows(head, rows, widths=(46, 22, 12, 20), right=(2, 3))
    shipping = dong(part.shipping_charge) if part.shipping_charge else _("Miễn phí")
    sheet.sums([(_("Phí giao"), shipping)], total=(_("Phần này"), dong(part.total)))
