"""Matches lines with what we know: what is exact by itself, of the rest only a hint is noted.

Locks come in one order everywhere: lines first, then the order's row.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from marketplace.order.locking import lock_order
from marketplace.order.models import Role
from marketplace.order.parcels import By
from marketplace.payment.messages import tell_short
from marketplace.payment.models import Method, Payment, PaymentStatus
from marketplace.payment.receiving import receive
from marketplace.payment.transfers import by_purpose

from .matching import Awaited, codes, hints
from .models import Hint, Line, LineState
from .short import came_short, together

DAYS_BACK = 60  # for how long an unpaid transfer is still thought of
MOST_THOUGHT_OF = 5000


@transaction.atomic
def match_line(*, line_id: int, moment: datetime) -> None:
    """Settle a new line as far as it is certain. Done again it changes nothing."""
    line = Line.objects.select_for_update(of=("self",)).filter(pk=line_id, state=LineState.NEW).first()
    if line is None:
        return
    if line.carrier_id:
        from .remittances import match_remittance

        match_remittance(line)
    elif line.amount < 0:
        from .going import match_debit

        match_debit(line)
    else:
        _match_credit(line, moment)


def _match_credit(line: Line, moment: datetime) -> None:
    named = list(Payment.objects.filter(method=Method.TRANSFER, reference__in=codes(line.text)))
    held = Line.objects.filter(pk=line.pk)
    held.update(state=LineState.OPEN)
    if len(named) == 1 and _taken(line, named[0], moment):
        return
    found = suggestions(line, moment=moment)
    first, hint = found[0] if found else (None, "")
    held.update(hinted=first, hint=hint)
    if first and hint == Hint.CODE_SHORT and [first] == named:
        _tell_short(line, first)


def _taken(line: Line, payment: Payment, moment: datetime) -> bool:
    """Whether a line with a payment's code, alone or with those before it, was enough and is its money now."""
    lines = [line] if line.amount >= payment.amount else together(line, payment)
    by = By(Role.STAFF, line.imported.by)
    return bool(lines) and bool(
        take(lines=lines, payment=payment, by=by, moment=moment, before=LineState.OPEN)
    )


def _tell_short(line: Line, payment: Payment) -> None:
    short = came_short(payment.order)
    if short and short.rest and payment.status == PaymentStatus.OPEN:
        tell_short(payment, came=short.sum, rest=short.rest, key=str(line.pk))


@transaction.atomic
def take(*, lines: list[Line], payment: Payment, by: By, moment: datetime, before: LineState) -> str:
    """These lines, held and in state `before`, are the money of a payment that has none yet; what came of it.

    Empty, with nothing done, where it has. Raises payment.receiving.AmountDiffers when they are less than asked for.
    """
    lock_order(payments=payment.pk)
    if payment.lines.exists():
        return ""
    amount = sum((line.amount for line in lines), Decimal(0))
    note = ", ".join(line.reference or str(line) for line in lines)
    outcome = receive(payment_id=payment.pk, amount=amount, moment=moment, by=by, note=note)
    keys = [line.pk for line in lines]
    taken = Line.objects.filter(pk__in=keys, state=before).update(
        state=LineState.MATCHED, payment=payment, outcome=outcome, hint="", hinted=None
    )
    if taken != len(keys):
        raise RuntimeError(f"Lines {keys} are held and not {before}")
    return str(outcome)


def suggestions(line: Line, *, moment: datetime) -> list[tuple[Payment, Hint]]:
    """Payments that a line that came may be for, the likeliest first. None for a refund of ours that its bank sent back:
    whatever waits for the same amount, it is not for that."""
    if by_purpose(line.text):
        return []
    named = list(
        Payment.objects.filter(method=Method.TRANSFER, reference__in=codes(line.text)).select_related("order")
    )
    found: dict[int, tuple[Payment, Hint]] = {}
    for payment in named:
        if payment.lines.exclude(pk=line.pk).exists():
            found[payment.pk] = (payment, Hint.CODE_TWICE)
    thought_of = {payment.pk: payment for payment in _thought_of(line, named, moment)}
    told = hints(line.text, line.amount, [_awaited(payment) for payment in thought_of.values()])
    several = len({payment.order_id for payment in named}) > 1
    for one, hint in told:
        # Too little for one order may be meant for another: it lowers what is asked for of none.
        found.setdefault(
            one.key, (thought_of[one.key], Hint.CODES if several and hint == Hint.CODE_SHORT else hint)
        )
    return list(found.values())


def _thought_of(line: Line, named: list[Payment], moment: datetime) -> QuerySet[Payment]:
    """Transfers without money, of the last weeks, and those whose codes stand in the note."""
    since = moment - timedelta(days=DAYS_BACK)
    recent = Q(created_at__gte=since) & ~Q(status=PaymentStatus.SUCCEEDED)
    rows = Payment.objects.filter(
        recent | Q(pk__in=[payment.pk for payment in named]), method=Method.TRANSFER
    )
    return rows.select_related("order__shipping_address").order_by("-created_at", "-pk")[:MOST_THOUGHT_OF]


def _awaited(payment: Payment) -> Awaited:
    order: Any = payment.order
    address = order.shipping_address
    return Awaited(
        key=payment.pk,
        code=payment.reference or "",
        amount=payment.amount,
        number=order.number,
        phone=order.phone,
        name=address.first_name if address else "",
    )
