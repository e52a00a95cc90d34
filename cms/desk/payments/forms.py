"""What staff do with one refund, and with the money of an order."""

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.look.figures import dong
from marketplace.order.models import Order, Parcel, ParcelState
from marketplace.order.parcels import By
from marketplace.payment import transfers
from marketplace.payment.granting import Wanted, delivered, pieces_of_parcel, shipping_left
from marketplace.payment.models import Method, Refund, RefundReason, RefundStatus
from marketplace.payment.models.refund import ON_THE_WAY

WORDS = forms.Textarea(attrs={"rows": 2, "cols": 30})


class RefundForm(forms.Form):
    """One thing to do with a refund. `carry_out` raises refund_states.CannotMove.

    Each kind says itself when it fits and what it does; forms have a metaclass of their own, so ABC cannot ask for it.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    grave: ClassVar[bool] = False
    quiet: ClassVar[bool] = False
    needs_account: ClassVar[bool] = False
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(self, data: Any = None, *, refund: Refund) -> None:
        super().__init__(data, auto_id=f"{self.name}-%s")
        self.refund = refund

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        """Whether a button for it makes sense now; the domain decides in the end."""
        raise NotImplementedError

    def carry_out(self, *, by: By, moment: datetime) -> None:
        raise NotImplementedError


def _is_transfer(refund: Refund, *states: RefundStatus) -> bool:
    return refund.way == Method.TRANSFER and refund.status in states


class Prepare(RefundForm):
    name, label = "chuan-bi", _("Chuẩn bị xong, chờ người khác chuyển")
    needs_account = True

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        return _is_transfer(refund, RefundStatus.DUE) and transfers.needs_two(refund)

    def carry_out(self, *, by: By, moment: datetime) -> None:
        shown = self.data.get("account", "")
        transfers.prepare(refund_id=self.refund.pk, by=by, moment=moment, shown=shown)


class Confirm(RefundForm):
    name, label = "da-chuyen", _("Đã chuyển khoản")
    needs_account = True
    reference = forms.CharField(label=_("Mã giao dịch của ngân hàng"), max_length=100)

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        if _is_transfer(refund, RefundStatus.PENDING):
            return bool(refund.prepared_by_id != user.pk)
        return _is_transfer(refund, RefundStatus.DUE) and not transfers.needs_two(refund)

    def carry_out(self, *, by: By, moment: datetime) -> None:
        transfers.confirm(
            refund_id=self.refund.pk,
            reference=self.cleaned_data["reference"],
            by=by,
            moment=moment,
            shown=self.data.get("account", ""),
        )


class TakeBack(RefundForm):
    name, label, quiet = "chuan-bi-lai", _("Trả về để chuẩn bị lại"), True
    note = forms.CharField(label=_("Vì sao"), max_length=500, widget=WORDS)

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        return _is_transfer(refund, RefundStatus.PENDING)

    def carry_out(self, *, by: By, moment: datetime) -> None:
        note = self.cleaned_data["note"]
        transfers.take_back(refund_id=self.refund.pk, by=by, moment=moment, note=note)


class Fail(RefundForm):
    name, label, grave = "khong-tra-duoc", _("Không trả lại được"), True
    note = forms.CharField(
        label=_("Vì sao"),
        max_length=500,
        widget=WORDS,
        help_text=_("Ví dụ: ngân hàng báo sai số tài khoản, tiền đã quay về."),
    )

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        return _is_transfer(refund, *ON_THE_WAY, RefundStatus.SUCCEEDED)

    def carry_out(self, *, by: By, moment: datetime) -> None:
        transfers.fail(refund_id=self.refund.pk, by=by, moment=moment, note=self.cleaned_data["note"])


class Again(RefundForm):
    name, label = "tra-cach-khac", _("Trả lại bằng chuyển khoản")

    @classmethod
    def fits(cls, refund: Refund, user: Any) -> bool:
        return refund.status == RefundStatus.FAILED and not hasattr(refund, "again")

    def carry_out(self, *, by: By, moment: datetime) -> None:
        transfers.give_again(refund_id=self.refund.pk, by=by, moment=moment)


FORMS: tuple[type[RefundForm], ...] = (Prepare, Confirm, TakeBack, Again, Fail)


class SeenForm(forms.Form):
    note = forms.CharField(label=_("Đã làm gì"), max_length=500)


class GrantForm(forms.Form):
    """What is to be given back of an order. Sent once to see the sum, and once more, with it, to confirm."""

    what = forms.ChoiceField(label=_("Trả lại"), widget=forms.RadioSelect)
    amount = forms.IntegerField(
        label=_("Số tiền (đồng)"),
        required=False,
        min_value=1,
        help_text=_("Chỉ cho khoản thiện chí. Viết số, không có dấu chấm: 20000."),
        error_messages={"invalid": _("Bạn viết số đồng chẵn, chỉ có chữ số.")},
    )
    words = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=WORDS,
        help_text=_("Người mua đọc được lời này."),
        error_messages={"required": _("Bạn cần ghi rõ lý do, người mua sẽ đọc lời này.")},
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    shown = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, order: Order) -> None:
        super().__init__(data, auto_id="tra-lai-%s", initial={"key": secrets.token_urlsafe(16)})
        self.order = order
        self.lines = {f"line-{one.line.pk}": one for one in delivered(order.pk) if one.left}
        for name, one in self.lines.items():
            self.fields[name] = forms.IntegerField(
                label=f"{one.line.title} {one.line.size}".strip(),
                required=False,
                min_value=0,
                help_text=_("Còn %(left)d sản phẩm, %(worth)s.")
                % {"left": one.left, "worth": dong(one.worth(one.left))},
            )
        self.fields["what"].choices = self._choices()  # type: ignore[attr-defined]

    def _choices(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        if self.lines:
            found.append((RefundReason.ITEMS.value, _("Tiền hàng: số sản phẩm ghi bên dưới")))
        parcels = Parcel.objects.filter(consignment__order=self.order, state=ParcelState.DELIVERED)
        words = _("Tiền hàng của kiện %(parcel)s")
        found += [
            (f"parcel-{parcel.pk}", words % {"parcel": parcel})
            for parcel in (parcels.select_related("consignment") if self.lines else ())
        ]
        for part in self.order.consignments.select_related("partner"):
            if left := shipping_left(part):
                facts = {"partner": part.partner, "sum": dong(left)}
                found.append((f"shipping-{part.pk}", _("Phí giao của %(partner)s: %(sum)s") % facts))
        return [
            *found,
            (RefundReason.GOODWILL.value, _("Thiện chí: số tiền ghi bên dưới")),
            (RefundReason.WHOLE.value, _("Tất cả những gì còn lại")),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            data.get("what") == RefundReason.GOODWILL
            and not data.get("amount")
            and "amount" not in self.errors
        ):
            self.add_error("amount", _("Bạn ghi số tiền."))
        return data

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        kind, _dash, key = data["what"].partition("-")
        if kind == "parcel":
            return Wanted(RefundReason.ITEMS, pieces=pieces_of_parcel(int(key)))
        if kind == "shipping":
            return Wanted(RefundReason.SHIPPING, consignment=int(key))
        if kind == RefundReason.ITEMS:
            pieces = {one.line.pk: data[name] or 0 for name, one in self.lines.items()}
            return Wanted(RefundReason.ITEMS, pieces=pieces)
        return Wanted(RefundReason(kind), amount=Decimal(data["amount"] or 0))


def four_eyes() -> str:
    """From which sum on two people are needed, as it is said on pages."""
    return dong(settings.REFUND_FOUR_EYES)
