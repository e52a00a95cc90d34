"""What buyers and producers are told about returns, and when."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.communication.outbox import post
from marketplace.order.messages import order_facts, tell_buyer
from marketplace.order.models import ReturnChange

from .rules import RULES, Reason
from .states import ReturnState

FOR_PRODUCER = "return_for_producer"
BUYER_HEARS = {
    ReturnState.REQUESTED: "return_requested",
    ReturnState.ACCEPTED: "return_answered",
    ReturnState.DECLINED: "return_answered",
    ReturnState.ESCALATED: "return_escalated",
    ReturnState.GRANTED: "return_decided",
    ReturnState.REFUSED: "return_decided",
    ReturnState.RECEIVED: "return_received",
    ReturnState.CLOSED: "return_closed",
    ReturnState.LAPSED: "return_closed",
}
PRODUCER_HEARS = frozenset(
    {
        ReturnState.REQUESTED,
        ReturnState.ESCALATED,
        ReturnState.GRANTED,
        ReturnState.REFUSED,
        ReturnState.WITHDRAWN,
    }
)


def tell(change: ReturnChange) -> None:
    """The buyer hears of every step but withdrawing; the producer of what is asked, and what the shop does with it."""
    state, part = ReturnState(change.after), change.request.consignment
    kind, data = BUYER_HEARS.get(state), {"change": change.pk}
    if kind:
        tell_buyer(part.order, kind=kind, key=f"{kind}:{change.request_id}", data=data)
    if state in PRODUCER_HEARS:
        to = part.partner.producer.email
        post(kind=FOR_PRODUCER, key=f"{FOR_PRODUCER}:{change.pk}", data=data, to=to, language="vi")


def _facts(data: Mapping[str, Any]) -> Context | None:
    rows = ReturnChange.objects.select_related(
        "request__consignment__order__shipping_address", "request__consignment__partner"
    )
    change = rows.filter(pk=data["change"]).first()
    if change is None:
        return None
    request = change.request
    part = request.consignment
    return order_facts(part.order) | {
        "number": request.number,
        "link": request.get_absolute_url(),
        "maker": part.partner.name,
        "contents": list(request.items.values_list("line__title", "quantity")),
        "reason": request.get_reason_display(),
        "text": request.text,
        "state": change.after,
        "note": change.note,
        "due": request.last_day,
        "amount": request.refund_amount,
        "kept": request.goods_kept,
        "fault": RULES[Reason(request.reason)].fault,
    }


def _for_producer(data: Mapping[str, Any]) -> Context | None:
    """Goods and words, without who the buyer is; the order's link would tell."""
    facts = _facts(data)
    return _without_buyer(facts) if facts else None


def _without_buyer(facts: Context) -> Context:
    return {key: fact for key, fact in facts.items() if key not in ("name", "link")}


def _sample_of(state: ReturnState) -> Context:
    return {
        "number": "OC261124-7K3QX-1-T1",
        "name": "Nguyễn Thị Hoài Thương",
        "link": reverse("order:return", kwargs={"token": "mau", "number": "OC261124-7K3QX-1-T1"}),
        "maker": "Hợp tác xã chế biến chè Phìn Hồ",
        "contents": [("Chè Shan tuyết Phìn Hồ", 2)],
        "reason": Reason.DAMAGED.label,
        "text": "Hộp bị móp, chè vương ra ngoài.",
        "state": state,
        "note": "Ảnh cho thấy hộp vỡ lúc giao.",
        "due": date(2026, 11, 30),
        "amount": Decimal(404_000),
        "kept": False,
        "fault": True,
    }


KINDS = (
    ("return_requested", _("Đã nhận yêu cầu trả hàng"), ReturnState.REQUESTED),
    ("return_answered", _("Nhà sản xuất trả lời yêu cầu trả hàng"), ReturnState.ACCEPTED),
    ("return_escalated", _("Chợ xem xét yêu cầu trả hàng"), ReturnState.ESCALATED),
    ("return_decided", _("Chợ quyết định về yêu cầu trả hàng"), ReturnState.GRANTED),
    ("return_received", _("Đã nhận lại hàng trả"), ReturnState.RECEIVED),
    ("return_closed", _("Yêu cầu trả hàng kết thúc"), ReturnState.CLOSED),
)
for _name, _title, _state in KINDS:
    register(Kind(name=_name, title=_title, context=_facts, sample=partial(_sample_of, _state)))
register(
    Kind(
        name=FOR_PRODUCER,
        title=_("Báo nhà sản xuất về yêu cầu trả hàng"),
        context=_for_producer,
        sample=lambda: _without_buyer(_sample_of(ReturnState.REQUESTED)),
    )
)
