"""What buyers and producers are told about orders, and when.

The functions `tell_…` write messages in the transaction of what happened; the kinds find its rows again when a
message is sent.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.communication.outbox import post
from marketplace.shipping.models import Way

from .models import Consignment, Order, Parcel, ParcelChange, ParcelState, PaymentState, Role
from .states import AT_PRODUCER

PLACED = "order_placed"
FOR_PRODUCER = "order_for_producer"
CANCELLED = "consignment_cancelled"
CANCELLED_FOR_PRODUCER = "cancelled_for_producer"
MOVED = {
    ParcelState.CONFIRMED: "parcel_confirmed",
    ParcelState.HANDED_OVER: "parcel_handed_over",
    ParcelState.DELIVERED: "parcel_delivered",
    ParcelState.RETURNED: "parcel_returned",
    ParcelState.LOST: "parcel_lost",
    ParcelState.CANCELLED: "parcel_cancelled",
}
UNPAID = (PaymentState.AWAITING_PAYMENT, PaymentState.CASH_DUE)
#: What the buyer fetches is ready once it is packed, and under way to nobody.
FETCHED = MOVED | {ParcelState.PACKED: "parcel_ready"}
del FETCHED[ParcelState.HANDED_OVER]


def tell_placed(order: Order) -> None:
    """The buyer gets the order as it was placed; each producer hears what to prepare, once it is paid or to be paid
    at the door."""
    tell_buyer(order, kind=PLACED, key=f"{PLACED}:{order.pk}", data={"order": order.pk})
    if order.payment_state != PaymentState.AWAITING_PAYMENT:
        tell_producers(order)


def tell_producers(order: Order) -> None:
    """Each producer hears what to prepare."""
    for part in order.consignments.select_related("partner__producer"):
        maker = part.partner.producer
        key = f"{FOR_PRODUCER}:{part.pk}"
        post(kind=FOR_PRODUCER, key=key, data={"consignment": part.pk}, to=maker.email, language="vi")


def tell_moved(change: ParcelChange) -> None:
    """The buyer hears of each step but packing; of what is fetched, that it lies ready instead of that it is under way.

    A consignment that is cancelled whole is told once, to its producer too, who was told to prepare it.
    """
    kinds = FETCHED if change.parcel.consignment.way == Way.PICKUP else MOVED
    kind = kinds.get(ParcelState(change.after))
    if kind is None or change.before == change.after:
        return
    order = change.parcel.consignment.order
    tell_buyer(order, kind=kind, key=f"{kind}:{change.parcel_id}", data={"parcel": change.parcel_id})
    if change.after == ParcelState.CANCELLED and _is_cancelled(change.parcel.consignment):
        part = change.parcel.consignment
        data = {"consignment": part.pk}
        tell_buyer(order, kind=CANCELLED, key=f"{CANCELLED}:{part.pk}", data=data)
        if order.payment_state == PaymentState.AWAITING_PAYMENT:
            return  # its producer has not heard of it
        key, to = f"{CANCELLED_FOR_PRODUCER}:{part.pk}", part.partner.producer.email
        post(kind=CANCELLED_FOR_PRODUCER, key=key, data=data, to=to, language="vi")


def tell_buyer(order: Order, *, kind: str, key: str, data: Mapping[str, Any]) -> None:
    """By mail, and on the pages of the account."""
    post(kind=kind, key=key, data=data, to=order.email, user_id=order.user_id, language=order.language)


def _is_cancelled(part: Consignment) -> bool:
    return not Parcel.objects.filter(consignment=part).exclude(state=ParcelState.CANCELLED).exists()


def order_facts(order: Order) -> Context:
    """What every message about an order names."""
    return {
        "number": order.number,
        "name": order.shipping_address.first_name if order.shipping_address else "",
        "link": reverse("order:detail", kwargs={"token": order.token}),
    }


def _placed(data: Mapping[str, Any]) -> Context | None:
    order = Order.objects.select_related("shipping_address").filter(pk=data["order"]).first()
    if order is None:
        return None
    parts = order.consignments.select_related("partner").prefetch_related("lines")
    return order_facts(order) | {
        "parts": [_part(part) for part in parts],
        "goods": order.goods_total,
        "shipping": order.shipping_incl_tax,
        "total": order.total_incl_tax,
        "payment_state": order.payment_state,
    }


def _part(part: Consignment) -> dict[str, Any]:
    return {
        "maker": part.partner.name,
        "number": part.number,
        "lines": [
            (line.title, line.size, line.quantity, line.line_price_incl_tax) for line in part.lines.all()
        ],
        "shipping": part.shipping_charge,
        "total": part.total,
        "first": part.deliver_from,
        "last": part.deliver_to,
        "place": part.pickup_address,
    }


def _for_producer(data: Mapping[str, Any]) -> Context | None:
    """Goods, the buyer's words, and for whom to write an invoice; who gets the goods is on the packing list."""
    rows = Consignment.objects.select_related("partner", "order__invoice_request")
    part = rows.filter(pk=data["consignment"]).first()
    if part is None or not any(parcel.state in AT_PRODUCER for parcel in part.parcels.all()):
        return None
    return {
        "part": _part(part),
        "note": part.note,
        "gift_message": part.gift_message,
        "invoice": getattr(part.order, "invoice_request", None),
    }


