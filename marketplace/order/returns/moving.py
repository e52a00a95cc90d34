"""Moves a request on: the producer's answer, the shop's decision, what becomes of the goods, and its ends.

Every move, in one transaction:

1. The order's row is locked, so that changes of one order come one after another.
2. The request is written where it still is in the state it was read in, and may go where it shall: one row changed,
   or nothing happens and the text says what was there before.
3. A promise adds the amount to the consignment's refunds, never beyond what is owed for it; a broken one takes it off.
4. The change is recorded: who, in which part, for whom, when, why. What staff do is in the audit trail too.
5. Buyer and producer are told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from marketplace.audit.models import record
from marketplace.order.locking import lock_order
from marketplace.order.models import Consignment, ReturnChange, ReturnItem, ReturnRequest, Role
from marketplace.order.parcels import By
from marketplace.order.signals import return_closed
from marketplace.partner import stock

from .asking import CannotReturn
from .messages import tell
from .rules import RULES, Reason, escalation_due
from .states import ENDS, NEXT, PROMISED, ReturnState


@transaction.atomic
def answer_return(
    *, request_id: int, accepted: bool, reasons: str, goods_kept: bool, by: By, moment: datetime
) -> ReturnChange:
    """The producer's answer, by the producer or by staff for it. `goods_kept`: the buyer need not send them back.

    Raises CannotReturn without reasons, when it is too late, or when somebody was faster.
    """
    request = _locked(request_id)
    if by.role != Role.PRODUCER and by.acting_for != request.consignment.partner:
        raise CannotReturn(_("Chỉ nhà sản xuất của món hàng trả lời yêu cầu này."))
    to = ReturnState.ACCEPTED if accepted else ReturnState.DECLINED
    return _move(
        request, to, by, moment, _given(reasons), **_agreement(request, accepted, goods_kept, moment)
    )


@transaction.atomic
def escalate_return(*, request_id: int, by: By, moment: datetime, note: str = "") -> ReturnChange:
    """Let the shop decide: for some days after the producer declined, or when the producer's own are over.

    Raises CannotReturn.
    """
    request = _locked(request_id)
    if request.state == ReturnState.REQUESTED and request.due_at and moment < request.due_at:
        raise CannotReturn(_("Nhà sản xuất vẫn còn hạn để trả lời yêu cầu này."))
    if request.state == ReturnState.DECLINED and request.due_at and moment >= request.due_at:
        raise CannotReturn(_("Hạn nhờ Chợ xem xét đã hết."))
    return _move(request, ReturnState.ESCALATED, by, moment, note)


@transaction.atomic
def decide_return(
    *, request_id: int, granted: bool, reasons: str, goods_kept: bool, by: By, moment: datetime
) -> ReturnChange:
    """The shop's decision, which stands. Raises CannotReturn without reasons, or when it was decided already."""
    request = _locked(request_id)
    to = ReturnState.GRANTED if granted else ReturnState.REFUSED
    return _move(request, to, by, moment, _given(reasons), **_agreement(request, granted, goods_kept, None))


@transaction.atomic
def withdraw_return(*, request_id: int, by: By, moment: datetime, note: str = "") -> ReturnChange:
    """The buyer thinks better of it, before it is agreed or decided. Raises CannotReturn."""
    return _move(_locked(request_id), ReturnState.WITHDRAWN, by, moment, note)


@transaction.atomic
def receive_goods(
    *, request_id: int, fit: Mapping[int, int], by: By, moment: datetime, note: str = ""
) -> ReturnChange:
    """The goods are back. `fit`: line's key → pieces that can be sold again; the rest goes to nobody's stock.

    Raises CannotReturn for more pieces than were returned, and when no goods are awaited.
    """
    request = _locked(request_id)
    items = {item.line_id: item for item in request.items.select_related("line")}
    for key, pieces in fit.items():
        if key not in items or not 0 <= pieces <= items[key].quantity:
            raise CannotReturn(_("Số bán lại được phải từ 0 đến số đã trả."))
    change = _move(request, ReturnState.RECEIVED, by, moment, note, goods_kept=False)
    _restock(items, fit)
    return change


@transaction.atomic
def close_return(*, request_id: int, by: By, moment: datetime, note: str = "") -> ReturnChange:
    """Nothing more is awaited. Goods that did not come back until now stay with the buyer. Raises CannotReturn."""
    request = _locked(request_id)
    received = request.state == ReturnState.RECEIVED
    return _move(request, ReturnState.CLOSED, by, moment, note, goods_kept=not received)


