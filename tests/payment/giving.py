"""Orders that were paid, and what of their money went back."""

from decimal import Decimal
from typing import Any

from catalogue.models import Product
from marketplace import clock
from marketplace.order.models import Order, Role
from marketplace.order.parcels import By
from marketplace.payment.granting import Wanted, grant, measure
from marketplace.payment.models import Method, Refund, RefundReason, RefundStatus
from marketplace.payment.sums import Back, Sums, sums_of, with_sums
from tests.payment.waiting import opened, pays, waiting

STAFF = By(Role.STAFF)


def paid(*contents: tuple[Product, int], method: Method = Method.TRANSFER) -> Order:
    order = waiting(*contents)
    pays(opened(order, method))
    order.refresh_from_db()
    return order


def sums(order: Order) -> Sums:
    """As they are now, held against the rows that they are sums of, and against what a list says."""
    found = sums_of(order.pk)
    parts = order.consignments.all()
    came = [payment for payment in order.payments.all() if payment.status == "succeeded"]
    rows = list(Refund.objects.filter(payment__order=order))
    cancelled = sum(part.cancelled_total for part in parts)
    returned = sum(part.refund_total for part in parts)
    granted = sum(row.granted for row in rows)
    received = sum(payment.received or 0 for payment in came)
    refunded = sum(row.amount for row in rows if row.status != RefundStatus.FAILED)
    goodwill = min(granted, order.total_incl_tax - cancelled - returned)
    assert received - refunded + found.due == order.total_incl_tax - cancelled - returned - goodwill
    assert 0 <= refunded <= received
    assert with_sums(Order.objects.filter(pk=order.pk)).get().back == found.back
    return found


def settled(order: Order) -> bool:
    """Nobody owes anybody anything, and nothing failed."""
    found = sums(order)
    return found.due == 0 and found.back != Back.FAILED


def gone(order: Order) -> list[tuple[str, Decimal, str]]:
    rows = Refund.objects.filter(payment__order=order).order_by("pk")
    return list(rows.values_list("reason", "amount", "status"))


def grants(order: Order, reason: RefundReason, *, key: str = "một biểu mẫu", **wanted: Any) -> list[Refund]:
    """As staff would who saw the sum and confirmed it."""
    what = Wanted(reason, **wanted)
    shown = measure(order_id=order.pk, wanted=what).amount
    return grant(
        order_id=order.pk,
        wanted=what,
        shown=shown,
        words="Hộp bị móp.",
        key=key,
        by=STAFF,
        moment=clock.now(),
    )
