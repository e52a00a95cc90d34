"""A buyer asks to return goods.

In one transaction:

1. The order's row is locked, so that changes of one order come one after another.
2. A form that was sent before leads to the request that it made.
3. Each line is held against what was delivered, what was asked for already, and the days that the reason has.
4. Request, items, pictures and the first change are written, with what is to be given back if it is agreed, and
   buyer and producer are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from marketplace.look.figures import day
from marketplace.order.locking import lock_order
from marketplace.order.models import (
    Consignment,
    ReturnChange,
    ReturnItem,
    ReturnPhoto,
    ReturnRequest,
)
from marketplace.order.parcels import By

from .messages import tell
from .returnable import Returnable, returnables, shipping_share
from .rules import RULES, Reason, answer_due
from .states import ReturnState

NOTHING = gettext_lazy("Bạn chọn ít nhất một món muốn trả.")


@dataclass(frozen=True)
class Asked:
    """What a form asks for. `quantities`: line's key → pieces, zeros left out; `photos` are cleaned; `key` names the form."""

    reason: Reason
    text: str
    quantities: Mapping[int, int]
    key: str
    photos: Sequence["ContentFile[bytes]"] = field(default_factory=tuple)


class CannotReturn(ValueError):
    """It cannot be asked for, answered or decided so; the text says why. Nothing was changed."""


@transaction.atomic
def request_return(*, consignment_id: int, asked: Asked, by: By, moment: datetime) -> ReturnRequest:
    """Write the request down, or return the one that the same form has already made.

    Raises CannotReturn for pieces that were not delivered, are asked for already, or are past the days of the reason.
    """
    lock_order(consignments=consignment_id)
    consignment = Consignment.objects.select_related("order", "partner").get(pk=consignment_id)
    made = ReturnRequest.objects.filter(consignment=consignment, key=asked.key).first()
    if made:
        return made
    lines = {one.line.pk: one for one in returnables(consignment)}
    _check(lines, asked, moment)
    amounts = {key: lines[key].worth(pieces) for key, pieces in asked.quantities.items()}
    return _write(consignment, asked, amounts, by, moment)


def _check(lines: Mapping[int, Returnable], asked: Asked, moment: datetime) -> None:
    if not asked.quantities:
        raise CannotReturn(str(NOTHING))
    for key, pieces in asked.quantities.items():
        if key not in lines:
            raise CannotReturn(_("Món này chưa được giao đến bạn, nên chưa trả lại được."))
        most = lines[key].pieces(reason=asked.reason, moment=moment)
        if not 0 < pieces <= most:
            raise CannotReturn(_refusal(lines[key], asked.reason, most, moment))


def _refusal(one: Returnable, reason: Reason, most: int, moment: datetime) -> str:
    """Why not so many pieces of a line: the first of the reasons that holds."""
    rule, title = RULES[reason], {"title": one.line.title}
    if one.waiting:
        words = _("%(title)s: đã có yêu cầu %(number)s đang chờ. Mỗi món chỉ có một yêu cầu cùng lúc.")
        return words % (title | {"number": one.waiting.number})
    if rule.keeps and one.perishable:
        return _("%(title)s là hàng tươi sống, không nhận lại chỉ vì đổi ý.") % title
    last = max(delivery.at for delivery in one.deliveries) + rule.window
    if moment > last:
        words = _("%(title)s: với lý do “%(reason)s”, hạn báo đã hết ngày %(day)s.")
        return words % (title | {"reason": reason.label, "day": day(last)})
    if not most:
        return _("%(title)s: những gì còn trong hạn bạn đã yêu cầu trả hết rồi.") % title
    words = ngettext(
        "%(title)s: bạn còn trả được nhiều nhất %(most)d sản phẩm.",
        "%(title)s: bạn còn trả được nhiều nhất %(most)d sản phẩm.",
        most,
    )
    return words % (title | {"most": most})


def _write(
    consignment: Consignment, asked: Asked, amounts: Mapping[int, Decimal], by: By, moment: datetime
) -> ReturnRequest:
    goods = sum(amounts.values(), Decimal(0))
    shipping = shipping_share(consignment, goods) if RULES[asked.reason].fault else Decimal(0)
    request = ReturnRequest.objects.create(
        consignment=consignment,
        number=f"{consignment.number}-T{consignment.returns.count() + 1}",
        key=asked.key,
        reason=asked.reason,
        text=asked.text,
        requested_at=moment,
        state_since=moment,
        due_at=answer_due(moment),
        goods_amount=goods,
        shipping_amount=shipping,
        refund_amount=goods + shipping,
    )
    ReturnItem.objects.bulk_create(
        [
            ReturnItem(request=request, line_id=key, quantity=asked.quantities[key], amount=amount)
            for key, amount in amounts.items()
        ]
    )
    for position, photo in enumerate(asked.photos, start=1):
        ReturnPhoto.objects.create(request=request, position=position, file=photo)
    change = ReturnChange.objects.create(
        request=request,
        after=ReturnState.REQUESTED,
        at=moment,
        role=by.role,
        actor=by.user,
        acting_for=by.acting_for,
    )
    tell(change)
    return request
