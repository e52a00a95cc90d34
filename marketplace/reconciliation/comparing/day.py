"""Compares a day with a source, and keeps what differs until it is explained or agrees."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.audit.models import record
from marketplace.reconciliation.models import ComparedDay, Difference, DifferenceState, Source

from . import bank, carriers, stripe
from .pairs import Pair, sums

PAIRS = {Source.STRIPE: stripe.pairs, Source.BANK: bank.pairs, Source.CARRIER: carriers.pairs}
MATCHES = {Source.BANK: bank.match_again, Source.CARRIER: carriers.match_again}
EXPLAINED = "reconciliation.explained"


class CannotExplain(ValueError):
    """The text says why not. Nothing was changed."""


@transaction.atomic
def compare(*, source: Source, day: date, moment: datetime) -> bool:
    """Hold a day that is over against a source; False where the source has not told of it yet. Safe at any time."""
    ComparedDay.objects.get_or_create(source=source, day=day)
    row = ComparedDay.objects.select_for_update(of=("self",)).get(source=source, day=day)
    if source == Source.BANK and not bank.has_statement(day):
        # Another account may have begun to tell since it was compared: what it says of the day is missing.
        ComparedDay.objects.filter(pk=row.pk).update(compared_at=None)
        return False
    if source in MATCHES:
        MATCHES[source](day)
    pairs = PAIRS[source](day)
    _note(source, day, pairs, moment)
    total = sums(pairs)
    row.compared_at = moment
    row.ours_in, row.theirs_in = total.ours_in, total.theirs_in
    row.ours_out, row.theirs_out = total.ours_out, total.theirs_out
    row.save()
    return True


def _note(source: Source, day: date, pairs: list[Pair], moment: datetime) -> None:
    """New differences are opened, those that changed are opened again, those that are gone are closed."""
    wrong = {pair.key: pair for pair in pairs if pair.difference}
    known = {row.key: row for row in Difference.objects.filter(source=source, day=day)}
    known |= {row.key: row for row in Difference.objects.filter(key__in=wrong)}
    for key, pair in wrong.items():
        facts = {
            "day": day,
            "why": pair.difference,
            "what": pair.what[:300],
            "ours": pair.ours,
            "theirs": pair.theirs,
            "payment_id": pair.payment,
            "line_id": pair.line,
        }
        row = known.pop(key, None)
        if row is None:
            Difference.objects.create(key=key, source=source, found_at=moment, **facts)
        elif _changed(row, pair):
            Difference.objects.filter(pk=row.pk).update(state=DifferenceState.OPEN, agreed_at=None, **facts)
    gone = [row.pk for row in known.values() if row.state != DifferenceState.AGREED]
    Difference.objects.filter(pk__in=gone).update(state=DifferenceState.AGREED, agreed_at=moment)


def _changed(row: Difference, pair: Pair) -> bool:
    """What was explained was this difference, and no other."""
    same = (row.ours, row.theirs, row.why) == (pair.ours, pair.theirs, pair.difference)
    return row.state == DifferenceState.AGREED or not same


@transaction.atomic
def explain(*, difference_id: int, note: str, user: Any, moment: datetime) -> Difference:
    """Why both sides differ, in words; it is not looked into any more. Raises CannotExplain."""
    note = note.strip()[:500]
    if not note:
        raise CannotExplain(_("Bạn ghi lời giải thích."))
    row = Difference.objects.select_for_update(of=("self",)).get(pk=difference_id)
    if row.state == DifferenceState.AGREED:
        raise CannotExplain(_("Hai bên đã khớp lại, không cần giải thích nữa."))
    before = {"state": row.state, "note": row.note}
    row.state, row.note, row.explained_by, row.explained_at = DifferenceState.EXPLAINED, note, user, moment
    row.save()
    record(action=EXPLAINED, target=row, actor=user, before=before, after={"state": row.state, "note": note})
    return row
