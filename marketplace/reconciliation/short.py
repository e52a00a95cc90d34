"""Transfers with the right code that were each less than was asked for."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from marketplace.order.locking import lock_order
from marketplace.order.models import Order
from marketplace.payment.models import Payment

from .models import Hint, Line, LineState


class CameShort(NamedTuple):
    """Whole đồng: the `sum` of such transfers of an order, and the `rest` that is still asked for."""

    sum: Decimal
    rest: Decimal

    @property
    def is_enough(self) -> bool:
        return not self.rest


def came_short(order: Order) -> CameShort | None:
    """What came with the order's own codes and staff have decided nothing of yet; None where that is nothing."""
    undecided = Q(state__in=[LineState.OPEN, LineState.PROPOSED])
    sum_ = _lines(order.pk).filter(undecided).aggregate(sum=Sum("amount"))["sum"]
    return CameShort(sum_, max(order.owed - sum_, Decimal(0))) if sum_ else None


def together(line: Line, payment: Payment) -> list[Line]:
    """A line with this payment's code, held, and those that came before it, now held too, where all of them are not less
    than is asked for; otherwise none. Holds the order's row: of two that are looked at at once one sees the other.

    Lines that somebody else holds are left out, not waited for: whoever decides of them waits for the order next.
    """
    lock_order(payments=payment.pk)
    before = _lines(payment.order_id).filter(state=LineState.OPEN).exclude(pk=line.pk).order_by("pk")
    own = list(before.select_for_update(of=("self",), skip_locked=True))
    enough = sum((one.amount for one in own), line.amount) >= payment.amount
    return [*own, line] if own and enough else []


def _lines(order_id: int) -> QuerySet[Line]:
    return Line.objects.filter(hint=Hint.CODE_SHORT, hinted__order=order_id)
