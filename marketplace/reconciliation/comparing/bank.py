"""Lines of the bank's statements against transfers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Q

from marketplace.payment.models import Method, Payment, PaymentStatus, Refund, RefundStatus
from marketplace.reconciliation.going import match_debit
from marketplace.reconciliation.models import FileKind, FileLayout, Import, ImportState, Line, LineState, Why

from .days import on_day
from .pairs import Pair

WENT = (RefundStatus.SUCCEEDED, RefundStatus.FAILED)


def has_statement(day: date) -> bool:
    """Whether the bank has told of the whole day: one file that begins no later, and goes on behind it or was made after
    it was over. Two files with a day between them tell nothing of that day. Where files came of several accounts (books
    of layouts in use), each of them has to tell of it."""
    taken = Import.objects.filter(state=ImportState.TAKEN, layout__kind=FileKind.BANK, first_day__lte=day)
    over = Q(last_day__gt=day) | Q(last_day=day, at__gte=on_day(day)[1])
    used = FileLayout.objects.filter(kind=FileKind.BANK, is_active=True).values("book")
    begun = set(taken.filter(layout__book__in=used).values_list("layout__book", flat=True))
    told = set(taken.filter(over).values_list("layout__book", flat=True))
    return bool(told) and begun <= told


def match_again(day: date) -> None:
    """What went may be noted as a refund only after the bank told of it."""
    went = Line.objects.filter(day=day, carrier__isnull=True, amount__lt=0, state=LineState.OPEN)
    for line in went.select_for_update(of=("self",)):
        match_debit(line)


def pairs(day: date) -> list[Pair]:
    lines = list(
        Line.objects.filter(day=day, carrier__isnull=True)
        .exclude(state=LineState.OTHER)
        .select_related("payment__order", "refund__payment__order")
        .order_by("pk")
    )
    return [*_of_lines(lines), *_of_ours(day)]


def _of_lines(lines: list[Line]) -> Iterator[Pair]:
    together = _together([line.payment_id for line in lines if line.payment_id])
    for line in lines:
        ours, why = None, None
        if line.payment_id and line.payment:
            last, whole = together[line.payment_id]
            # The last of several lines answers for what they come to.
            rest = (line.payment.received or Decimal(0)) - whole if line.pk == last else Decimal(0)
            ours = line.amount + rest
        elif line.refund:
            # One that failed went all the same, and came back.
            ours = -line.refund.amount if line.refund.status in WENT else None
        elif line.state == LineState.SENT_BACK or line.returns_id:
            ours = line.amount
        else:
            why = Why.BACK if line.state == LineState.BACK else Why.OPEN
        what = line.text or line.reference or f"{line.amount}"
        yield Pair(
            f"bank:line:{line.pk}", what[:300], ours, line.amount, why, payment=line.payment_id, line=line.pk
        )


def _together(payments: list[int]) -> dict[int, tuple[int, Decimal]]:
    """Of each payment the last of its lines, and what all of them come to; the lines may lie on several days."""
    lines: dict[int, list[tuple[date, int, Decimal]]] = defaultdict(list)
    for key, day, pk, amount in Line.objects.filter(payment__in=payments).values_list(
        "payment", "day", "pk", "amount"
    ):
        lines[key].append((day, pk, amount))
    return {key: (max(rows)[1], sum((row[2] for row in rows), Decimal(0))) for key, rows in lines.items()}


def _of_ours(day: date) -> Iterator[Pair]:
    """What no line of any day tells of."""
    since, until = on_day(day)
    within = {"ended_at__gte": since, "ended_at__lt": until}
    payments = Payment.objects.filter(
        method=Method.TRANSFER, status=PaymentStatus.SUCCEEDED, lines__isnull=True, **within
    )
    for payment in payments.select_related("order").order_by("pk"):
        what = f"{payment.order.number} {payment.reference}"
        yield Pair(f"bank:payment:{payment.pk}", what, payment.received, None, payment=payment.pk)
    refunds = Refund.objects.filter(
        way=Method.TRANSFER, status=RefundStatus.SUCCEEDED, lines__isnull=True, **within
    )
    for refund in refunds.select_related("payment__order").order_by("pk"):
        what = f"{refund.payment.order.number} {refund.reference or ''}".strip()
        yield Pair(f"bank:refund:{refund.pk}", what, -refund.amount, None, payment=refund.payment_id)