def _moved(data: Mapping[str, Any]) -> Context | None:
    rows = Parcel.objects.select_related(
        "consignment__order__shipping_address", "consignment__partner", "carrier"
    )
    parcel = rows.filter(pk=data["parcel"]).first()
    if parcel is None or (parcel.state == ParcelState.CANCELLED and _is_cancelled(parcel.consignment)):
        return None  # a part that is cancelled whole has a message of its own
    part = parcel.consignment
    return order_facts(part.order) | {
        "maker": part.partner.name,
        "contents": [(item.line.title, item.quantity) for item in parcel.items.select_related("line")],
        "carrier": parcel.carrier.name if parcel.carrier else "",
        "tracking_number": parcel.tracking_number,
        "first": part.deliver_from,
        "last": part.deliver_to,
        "place": part.pickup_address,
        "hours": part.pickup_hours,
        "to_pay": _to_pay(part.order),
        "payment_state": part.order.payment_state,
    }


def _to_pay(order: Order) -> Decimal | None:
    """What the whole order costs, while nothing of it was paid; None from then on, when only the order's page knows what
    came, what went back and what was granted."""
    parcels = Parcel.objects.filter(consignment__order=order)
    if order.payment_state not in UNPAID or parcels.filter(state=ParcelState.DELIVERED).exists():
        return None
    return order.owed


def _cancelled(data: Mapping[str, Any]) -> Context | None:
    rows = Consignment.objects.select_related("order__shipping_address", "partner")
    part = rows.filter(pk=data["consignment"]).first()
    if part is None:
        return None
    return order_facts(part.order) | {
        "maker": part.partner.name,
        "cancelled": part.cancelled_total,
        "owed": part.order.owed,
        "to_pay": _to_pay(part.order),
        "payment_state": part.order.payment_state,
    }


def _cancelled_for_producer(data: Mapping[str, Any]) -> Context | None:
    """What need not be prepared, and what the buyer wrote to the producer; staff's reasons are for the record."""
    part = Consignment.objects.select_related("partner").filter(pk=data["consignment"]).first()
    if part is None:
        return None
    said = ParcelChange.objects.filter(
        parcel__consignment=part, after=ParcelState.CANCELLED, role=Role.BUYER
    ).exclude(note="")
    return {
        "maker": part.partner.name,
        "number": part.number,
        "contents": list(part.lines.order_by("pk").values_list("title", "quantity")),
        "reason": said.order_by("-at", "-pk").values_list("note", flat=True).first() or "",
    }


def _sample_order() -> Context:
    lines = [("Chè Shan tuyết Phìn Hồ", "hộp 200 g", 2, Decimal(370_000))]
    part = {
        "maker": "Hợp tác xã chế biến chè Phìn Hồ",
        "number": "OC261124-7K3QX-1",
        "lines": lines,
        "shipping": Decimal(34_000),
        "total": Decimal(404_000),
        "first": date(2026, 11, 27),
        "last": date(2026, 11, 30),
    }
    return {
        "number": "OC261124-7K3QX",
        "name": "Nguyễn Thị Hoài Thương",
        "link": reverse("order:detail", kwargs={"token": "mau"}),
        "parts": [part],
        "part": part,
        "note": "Giao giờ hành chính giúp mình.",
        "gift_message": "Chúc ông bà năm mới mạnh khỏe.",
        "invoice": {
            "company": "Công ty TNHH Thương mại Sao Khuê",
            "tax_code": "0101243150",
            "address": "Số 5 phố Huế, phường Hai Bà Trưng, Hà Nội",
            "email": "ketoan@saokhue.example",
        },
        "goods": Decimal(370_000),
        "shipping": Decimal(34_000),
        "total": Decimal(404_000),
        "cancelled": Decimal(404_000),
        "owed": Decimal(0),
        "to_pay": None,
        "payment_state": "cash_due",
        "maker": part["maker"],
        "contents": [("Chè Shan tuyết Phìn Hồ", 2)],
        "carrier": "Bưu điện Việt Nam",
        "tracking_number": "EM123456789VN",
        "first": part["first"],
        "last": part["last"],
    }


def _sample_for_producer() -> Context:
    sample = _sample_order()
    return {name: sample[name] for name in ("part", "note")}


def _sample_cancelled_for_producer() -> Context:
    sample = _sample_order()
    names = ("maker", "contents")
    return {name: sample[name] for name in names} | {
        "number": sample["part"]["number"],
        "reason": "Đặt nhầm số lượng.",
    }


def _sample_ready() -> Context:
    return _sample_order() | {
        "place": "Xưởng chè Phìn Hồ, xã Thông Nguyên",
        "hours": "thứ hai đến thứ bảy, 8–17 giờ",
    }


TITLES = {
    PLACED: (_("Đã nhận đơn hàng"), _placed),
    FOR_PRODUCER: (_("Báo nhà sản xuất có đơn mới"), _for_producer),
    CANCELLED: (_("Phần hàng của một nhà sản xuất đã hủy"), _cancelled),
    CANCELLED_FOR_PRODUCER: (_("Báo nhà sản xuất phần hàng đã hủy"), _cancelled_for_producer),
    "parcel_confirmed": (_("Nhà sản xuất đã xác nhận"), _moved),
    "parcel_ready": (_("Hàng đã sẵn tại nơi bán"), _moved),
    "parcel_handed_over": (_("Kiện hàng đang được giao"), _moved),
    "parcel_delivered": (_("Kiện hàng đã giao"), _moved),
    "parcel_returned": (_("Kiện hàng đã hoàn về"), _moved),
    "parcel_lost": (_("Kiện hàng thất lạc"), _moved),
    "parcel_cancelled": (_("Một kiện hàng đã hủy"), _moved),
}
SAMPLES = {
    "parcel_ready": _sample_ready,
    FOR_PRODUCER: _sample_for_producer,
    CANCELLED_FOR_PRODUCER: _sample_cancelled_for_producer,
}
for _name, (_title, _context) in TITLES.items():
    register(Kind(name=_name, title=_title, context=_context, sample=SAMPLES.get(_name, _sample_order)))
