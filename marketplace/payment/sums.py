"""What became of an order's money: the one place that adds it up, for pages, lists, refunds and tests.

For every order at every time:

    received − refunded + due = placed − cancelled − returned − goodwill
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Consignment, Order, ReturnRequest
from marketplace.order.returns.states import PROMISED, ReturnState

from .models import Dispute, Payment, PaymentStatus, Refund, RefundStatus
from .models.dispute import TAKEN
from .models.refund import EXCESS, ON_THE_WAY

ZERO = Decimal(0)


class Back(models.TextChoices):
    """What became of an order's money after it came. The first that holds, from FAILED on."""

    NOTHING = "nothing", _("không có tiền trả lại")
    FAILED = "failed", _("có tiền chưa trả lại được")
    UNDER_WAY = "under_way", _("đang trả lại tiền")
    TAKEN = "taken", _("ngân hàng đã thu lại tiền")
    WHOLLY = "wholly", _("đã trả lại toàn bộ")
    PARTLY = "partly", _("đã trả lại một phần")


@dataclass(frozen=True)
class Sums:
    """Whole đồng, none of them negative but `due`.

    `received`: payments that succeeded, cash at the door too. `refunded`: refunds that have not failed, of which
    `under_way` have not arrived and `excess` was never owed for goods (paid twice, or too much). `failed`: refunds that
    failed and were not given back another way. `taken`: what banks took back in disputes, for now or for good; it stays
    in `received`, and is not given a second time. `apart`: what of that was taken for parts that the buyer keeps, and is
    therefore not set off against what goes back for others (disputes.py). `cancelled`: goods that do not reach the buyer.
    `returned`: promised for returned goods, of which `promised` waits for the return's end. `granted`: what staff gave
    beyond that.
    """

    placed: Decimal
    cancelled: Decimal = ZERO
    returned: Decimal = ZERO
    granted: Decimal = ZERO
    received: Decimal = ZERO
    refunded: Decimal = ZERO
    under_way: Decimal = ZERO
    excess: Decimal = ZERO
    failed: Decimal = ZERO
    promised: Decimal = ZERO
    taken: Decimal = ZERO
    apart: Decimal = ZERO

    @property
    def goodwill(self) -> Decimal:
        """What of `granted` counts: who keeps goods for 40.000 đ and was granted 60.000 has had no more than 40.000."""
        return min(self.granted, self.placed - self.cancelled - self.returned)

    @property
    def given_before(self) -> Decimal:
        """What of `granted` was given for goods that the buyer returns after all: it is not given a second time."""
        return self.granted - self.goodwill

    @property
    def owed(self) -> Decimal:
        """What the order costs as it is now; never negative."""
        return self.placed - self.cancelled - self.returned - self.goodwill

    @property
    def kept(self) -> Decimal:
        """What came and did not go back, nor is about to."""
        return self.received - self.refunded

    @property
    def due(self) -> Decimal:
        """Positive: the buyer still owes it. Negative: the buyer is owed it."""
        return self.owed - self.kept

    @property
    def to_give_back(self) -> Decimal:
        """What the buyer is owed now, without what failed (staff's to give another way) and what a return still
        promises (given when that ends)."""
        return max(-self.due - self.set_off - self.promised - self.failed, ZERO)

    @property
    def grantable(self) -> Decimal:
        """The most that staff can give beyond what is owed back."""
        return max(min(self.owed, self.left), ZERO)

    @property
    def left(self) -> Decimal:
        """What there is to give."""
        return max(self.kept - self.taken, ZERO)

    @property
    def owed_to_buyer(self) -> Decimal:
        """What the buyer is owed though nothing is on its way for it: promised for returns, failed, or not there. What
        a bank took back the buyer has."""
        return max(-self.due - self.set_off, ZERO)

    @property
    def set_off(self) -> Decimal:
        """What the buyer is owed, and has, or will have, from the bank."""
        return max(min(-self.due, self.taken - self.apart), ZERO)

    @property
    def back(self) -> Back:
        if self.failed:
            return Back.FAILED
        if self.under_way:
            return Back.UNDER_WAY
        if self.taken:
            return Back.TAKEN
        if self.refunded - self.excess <= 0:
            return Back.NOTHING
        return Back.WHOLLY if self.refunded == self.received else Back.PARTLY


FIELDS = (
    "cancelled",
    "returned",
    "granted",
    "received",
    "refunded",
    "under_way",
    "excess",
    "failed",
    "promised",
    "taken",
    "apart",
)