@transaction.atomic
def lapse_return(*, request_id: int, by: By, moment: datetime, note: str) -> ReturnChange:
    """It ends without anything given back: nobody asked the shop in time, or the goods never came. Raises CannotReturn."""
    request = _locked(request_id)
    if request.state == ReturnState.DECLINED and request.due_at and moment < request.due_at:
        raise CannotReturn(_("Người mua vẫn còn hạn để nhờ Chợ xem xét yêu cầu này."))
    return _move(request, ReturnState.LAPSED, by, moment, _given(note))


def _locked(request_id: int) -> ReturnRequest:
    lock_order(consignments__returns=request_id)
    wanted = ReturnRequest.objects.select_related("consignment__order", "consignment__partner")
    found: ReturnRequest | None = wanted.filter(pk=request_id).first()
    if found is None:
        raise CannotReturn(_("Không tìm thấy yêu cầu này."))
    return found


def _given(reasons: str) -> str:
    if not reasons.strip():
        raise CannotReturn(_("Bạn cần ghi rõ lý do, người mua sẽ đọc lời này."))
    return reasons.strip()


def _agreement(
    request: ReturnRequest, agreed: bool, goods_kept: bool, declined_at: datetime | None
) -> dict[str, Any]:
    if agreed:
        return {"goods_kept": goods_kept or not RULES[Reason(request.reason)].comes_back}
    return {"due_at": escalation_due(declined_at)} if declined_at else {}


def _move(
    request: ReturnRequest, to: ReturnState, by: By, moment: datetime, note: str, **written: Any
) -> ReturnChange:
    before = ReturnState(request.state)
    _check(request, to)
    fresh = {"state": to, "state_since": moment, "due_at": None} | written
    if not ReturnRequest.objects.filter(pk=request.pk, state=before).update(**fresh):
        raise CannotReturn(_("Yêu cầu vừa được người khác xử lý. Bạn tải lại trang rồi xem lại nhé."))
    _promise(request, before, to)
    if to in ENDS:
        ReturnItem.objects.filter(request=request).update(is_open=False)
    return _record(request, before, to, by, moment, note)


def _check(request: ReturnRequest, to: ReturnState) -> None:
    state = ReturnState(request.state)
    if to not in NEXT[state]:
        facts = {"number": request.number, "state": state.label, "to": to.label}
        raise CannotReturn(
            _("Yêu cầu %(number)s đang là “%(state)s”, không chuyển sang “%(to)s” được nữa.") % facts
        )
    if to == ReturnState.RECEIVED and request.goods_kept:
        raise CannotReturn(_("Đã thống nhất là người mua giữ hàng, nên không có hàng nào gửi lại."))


def _promise(request: ReturnRequest, before: ReturnState, to: ReturnState) -> None:
    """What is promised for a consignment, all requests together, never exceeds what is owed for it."""
    consignment = Consignment.objects.filter(pk=request.consignment_id)
    if to in PROMISED and before not in PROMISED:
        within = consignment.filter(
            refund_total__lte=F("total") - F("cancelled_total") - request.refund_amount
        )
        if not within.update(refund_total=F("refund_total") + request.refund_amount):
            raise CannotReturn(_("Số tiền trả lại sẽ vượt quá số người mua phải trả cho phần đơn này."))
    elif before in PROMISED and to not in PROMISED:
        consignment.update(refund_total=F("refund_total") - request.refund_amount)


def _restock(items: Mapping[int, ReturnItem], fit: Mapping[int, int]) -> None:
    quantities: dict[int, int] = {}
    for key, pieces in fit.items():
        if not pieces:
            continue
        ReturnItem.objects.filter(pk=items[key].pk).update(restocked=pieces)
        record_id = getattr(items[key].line, "stockrecord_id", None)
        if record_id:
            quantities[record_id] = quantities.get(record_id, 0) + pieces
    stock.restock(quantities=quantities)


def _record(
    request: ReturnRequest, before: ReturnState, to: ReturnState, by: By, moment: datetime, note: str
) -> ReturnChange:
    if by.role == Role.STAFF:
        after = {"state": to.value} | ({"for": by.acting_for.name} if by.acting_for else {})
        record(
            action=f"return.{to.value}",
            target=request,
            actor=by.user,
            before={"state": before.value},
            after=after,
        )
    change = ReturnChange.objects.create(
        request=request,
        before=before,
        after=to,
        at=moment,
        role=by.role,
        actor=by.user,
        acting_for=by.acting_for,
        note=note,
    )
    if to == ReturnState.CLOSED:
        return_closed.send(sender=ReturnChange, change=change)
    tell(change)
    return change
