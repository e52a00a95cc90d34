"""Four eyes: one person proposes what becomes of lines, another confirms or rejects. Each step is recorded.

Locks come in one order: the decision, its lines, the order.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.audit.models import record
from marketplace.look.figures import dong
from marketplace.order.models import Role
from marketplace.order.parcels import By
from marketplace.payment.models import Method, Payment
from marketplace.payment.receiving import AmountDiffers

from .comparing.asking import ask_again
from .models import Decision, DecisionState, Kind, Line, LineState, Source
from .taking import take

PROPOSED, CONFIRMED, REJECTED, WITHDRAWN = (
    "reconciliation.proposed",
    "reconciliation.confirmed",
    "reconciliation.rejected",
    "reconciliation.withdrawn",
)
SENT_BACK = "reconciliation.sent_back"
BECOMES = {Kind.BACK: LineState.BACK, Kind.OTHER: LineState.OTHER}


class CannotDecide(ValueError):
    """The text says why not. Nothing was changed."""


@dataclass(frozen=True)
class Proposal:
    kind: Kind
    lines: Collection[int]
    note: str
    payment: int | None = None


@transaction.atomic
def propose(*, proposal: Proposal, user: Any, moment: datetime) -> Decision:
    """Put lines before a second pair of eyes. Raises CannotDecide."""
    lines = _held(proposal.lines)
    if (
        not lines
        or len(lines) != len(set(proposal.lines))
        or any(line.state != LineState.OPEN for line in lines)
    ):
        raise CannotDecide(_("Có dòng vừa được người khác xử lý. Bạn tải lại trang rồi xem lại nhé."))
    if not proposal.note.strip():
        raise CannotDecide(_("Bạn ghi lý do để người thứ hai kiểm tra được."))
    _check(proposal, lines)
    made = Decision.objects.create(
        kind=proposal.kind,
        payment_id=proposal.payment if proposal.kind == Kind.TAKE else None,
        note=proposal.note.strip()[:500],
        proposer_key=user.pk,
        proposed_by=user,
        proposed_at=moment,
    )
    made.lines.set(lines)
    _move(lines, LineState.OPEN, LineState.PROPOSED)
    _record(PROPOSED, made, user, lines, LineState.PROPOSED)
    return made


@transaction.atomic
def confirm(*, decision_id: int, user: Any, moment: datetime, note: str = "") -> Decision:
    """Do what another person proposed. Raises CannotDecide for one's own, for one that is decided, and where it cannot
    be done any more."""
    decision, lines = _decide(decision_id, DecisionState.CONFIRMED, user, moment, note)
    kind = Kind(decision.kind)
    if kind == Kind.TAKE:
        decision.outcome = _take(decision, lines, user, moment)
        decision.save(update_fields=["outcome"])
    else:
        _move(lines, LineState.PROPOSED, BECOMES[kind])
    _record(CONFIRMED, decision, user, lines, BECOMES.get(kind, LineState.MATCHED))
    ask_again(source=Source.BANK, days={line.day for line in lines}, moment=moment)
    return decision


@transaction.atomic
def reject(*, decision_id: int, user: Any, moment: datetime, note: str) -> Decision:
    """The lines are open again. Raises CannotDecide."""
    if not note.strip():
        raise CannotDecide(_("Bạn ghi vì sao bác đề nghị này."))
    decision, lines = _decide(decision_id, DecisionState.REJECTED, user, moment, note)
    _move(lines, LineState.PROPOSED, LineState.OPEN)
    _record(REJECTED, decision, user, lines, LineState.OPEN)
    return decision


@transaction.atomic
def withdraw(*, decision_id: int, user: Any, moment: datetime) -> Decision:
    """Take one's own proposal back before another person decides: the lines are open again. Raises CannotDecide."""
    decision = _locked(decision_id)
    if user.pk != decision.proposer_key:
        raise CannotDecide(_("Đây là đề nghị của người khác: bạn xác nhận hoặc bác."))
    lines = _end(decision, DecisionState.WITHDRAWN, decided_at=moment)
    _move(lines, LineState.PROPOSED, LineState.OPEN)
    _record(WITHDRAWN, decision, user, lines, LineState.OPEN)
    return decision


