"""Moves parcels: the one way their state changes, whoever asks.

A move, in one transaction:

1. The order's row is locked, so that changes of one order come one after another.
2. The parcel is written where it still is in the state it was read in, and may go where it shall: one row changed,
   or nothing happens. No parcel leaves the state `new`, but by being cancelled, while its order awaits payment.
3. Stock follows: cancelling frees what was promised, handing over takes it out, goods that came back whole return.
4. The change is recorded: who, in which part, for whom, when.
5. What follows for consignment and order is written: what is owed no more, and the end of an order of which nothing
   is left. The buyer is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from marketplace.partner import stock

from .locking import lock_order
from .messages import UNPAID, tell_moved
from .models import Carrier, Consignment, Order, Parcel, ParcelChange, ParcelItem, PaymentState, Role
from .signals import parcel_moved
from .states import AT_PRODUCER, ENDS_BADLY, NEXT, ParcelState

SETTLED = (PaymentState.CASH_DUE, PaymentState.PAID)


@dataclass(frozen=True)
class By:
    """Who changes something: the part, the signed-in user if any, and the partner that staff act for."""

    role: Role
    user: Any = None
    acting_for: Any = None


SYSTEM = By(Role.SYSTEM)


@dataclass(frozen=True)
class Tracking:
    """Who carries a parcel, and under which number; the number may be empty."""

    carrier: Carrier
    number: str = ""


class CannotMove(ValueError):
    """The parcel cannot go there, or somebody else was faster; the text says why. Nothing was changed."""


@transaction.atomic
def move_parcel(
    *,
    parcel_id: int,
    to: ParcelState,
    by: By,
    moment: datetime,
    note: str = "",
    tracking: Tracking | None = None,
    goods_back: bool = False,
) -> ParcelChange:
    """Move a parcel on and record it. `goods_back` says of a returned parcel that its goods can be sold again.

    Raises CannotMove with nothing changed.
    """
    parcel = locked_parcel(parcel_id)
    before = ParcelState(parcel.state)
    _check(parcel, to)
    written: dict[str, Any] = {"state": to, "state_since": moment}
    if tracking:
        written |= {"carrier": tracking.carrier, "tracking_number": tracking.number}
    if not Parcel.objects.filter(pk=parcel.pk, state=before).update(**written):
        raise CannotMove(_("Kiện hàng vừa được người khác cập nhật. Bạn tải lại trang rồi xem lại nhé."))
    _move_stock(parcel, to, goods_back=goods_back)
    if to in ENDS_BADLY:
        _owe_less(parcel.consignment)
    return _record(parcel, before, to, by, moment, note)


@transaction.atomic
def split_parcel(
    *,
    parcel_id: int,
    quantities: Mapping[int, int],
    by: By,
    moment: datetime,
    note: str = "",
    seen: Mapping[int, int] | None = None,
) -> Parcel:
    """Put pieces (line's key → pieces) of a parcel into a new one in the same state, and return that.

    Raises CannotMove when the parcel has left, when it holds less than that, when nothing would remain, or when it
    holds something else than the asker has `seen` (line's key → pieces): the same click must not split twice.
    """
    parcel = locked_parcel(parcel_id)
    if parcel.state not in AT_PRODUCER:
        raise CannotMove(_("Chỉ tách được kiện chưa giao cho đơn vị vận chuyển."))
    items = {item.line_id: item for item in parcel.items.all()}
    asked = {key: number for key, number in quantities.items() if number}
    if seen is not None and dict(seen) != {key: item.quantity for key, item in items.items()}:
        raise CannotMove(_("Món trong kiện vừa thay đổi. Bạn xem lại rồi tách tiếp nếu cần nhé."))
    _check_split(items, asked)
    last = Parcel.objects.filter(consignment=parcel.consignment).aggregate(last=Max("number"))["last"]
    made = Parcel.objects.create(
        consignment=parcel.consignment, number=last + 1, state=parcel.state, state_since=parcel.state_since
    )
    for key, number in asked.items():
        _divide(items[key], number, made)
    _record(made, ParcelState(parcel.state), ParcelState(parcel.state), by, moment, note)
    return made


@transaction.atomic
def revive_parcel(*, parcel_id: int, moment: datetime, note: str) -> ParcelChange:
    """Take up a cancelled parcel again, as new, with its goods taken anew: the one way back (docs/adr/0015).

    Raises CannotMove when it is not cancelled, and stock.InsufficientStock.
    """
    parcel = locked_parcel(parcel_id)
    cancelled = Parcel.objects.filter(pk=parcel.pk, state=ParcelState.CANCELLED)
    if not cancelled.update(state=ParcelState.NEW, state_since=moment):
        raise CannotMove(_("Kiện hàng này không bị hủy."))
    stock.take_stock(quantities=pieces_of(parcel))
    _owe_less(parcel.consignment)
    return _record(parcel, ParcelState.CANCELLED, ParcelState.NEW, SYSTEM, moment, note)


def locked_parcel(parcel_id: int) -> Parcel:
    """The parcel as it is once its order's row is ours; raises CannotMove for one that is not there."""
    lock_order(consignments__parcels=parcel_id)
    found: Parcel | None = (
        Parcel.objects.select_related("consignment__order", "consignment__partner")
        .filter(pk=parcel_id)
        .first()
    )
    if found is None:
        raise CannotMove(_("Không tìm thấy kiện hàng này."))
    return found


def _check(parcel: Parcel, to: ParcelState) -> None:
    state = ParcelState(parcel.state)
    if to == state:
        raise CannotMove(
            _("Kiện %(number)s đã là “%(state)s” rồi.") % {"number": str(parcel), "state": state.label}
        )
    if to not in NEXT[state]:
        facts = {"number": str(parcel), "state": state.label, "to": to.label}
        raise CannotMove(_("Kiện %(number)s đang là “%(state)s”, không chuyển sang “%(to)s” được.") % facts)
    if to != ParcelState.CANCELLED and parcel.consignment.order.payment_state not in SETTLED:
        raise CannotMove(_("Đơn chưa thanh toán hoặc đã hủy, kiện hàng chưa được chuẩn bị."))


def _move_stock(parcel: Parcel, to: ParcelState, *, goods_back: bool) -> None:
    if to == ParcelState.CANCELLED:
        stock.give_back_stock(quantities=pieces_of(parcel))
    elif to == ParcelState.HANDED_OVER:
        stock.send_stock(quantities=pieces_of(parcel))
    elif to == ParcelState.RETURNED and goods_back:
        stock.restock(quantities=pieces_of(parcel))


def pieces_of(parcel: Parcel) -> dict[int, int]:
    """Stock record's key → pieces in the parcel; goods whose record is gone are left out."""
    rows = ParcelItem.objects.filter(parcel=parcel, line__stockrecord__isnull=False).order_by()
    summed = rows.values_list("line__stockrecord").annotate(number=Sum("quantity"))
    return dict(summed)


def _owe_less(consignment: Consignment) -> None:
    """What does not reach the buyer is not owed; when no parcel does, neither is their sending."""
    parcels = Parcel.objects.filter(consignment=consignment)
    if parcels.exclude(state__in=ENDS_BADLY).exists():
        kept_back = ParcelItem.objects.filter(parcel__consignment=consignment, parcel__state__in=ENDS_BADLY)
        total = kept_back.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    else:
        total = consignment.total
    Consignment.objects.filter(pk=consignment.pk).update(cancelled_total=total)
    order = consignment.order
    if not Parcel.objects.filter(consignment__order=order).exclude(state__in=ENDS_BADLY).exists():
        Order.objects.filter(pk=order.pk, payment_state__in=UNPAID).update(
            payment_state=PaymentState.CANCELLED
        )


def _check_split(items: Mapping[int, ParcelItem], asked: Mapping[int, int]) -> None:
    if not asked:
        raise CannotMove(_("Bạn chọn ít nhất một món để tách sang kiện mới."))
    for key, number in asked.items():
        held = items[key].quantity if key in items else 0
        if not 0 < number <= held:
            raise CannotMove(_("Kiện không có đủ số lượng muốn tách. Bạn tải lại trang rồi thử lại nhé."))
    if sum(asked.values()) == sum(item.quantity for item in items.values()):
        raise CannotMove(_("Kiện cũ cần còn lại ít nhất một món."))


def _divide(item: ParcelItem, number: int, into: Parcel) -> None:
    """The new parcel gets its share of the price rounded down; the đồng that do not divide stay."""
    amount = item.amount * number // item.quantity
    ParcelItem.objects.create(parcel=into, line_id=item.line_id, quantity=number, amount=amount)
    if number == item.quantity:
        item.delete()
        return
    item.quantity -= number
    item.amount -= amount
    item.save(update_fields=["quantity", "amount"])


def _record(
    parcel: Parcel, before: ParcelState, after: ParcelState, by: By, moment: datetime, note: str
) -> ParcelChange:
    change = ParcelChange.objects.create(
        parcel=parcel,
        before=before,
        after=after,
        at=moment,
        role=by.role,
        actor=by.user,
        acting_for=by.acting_for,
        note=note[:500],
    )
    parcel_moved.send(sender=Parcel, change=change)
    tell_moved(change)
    return change
