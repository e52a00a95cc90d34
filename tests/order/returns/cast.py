"""A buyer whose parcel arrived, and what is asked, answered and decided about it."""

from typing import Any

from marketplace import clock
from marketplace.order.models import (
    Consignment,
    Order,
    ParcelState,
    Reason,
    ReturnChange,
    ReturnRequest,
    Role,
)
from marketplace.order.parcels import By
from marketplace.order.returns import moving
from marketplace.order.returns.asking import Asked, request_return
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.order.placing import place

BUYER = By(Role.BUYER)
STAFF = By(Role.STAFF)
PRICE = 100_000


def delivered(pieces: int = 3, **product: Any) -> Order:
    """One producer, one line, arrived."""
    order = place((factories.product(**{"price": PRICE, "stock": 20} | product), pieces))
    bring(parcel_of(order), ParcelState.DELIVERED)
    return order


def part_of(order: Order) -> Consignment:
    return order.consignments.select_related("partner").get()


def ask(order: Order, *, key: str = "", **changes: Any) -> ReturnRequest:
    """Returns everything of its first line, as damaged; `pieces` of it."""
    part = part_of(order)
    line = part.lines.order_by("pk")[0]
    pieces = changes.pop("pieces", line.quantity)
    facts = {
        "reason": Reason.DAMAGED,
        "text": "Hộp bị móp, chè vương ra ngoài.",
        "quantities": {line.pk: pieces},
    }
    asked = Asked(key=key or f"khoa-{ReturnRequest.objects.count()}", **facts | changes)
    return request_return(consignment_id=part.pk, asked=asked, by=BUYER, moment=clock.now())


def producers(request: ReturnRequest) -> By:
    """Staff who answer for the producer."""
    return By(Role.STAFF, None, request.consignment.partner)


def answer(request: ReturnRequest, *, accepted: bool, **changes: Any) -> ReturnChange:
    facts = {"reasons": "Chúng tôi đã xem ảnh.", "goods_kept": False, "by": producers(request)} | changes
    return moving.answer_return(request_id=request.pk, accepted=accepted, moment=clock.now(), **facts)


def decide(request: ReturnRequest, *, granted: bool, **changes: Any) -> ReturnChange:
    facts = {"reasons": "Ảnh cho thấy hàng vỡ.", "goods_kept": False, "by": STAFF} | changes
    return moving.decide_return(request_id=request.pk, granted=granted, moment=clock.now(), **facts)


def escalate(request: ReturnRequest, by: By = BUYER, note: str = "") -> ReturnChange:
    return moving.escalate_return(request_id=request.pk, by=by, moment=clock.now(), note=note)


def withdraw(request: ReturnRequest) -> ReturnChange:
    return moving.withdraw_return(request_id=request.pk, by=BUYER, moment=clock.now())


def receive(request: ReturnRequest, fit: dict[int, int] | None = None) -> ReturnChange:
    return moving.receive_goods(request_id=request.pk, fit=fit or {}, by=STAFF, moment=clock.now())


def close(request: ReturnRequest) -> ReturnChange:
    return moving.close_return(request_id=request.pk, by=STAFF, moment=clock.now())


def lapse(request: ReturnRequest, by: By = STAFF) -> ReturnChange:
    return moving.lapse_return(
        request_id=request.pk, by=by, moment=clock.now(), note="Hàng không được gửi lại."
    )