@transaction.atomic
def mark_sent_back(*, line_id: int, reference: str, user: Any, moment: datetime) -> None:
    """The money was transferred back, under this reference of the bank's. Raises CannotDecide."""
    reference = " ".join(reference.split())[:100]
    if not reference:
        raise CannotDecide(_("Bạn điền số tham chiếu của ngân hàng."))
    line = Line.objects.select_for_update(of=("self",)).get(pk=line_id)
    still = Line.objects.filter(pk=line_id, state=LineState.BACK)
    if not still.update(state=LineState.SENT_BACK, sent_back_reference=reference):
        raise CannotDecide(_("Dòng này không chờ chuyển lại."))
    before, after = {"state": LineState.BACK}, {"state": LineState.SENT_BACK, "reference": reference}
    record(action=SENT_BACK, target=line, actor=user, before=before, after=after)
    ask_again(source=Source.BANK, days={line.day}, moment=moment)


def _decide(
    decision_id: int, to: DecisionState, user: Any, moment: datetime, note: str
) -> tuple[Decision, list[Line]]:
    """The decision, made by another person than who proposed, and its lines, held."""
    decision = _locked(decision_id)
    if user.pk == decision.proposer_key:
        raise CannotDecide(_("Bạn là người đề nghị: cần một người khác xác nhận hoặc bác."))
    facts = {"decider_key": user.pk, "decided_by": user, "decided_at": moment}
    return decision, _end(decision, to, decided_note=note.strip()[:500], **facts)


def _locked(decision_id: int) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)


def _end(decision: Decision, to: DecisionState, **facts: Any) -> list[Line]:
    """Written where it is still proposed; its lines, held."""
    still = Decision.objects.filter(pk=decision.pk, state=DecisionState.PROPOSED)
    if not still.update(state=to, **facts):
        raise CannotDecide(_("Đề nghị này vừa được quyết định hoặc rút lại rồi."))
    decision.refresh_from_db()
    return _held(decision.lines.values_list("pk", flat=True))


def _take(decision: Decision, lines: list[Line], user: Any, moment: datetime) -> str:
    payment = Payment.objects.get(pk=decision.payment_id or 0)
    try:
        outcome = take(
            lines=lines, payment=payment, by=By(Role.STAFF, user), moment=moment, before=LineState.PROPOSED
        )
    except AmountDiffers as error:
        raise CannotDecide(_short(payment, sum((line.amount for line in lines), Decimal(0)))) from error
    if not outcome:
        raise CannotDecide(_("Lần thanh toán này đã có tiền của dòng khác. Bạn bác đề nghị rồi xem lại nhé."))
    return outcome


def _check(proposal: Proposal, lines: list[Line]) -> None:
    if any(line.carrier_id for line in lines):
        raise CannotDecide(_("Dòng của đơn vị vận chuyển được giải thích ở trang ngày đối soát."))
    if proposal.kind != Kind.OTHER and any(line.amount < 0 for line in lines):
        raise CannotDecide(_("Chỉ nhận hoặc chuyển lại được tiền vào."))
    if proposal.kind != Kind.TAKE:
        return
    payment = Payment.objects.filter(pk=proposal.payment or 0, method=Method.TRANSFER).first()
    if payment is None:
        raise CannotDecide(_("Bạn chọn lần thanh toán bằng chuyển khoản để nhận tiền."))
    if payment.lines.exists():
        raise CannotDecide(
            _("Lần thanh toán này đã có tiền của dòng khác. Tiền đến lần nữa thì chuyển lại người gửi.")
        )
    amount = sum((line.amount for line in lines), Decimal(0))
    if amount < payment.amount:
        raise CannotDecide(_short(payment, amount))


def _short(payment: Payment, amount: Decimal) -> str:
    words = _("Cần %(asked)s mà các dòng đã chọn chỉ có %(amount)s. Bạn chọn thêm dòng, hoặc chuyển lại.")
    return words % {"asked": dong(payment.amount), "amount": dong(amount)}


def _held(keys: Collection[int]) -> list[Line]:
    return list(Line.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk"))


def _move(lines: list[Line], before: LineState, after: LineState) -> None:
    moved = Line.objects.filter(pk__in=[line.pk for line in lines], state=before).update(state=after)
    if moved != len(lines):
        raise CannotDecide(_("Có dòng vừa được người khác xử lý. Bạn tải lại trang rồi xem lại nhé."))


def _record(action: str, decision: Decision, user: Any, lines: list[Line], after: LineState) -> None:
    told = {
        "kind": decision.kind,
        "payment": decision.payment_id,
        "lines": [line.pk for line in lines],
        "outcome": decision.outcome,
        "state": str(after),
    }
    record(action=action, target=decision, actor=user, before={"state": str(lines[0].state)}, after=told)
