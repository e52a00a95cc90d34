"""How far a refund has come, and the one way in which it goes on.

A move is written where the refund still is in the state it was read in: one row changed, or nothing happens.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.order.locking import lock_order
from marketplace.order.parcels import SYSTEM, By

from .models import Refund, RefundChange, RefundStatus
from .models.refund import ENDED

#: Where a refund may go. A bank can send back money that had arrived; a transfer that was prepared can be taken back.
NEXT: dict[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.DUE: frozenset({RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED}),
    RefundStatus.PENDING: frozenset({RefundStatus.DUE, RefundStatus.SUCCEEDED, RefundStatus.FAILED}),
    RefundStatus.SUCCEEDED: frozenset({RefundStatus.FAILED}),
    RefundStatus.FAILED: frozenset(),
}


class CannotMove(ValueError):
    """The refund cannot go there, or somebody was faster; the text says why. Nothing was changed."""


@transaction.atomic
def move_refund(
    *,
    refund_id: int,
    to: RefundStatus,
    moment: datetime,
    by: By = SYSTEM,
    note: str = "",
    seen: RefundStatus | None = None,
    **written: Any,
) -> Refund:
    """Move a refund on and record who did; `written` are other fields. `seen` is the state that the asker saw.

    Raises CannotMove.
    """
    lock_order(payments__refunds=refund_id)
    found = Refund.objects.get(pk=refund_id)
    before = RefundStatus(found.status)
    if to not in NEXT[before] or (seen is not None and before != seen):
        words = _("Khoản này đang là “%(state)s”, không chuyển sang “%(to)s” được.")
        raise CannotMove(words % {"state": before.label, "to": to.label})
    fresh = {"status": to, "ended_at": moment if to in ENDED else None} | written
    if not Refund.objects.filter(pk=found.pk, status=before).update(**fresh):
        raise CannotMove(_("Khoản này vừa được người khác cập nhật. Bạn tải lại trang rồi xem lại nhé."))
    record(found, before, to, by=by, moment=moment, note=note)
    found.refresh_from_db()
    return found


def record(refund: Refund, before: str, after: str, *, by: By, moment: datetime, note: str = "") -> None:
    """Write down who moved a refund, in the transaction of the move."""
    RefundChange.objects.create(
        refund=refund,
        before=before,
        after=after,
        at=moment,
        role=by.role,
        actor=by.user,
        acting_for=by.acting_for,
        note=note[:500],
    )
