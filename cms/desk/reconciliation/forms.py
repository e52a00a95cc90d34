"""What staff can do with one line. Each form says when it fits whom, and carries itself out."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace import clock
from marketplace.look.figures import day, dong
from marketplace.payment.models import Method, Payment
from marketplace.reconciliation.deciding import (
    CannotDecide,
    Proposal,
    confirm,
    mark_sent_back,
    propose,
    reject,
    withdraw,
)
from marketplace.reconciliation.models import Decision, DecisionState, Kind, Line, LineState

from .rights import CONFIRM, PROPOSE

NOTE_LENGTH = 500
MOST_OTHERS = 50


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 3, "cols": 40}),
    )


class LineForm(forms.Form):
    """One thing to do with a line. `carry_out` raises CannotDecide.

    Each kind says itself what it does; forms have a metaclass of their own, so ABC cannot ask for it.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    right: ClassVar[str] = PROPOSE
    grave: ClassVar[bool] = False

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.name}-%s"} | kwargs)
        self.line = line

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        """Whether a button for it makes sense now; the domain decides in the end."""
        return bool(line.state == LineState.OPEN and not line.carrier_id)

    def carry_out(self, *, user: Any) -> None:
        raise NotImplementedError


class Take(LineForm):
    """For a payment, alone or with other lines."""

    name, label = "nhan", gettext_lazy("Đề nghị nhận cho một đơn")
    payment = forms.CharField(label=gettext_lazy("Mã chuyển khoản hoặc số đơn"), max_length=64)
    others = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Cùng với các dòng khác"),
        coerce=int,
        required=False,
        help_text=gettext_lazy("Khi người mua chuyển làm nhiều lần."),
        widget=forms.CheckboxSelectMultiple,
    )
    note = _words(gettext_lazy("Lý do"))

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, line=line, **kwargs)
        self.fields["others"].choices = [(one.pk, _told(one)) for one in _others(line)]  # type: ignore[attr-defined]
        if not self.fields["others"].choices:  # type: ignore[attr-defined]
            del self.fields["others"]
        if line.hinted_id and line.hinted:
            self.fields["payment"].initial = line.hinted.reference

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        return super().fits(line, user=user) and line.amount > 0

    def clean_payment(self) -> Payment:
        text = self.cleaned_data["payment"].strip().upper()
        transfers = Payment.objects.filter(method=Method.TRANSFER).order_by("lines", "-created_at", "-pk")
        found = (
            transfers.filter(reference=text).first() or transfers.filter(order__number__iexact=text).first()
        )
        if found is None:
            raise forms.ValidationError(_("Không có lần chuyển khoản nào với mã hay số đơn này."))
        return found

    def carry_out(self, *, user: Any) -> None:
        data = self.cleaned_data
        lines = [self.line.pk, *data.get("others", [])]
        proposal = Proposal(Kind.TAKE, lines, data["note"], data["payment"].pk)
        propose(proposal=proposal, user=user, moment=clock.now())


class Back(LineForm):
    name, label = "chuyen-lai", gettext_lazy("Đề nghị chuyển lại cho người gửi")
    note = _words(gettext_lazy("Lý do"))

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        return super().fits(line, user=user) and line.amount > 0

    def carry_out(self, *, user: Any) -> None:
        proposal = Proposal(Kind.BACK, [self.line.pk], self.cleaned_data["note"])
        propose(proposal=proposal, user=user, moment=clock.now())


class Other(LineForm):
    name, label = "khac", gettext_lazy("Đề nghị ghi là tiền khác")
    note = _words(gettext_lazy("Là tiền gì"))

    def carry_out(self, *, user: Any) -> None:
        proposal = Proposal(Kind.OTHER, [self.line.pk], self.cleaned_data["note"])
        propose(proposal=proposal, user=user, moment=clock.now())


class Proposed(LineForm):
    """Something to do with what was proposed."""

    def decision(self) -> int:
        """Of whoever looked at a page that is old, the domain says so."""
        found = waiting(self.line) or self.line.decisions.order_by("-pk").first()
        if found is None:
            raise CannotDecide(_("Dòng này chưa có đề nghị nào."))
        return found.pk


class Withdraw(Proposed):
    """For the person who proposed."""

    name, label = "rut-lai", gettext_lazy("Rút lại đề nghị")

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        decision = waiting(line)
        return decision is not None and decision.proposer_key == user.pk

    def carry_out(self, *, user: Any) -> None:
        withdraw(decision_id=self.decision(), user=user, moment=clock.now())


class Deciding(Proposed):
    """For another person than who proposed."""

    right = CONFIRM

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        decision = waiting(line)
        return decision is not None and decision.proposer_key != user.pk


class Confirm(Deciding):
    name, label = "xac-nhan", gettext_lazy("Xác nhận")
    note = _words(gettext_lazy("Ghi chú"), required=False)

    def carry_out(self, *, user: Any) -> None:
        note = self.cleaned_data["note"]
        confirm(decision_id=self.decision(), user=user, moment=clock.now(), note=note)


class Reject(Deciding):
    name, label, grave = "bac", gettext_lazy("Bác đề nghị"), True
    note = _words(gettext_lazy("Vì sao"))

    def carry_out(self, *, user: Any) -> None:
        reject(decision_id=self.decision(), user=user, moment=clock.now(), note=self.cleaned_data["note"])


class SentBack(LineForm):
    name, label = "da-chuyen-lai", gettext_lazy("Đã chuyển lại")
    reference = forms.CharField(label=gettext_lazy("Số tham chiếu của ngân hàng"), max_length=100)

    @classmethod
    def fits(cls, line: Line, *, user: Any) -> bool:
        return bool(line.state == LineState.BACK)

    def carry_out(self, *, user: Any) -> None:
        reference = self.cleaned_data["reference"]
        mark_sent_back(line_id=self.line.pk, reference=reference, user=user, moment=clock.now())


FORMS: tuple[type[LineForm], ...] = (Take, Back, Other, Withdraw, Confirm, Reject, SentBack)


def waiting(line: Line) -> Decision | None:
    """What waits for a second person."""
    return line.decisions.filter(state=DecisionState.PROPOSED).first()


def _others(line: Line) -> list[Line]:
    """Lines that came and are not clear either, those for the same payment first."""
    rows = Line.objects.filter(state=LineState.OPEN, carrier__isnull=True, amount__gt=0).exclude(pk=line.pk)
    rows = rows.order_by("-day", "-pk")
    alike = list(rows.filter(hinted=line.hinted_id)) if line.hinted_id else []
    return [*alike, *rows.exclude(pk__in=[one.pk for one in alike])][:MOST_OTHERS]


def _told(line: Line) -> str:
    return f"{day(line.day)} · {dong(line.amount)} · {line.text[:60]}"