#: What of a dispute about one part is about goods of it that the buyer keeps.
_KEPT = Greatest(
    F("amount") - F("consignment__cancelled_total") - F("consignment__refund_total"),
    Value(ZERO),
    output_field=models.DecimalField(max_digits=14, decimal_places=0),
)


def sums_of(order_id: int) -> Sums:
    """One order's. Hold its row to rely on them."""
    return sums_by_order([order_id])[order_id]


def sums_by_order(keys: Iterable[int]) -> dict[int, Sums]:
    """Order's key → its sums, in one query."""
    rows = with_sums(Order.objects.filter(pk__in=list(keys)).order_by())
    return {
        key: Sums(Decimal(placed), *map(Decimal, rest))
        for key, placed, *rest in rows.values_list(
            "pk", "total_incl_tax", *(f"sum_{name}" for name in FIELDS)
        )
    }


def with_sums(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Each with `sum_…` for every field of Sums but `placed`, and `back` (Back), for lists to narrow by."""
    parts = Consignment.objects.filter(order=OuterRef("pk"))
    refunds = Refund.objects.filter(payment__order=OuterRef("pk"))
    alive = refunds.exclude(status=RefundStatus.FAILED)
    payments = Payment.objects.filter(order=OuterRef("pk"), status=PaymentStatus.SUCCEEDED)
    returns = ReturnRequest.objects.filter(
        consignment__order=OuterRef("pk"), state__in=sorted(PROMISED - {ReturnState.CLOSED})
    )
    disputes = Dispute.objects.filter(payment__order=OuterRef("pk"), status__in=sorted(TAKEN))
    summed = orders.annotate(
        sum_cancelled=_sum(parts, "order", "cancelled_total"),
        sum_returned=_sum(parts, "order", "refund_total"),
        sum_granted=_sum(refunds, "payment__order", "granted"),
        sum_received=_sum(payments, "order", "received"),
        sum_refunded=_sum(alive, "payment__order", "amount"),
        sum_under_way=_sum(alive.filter(status__in=sorted(ON_THE_WAY)), "payment__order", "amount"),
        sum_excess=_sum(alive.filter(reason__in=sorted(EXCESS)), "payment__order", "amount"),
        sum_failed=_sum(to_replace().filter(payment__order=OuterRef("pk")), "payment__order", "amount"),
        sum_taken=_sum(disputes, "payment__order", "amount"),
        sum_apart=_sum(
            disputes.filter(consignment__isnull=False).annotate(rest=_KEPT), "payment__order", "rest"
        ),
        sum_promised=_sum(returns, "consignment__order", "refund_amount"),
    )
    found: QuerySet[Order] = summed.annotate(
        back=Case(
            When(sum_failed__gt=0, then=Value(Back.FAILED.value)),
            When(sum_under_way__gt=0, then=Value(Back.UNDER_WAY.value)),
            When(sum_taken__gt=0, then=Value(Back.TAKEN.value)),
            When(sum_refunded__lte=F("sum_excess"), then=Value(Back.NOTHING.value)),
            When(sum_refunded=F("sum_received"), then=Value(Back.WHOLLY.value)),
            default=Value(Back.PARTLY.value),
            output_field=models.CharField(),
        )
    )
    return found


def sums_at(order: Order) -> Sums:
    """Those of an order that with_sums wrote them at."""
    return Sums(order.total_incl_tax, *(Decimal(getattr(order, f"sum_{name}")) for name in FIELDS))


def to_replace() -> QuerySet[Refund]:
    """Refunds that failed and are to be given another way: not those whose money the buyer's bank holds or gave back, as
    it may have wherever it is not known to have taken the money of a part that the buyer keeps whole."""
    disputes = Dispute.objects.filter(payment=OuterRef("payment"), status__in=sorted(TAKEN)).filter(
        Q(consignment__isnull=True)
        | Q(consignment__cancelled_total__gt=0)
        | Q(consignment__refund_total__gt=0)
    )
    failed = Refund.objects.filter(status=RefundStatus.FAILED, again__isnull=True)
    return failed.exclude(Exists(disputes))


def label(order: Order, sums: Sums) -> str:
    """What badges say of an order's money: a refunded one never just reads as paid."""
    if sums.back == Back.NOTHING:
        return str(order.get_payment_state_display())
    return str(sums.back.label)


def _sum(rows: QuerySet[Any], by: str, field: str) -> Coalesce:
    summed = rows.order_by().values(by).annotate(sum=Sum(field)).values("sum")
    return Coalesce(
        Subquery(summed), Value(ZERO), output_field=models.DecimalField(max_digits=14, decimal_places=0)
    )
