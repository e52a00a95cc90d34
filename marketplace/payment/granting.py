"""What staff give back: all of it, pieces, a parcel, the sending, or a sum of goodwill.

In one transaction, with the order's row held: what is asked for is measured, held against what is left and against the
sum that was shown, noted at lines and consignment so that nothing goes back twice, given, and recorded.

Only delivered pieces are given back here: what has not been delivered is cancelled, and its money follows by itself.
Stock never moves: it returns only when goods do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from marketplace.audit.models import record
from marketplace.look.figures import dong
from marketplace.order.locking import lock_order
from marketplace.order.models import Consignment, Line, Order, ParcelItem, ParcelState
from marketplace.order.parcels import By
from marketplace.order.returns.returnable import Returnable, returnables
from marketplace.order.returns.states import IN_VAIN

from .models import Refund, RefundReason
from .refunding import CannotRefund, check_amount, spread
from .sums import sums_of

ACTION = "refund_granted"
REFUSED = "refund_refused"
GRANTS = (
    RefundReason.ITEMS,
    RefundReason.SHIPPING,
    RefundReason.GOODWILL,
    RefundReason.WHOLE,
)


@dataclass(frozen=True)
class Wanted:
    """What staff want to give back. `pieces` (line's key → pieces) for ITEMS, `consignment` for SHIPPING, `amount` in
    whole đồng for GOODWILL."""

    reason: RefundReason
    pieces: Mapping[int, int] = field(default_factory=dict)
    consignment: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Measured:
    """What it comes to; `lines` are line's key → (pieces, đồng)."""

    amount: Decimal
    lines: Mapping[int, tuple[int, Decimal]] = field(default_factory=dict)


def measure(*, order_id: int, wanted: Wanted) -> Measured:
    """What would go back. Raises CannotRefund, saying what is left."""
    sums = sums_of(order_id)
    if sums.failed and wanted.reason == RefundReason.WHOLE:
        raise CannotRefund(_("Đơn này có khoản không trả lại được. Bạn trả khoản ấy bằng cách khác trước."))
    measured = _MEASURES[wanted.reason](order_id, wanted, sums.grantable)
    check_amount(measured.amount, sums.grantable)
    return measured


@transaction.atomic
def grant(
    *, order_id: int, wanted: Wanted, shown: Decimal, words: str, key: str, by: By, moment: datetime
) -> list[Refund]:
    """Give it back, and tell the buyer why. The same `key` (of the form) gives what it gave before.

    Raises CannotRefund without words, for more than is left, and when it is not the sum that was `shown` any more.
    """
    if not words.strip() or not key:
        raise CannotRefund(_("Bạn cần ghi rõ lý do, người mua sẽ đọc lời này."))
    lock_order(pk=order_id)
    key = f"staff-{key}"
    known = list(Refund.objects.filter(payment__order=order_id, key__endswith=f":{key}"))
    if known:
        return known
    measured = measure(order_id=order_id, wanted=wanted)
    if measured.amount != shown:
        words_ = _("Số tiền vừa thay đổi: bây giờ là %(sum)s. Bạn xem lại rồi xác nhận nhé.")
        raise CannotRefund(words_ % {"sum": dong(measured.amount)})
    _note(order_id, wanted, measured)
    made = spread(
        order_id=order_id, amount=measured.amount, reason=wanted.reason, key=key, moment=moment,
        words=words.strip(), grants=True, by=by,
    )  # fmt: skip
    after = {"reason": wanted.reason.value, "amount": int(measured.amount), "words": words.strip()}
    record(action=ACTION, target=Order.objects.get(pk=order_id), actor=by.user, after=after)
    return made


def delivered(order_id: int) -> list[Returnable]:
    """The lines of an order of which something was delivered, with what of them is neither returned nor given back."""
    parts = Consignment.objects.filter(order=order_id).order_by("number")
    return [one for part in parts for one in returnables(part)]


def pieces_of_parcel(parcel_id: int) -> dict[int, int]:
    """Line's key → pieces of a delivered parcel; nothing for another."""
    items = ParcelItem.objects.filter(parcel=parcel_id, parcel__state=ParcelState.DELIVERED)
    return dict(items.values_list("line", "quantity"))


def shipping_left(part: Consignment) -> Decimal:
    """What of a consignment's charge can be given back: nothing before something of it has arrived, as what does not
    arrive at all takes its charge along by itself."""
    if not part.parcels.filter(state=ParcelState.DELIVERED).exists():
        return Decimal(0)
    returned = part.returns.exclude(state__in=sorted(IN_VAIN)).aggregate(sum=Sum("shipping_amount"))["sum"]
    return max(part.shipping_charge - part.shipping_refunded - (returned or Decimal(0)), Decimal(0))


def _items(order_id: int, wanted: Wanted, left: Decimal) -> Measured:
    there = {one.line.pk: one for one in delivered(order_id)}
    asked = {key: pieces for key, pieces in wanted.pieces.items() if pieces}
    if not asked:
        raise CannotRefund(_("Bạn chọn ít nhất một món."))
    lines = {}
    for key, pieces in asked.items():
        one = there.get(key)
        most = one.left if one else 0
        if one is None or not 0 < pieces <= most:
            title = one.line.title if one else _("Món này")
            words = _("%(title)s: còn %(most)d sản phẩm đã giao mà chưa trả lại tiền.")
            raise CannotRefund(words % {"title": title, "most": most})
        lines[key] = (pieces, one.worth(pieces))
    return Measured(sum((amount for _pieces, amount in lines.values()), Decimal(0)), lines)


def _shipping(order_id: int, wanted: Wanted, left: Decimal) -> Measured:
    part = Consignment.objects.filter(order=order_id, pk=wanted.consignment).first()
    most = shipping_left(part) if part else Decimal(0)
    if not most:
        raise CannotRefund(_("Phần đơn này không còn phí giao nào để trả lại."))
    return Measured(most)


def _goodwill(order_id: int, wanted: Wanted, left: Decimal) -> Measured:
    return Measured(wanted.amount)


def _whole(order_id: int, wanted: Wanted, left: Decimal) -> Measured:
    lines = {one.line.pk: (one.left, one.worth(one.left)) for one in delivered(order_id) if one.left}
    return Measured(left, lines)


_MEASURES = {
    RefundReason.ITEMS: _items,
    RefundReason.SHIPPING: _shipping,
    RefundReason.GOODWILL: _goodwill,
    RefundReason.WHOLE: _whole,
}


def _note(order_id: int, wanted: Wanted, measured: Measured) -> None:
    """Pieces and sending that went back once do not go back again; the database holds the limits."""
    for key, (pieces, amount) in measured.lines.items():
        Line.objects.filter(pk=key).update(
            refunded_pieces=F("refunded_pieces") + pieces, refunded_total=F("refunded_total") + amount
        )
    parts = Consignment.objects.filter(order=order_id)
    if wanted.reason == RefundReason.SHIPPING:
        parts = parts.filter(pk=wanted.consignment)
        parts.update(shipping_refunded=F("shipping_refunded") + measured.amount)
    elif wanted.reason == RefundReason.WHOLE:
        for part in parts:
            parts.filter(pk=part.pk).update(shipping_refunded=F("shipping_refunded") + shipping_left(part))
