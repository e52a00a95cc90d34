"""Money that went from the account: what was given back to buyers, and what was sent back to senders."""

from django.db import transaction

from marketplace.payment.models import Method, Refund
from marketplace.payment.transfers import by_purpose

from .matching import folded
from .models import Line, LineState

LEAST_OF_A_REFERENCE = 6


@transaction.atomic
def match_debit(line: Line) -> bool:
    """Match a line that went, held, with the refund or the sending back whose reference it names, and of its amount;
    whether it is. One that finds nothing stays open and is tried again with each comparison."""
    found: dict[str, object] = {"state": LineState.OPEN}
    if refund := _refund(line):
        found = {"state": LineState.MATCHED, "refund": refund}
    elif returned := _returned(line):
        found = {"state": LineState.MATCHED, "returns": returned}
    Line.objects.filter(pk=line.pk, state__in=[LineState.NEW, LineState.OPEN]).update(**found)
    return found["state"] == LineState.MATCHED


def _refund(line: Line) -> Refund | None:
    """By the purpose that the shop gave its transfer, or by the reference that staff noted; each refund once."""
    free = Refund.objects.filter(way=Method.TRANSFER, amount=-line.amount, lines__isnull=True)
    named = by_purpose(line.text)
    if named and free.filter(pk=named.pk).exists():
        return named
    rows = free.filter(reference__isnull=False).order_by("pk")
    return next((refund for refund in rows if _names(line, refund.reference or "")), None)


def _returned(line: Line) -> Line | None:
    rows = Line.objects.filter(state=LineState.SENT_BACK, amount=-line.amount, returned_by__isnull=True)
    return next((one for one in rows.order_by("pk") if _names(line, one.sent_back_reference)), None)


def _names(line: Line, reference: str) -> bool:
    sought = folded(reference)
    return bool(sought) and (
        sought == folded(line.reference)
        or (len(sought) >= LEAST_OF_A_REFERENCE and sought in folded(line.text))
    )
