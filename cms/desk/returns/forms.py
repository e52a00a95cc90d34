"""What staff can do with one request. Each form says when it fits, and carries itself out."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import ReturnRequest, ReturnState, Role
from marketplace.order.models.returning import TEXT_LENGTH
from marketplace.order.parcels import By
from marketplace.order.returns import moving
from marketplace.order.returns.rules import RULES, Reason
from marketplace.order.returns.states import NEXT

BUYER_READS = _("Người mua và nhà sản xuất đọc được lời này.")
LONG = _("Dài quá: nhiều nhất %(limit_value)d chữ cái, bạn đang viết %(show_value)d.")


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=TEXT_LENGTH,
        help_text=BUYER_READS,
        widget=forms.Textarea({"rows": 3, "cols": 40}),
        error_messages={"max_length": LONG},
    )


class ReturnForm(forms.Form):
    """One thing to do with a request. `carry_out` raises CannotReturn.

    Each kind says itself what it does; forms have a metaclass of their own, so ABC cannot ask for it.
    """

    name: ClassVar[str]
    to: ClassVar[ReturnState]
    label: ClassVar[Any]
    grave: ClassVar[bool] = False

    def __init__(self, *args: Any, request: ReturnRequest, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.name}-%s"} | kwargs)
        self.request = request

    @classmethod
    def fits(cls, request: ReturnRequest, *, moment: datetime) -> bool:
        """Whether a button for it makes sense now; the domain decides in the end."""
        return cls.to in NEXT[ReturnState(request.state)]

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        raise NotImplementedError


class Agreeing(ReturnForm):
    """An answer or decision for the buyer says what becomes of the goods."""

    reasons = _words(_("Lý do"))
    goods_kept = forms.BooleanField(label=_("Người mua không cần gửi hàng lại"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not RULES[Reason(self.request.reason)].comes_back:
            del self.fields["goods_kept"]

    def agreed(self) -> dict[str, Any]:
        return {
            "reasons": self.cleaned_data["reasons"],
            "goods_kept": self.cleaned_data.get("goods_kept", True),
        }


class Accept(Agreeing):
    name, to = "dong-y", ReturnState.ACCEPTED
    label = _("Nhà sản xuất đồng ý")

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by = By(Role.STAFF, user, self.request.consignment.partner)
        moving.answer_return(request_id=self.request.pk, accepted=True, by=by, moment=moment, **self.agreed())


class Decline(ReturnForm):
    name, to, grave = "tu-choi", ReturnState.DECLINED, True
    label = _("Nhà sản xuất không đồng ý")
    reasons = _words(_("Lý do"))

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by, reasons = By(Role.STAFF, user, self.request.consignment.partner), self.cleaned_data["reasons"]
        moving.answer_return(
            request_id=self.request.pk,
            accepted=False,
            reasons=reasons,
            goods_kept=False,
            by=by,
            moment=moment,
        )


class Escalate(ReturnForm):
    """A buyer who rings up asks the shop to decide."""

    name, to = "xem-xet", ReturnState.ESCALATED
    label = _("Người mua nhờ Chợ xem xét")
    note = _words(_("Ghi chú"), required=False)

    @classmethod
    def fits(cls, request: ReturnRequest, *, moment: datetime) -> bool:
        return bool(request.state == ReturnState.DECLINED)

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        note = self.cleaned_data["note"]
        moving.escalate_return(request_id=self.request.pk, by=By(Role.STAFF, user), moment=moment, note=note)


class Grant(Agreeing):
    name, to = "chap-nhan", ReturnState.GRANTED
    label = _("Chợ chấp nhận")

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by = By(Role.STAFF, user)
        moving.decide_return(request_id=self.request.pk, granted=True, by=by, moment=moment, **self.agreed())


class Refuse(ReturnForm):
    name, to, grave = "khong-chap-nhan", ReturnState.REFUSED, True
    label = _("Chợ không chấp nhận")
    reasons = _words(_("Lý do"))

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by, reasons = By(Role.STAFF, user), self.cleaned_data["reasons"]
        moving.decide_return(
            request_id=self.request.pk, granted=False, reasons=reasons, goods_kept=False, by=by, moment=moment
        )


class Receive(ReturnForm):
    """How many pieces of each item can be sold again."""

    name, to = "da-nhan-hang", ReturnState.RECEIVED
    label = _("Đã nhận lại hàng")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(self.request.items.select_related("line"))
        for item in self.items:
            line: Any = item.line
            self.fields[f"fit-{item.line_id}"] = forms.IntegerField(
                label=_("%(title)s: số bán lại được") % {"title": line.title},
                min_value=0,
                max_value=item.quantity,
                initial=0,
                help_text=_("Nhận lại %(number)d. Số bán lại được vào kho ngay.") % {"number": item.quantity},
            )
        self.fields["note"] = _words(_("Ghi chú"), required=False)

    @classmethod
    def fits(cls, request: ReturnRequest, *, moment: datetime) -> bool:
        return super().fits(request, moment=moment) and not request.goods_kept

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        data = self.cleaned_data
        fit = {item.line_id: data[f"fit-{item.line_id}"] for item in self.items}
        moving.receive_goods(
            request_id=self.request.pk, fit=fit, by=By(Role.STAFF, user), moment=moment, note=data["note"]
        )


class Close(ReturnForm):
    """Goods that did not come back until now stay with the buyer."""

    name, to = "ket-thuc", ReturnState.CLOSED
    label = _("Kết thúc yêu cầu")
    note = _words(_("Ghi chú"), required=False)

    def __init__(self, *args: Any, request: ReturnRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        if request.state != ReturnState.RECEIVED and not request.goods_kept:
            self.label = _("Kết thúc, không chờ thêm hàng")  # type: ignore[misc]

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by, note = By(Role.STAFF, user), self.cleaned_data["note"]
        moving.close_return(request_id=self.request.pk, by=by, moment=moment, note=note)


class Lapse(ReturnForm):
    name, to, grave = "het-hieu-luc", ReturnState.LAPSED, True
    label = _("Hàng không được gửi lại: bỏ yêu cầu")
    note = _words(_("Lý do"))

    @classmethod
    def fits(cls, request: ReturnRequest, *, moment: datetime) -> bool:
        return super().fits(request, moment=moment) and request.goods_kept is False

    def carry_out(self, *, user: Any, moment: datetime) -> None:
        by, note = By(Role.STAFF, user), self.cleaned_data["note"]
        moving.lapse_return(request_id=self.request.pk, by=by, moment=moment, note=note)


FORMS: tuple[type[ReturnForm], ...] = (
    Accept,
    Decline,
    Escalate,
    Grant,
    Refuse,
    Receive,
    Close,
    Lapse,
)
