"""Lines that wait for people, and the two people."""

from typing import Any

from marketplace import clock
from marketplace.reconciliation.deciding import Proposal, confirm, propose
from marketplace.reconciliation.models import Decision, Kind, Line
from marketplace.work.queue import run_due
from tests import factories
from tests.reconciliation.files import came, statement


def line_of(text: str = "tien hang", amount: int = 5_000, **facts: Any) -> Line:
    """A line of a statement that the worker could not settle."""
    made = statement(came(text, amount, **facts))
    run_due()
    return Line.objects.get(imported=made)


def proposed(
    *lines: Line,
    kind: Kind = Kind.OTHER,
    payment: int | None = None,
    by: Any = None,
    note: str = "Xem sao kê",
) -> Decision:
    proposal = Proposal(kind, [line.pk for line in lines], note, payment)
    return propose(proposal=proposal, user=by or factories.user(), moment=clock.now())


def confirmed(decision: Decision, by: Any = None) -> Decision:
    return confirm(decision_id=decision.pk, user=by or factories.user(), moment=clock.now())


def states(*lines: Line) -> list[str]:
    return [Line.objects.get(pk=line.pk).state for line in lines]
