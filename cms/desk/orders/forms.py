"""What staff can do with one parcel. Each form says whose right it is, when it fits, and carries itself out."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Carrier, Parcel, ParcelState
from marketplace.order.parcels import SETTLED, By, Tracking, move_parcel, split_parcel
from marketplace.order.states import AT_PRODUCER, NEXT
from marketplace.order.tracking import change_tracking

from . import rights

REASON_LENGTH = 500


class ParcelForm(forms.Form):
    """One thing to do with a parcel. `carry_out` raises CannotMove.

    Each kind says itself when it fits and what it does; forms have a metaclass of their own, so ABC cannot ask for it.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    done: ClassVar[Any]
    right: ClassVar[str] = rights.MOVE
    grave: ClassVar[bool] = False
    do_not_call_in_templates: ClassVar[bool] = True  # pages name the kinds themselves

    def __init__(self, data: Any = None, *, parcel: Parcel) -> None:
        super().__init__(data, auto_id=f"{self.name}-{parcel.pk}-%s", initial={})
        self.parcel = parcel

    @classmethod
    def fits(cls, parcel: Parcel) -> bool:
        """Whether a button for it makes sense now; the domain decides in the end."""
        raise NotImplementedError

    def carry_out(self, *, by: By, moment: datetime) -> None:
        raise NotImplementedError


class Move(ParcelForm):
    to: ClassVar[ParcelState]

    @classmethod
    def fits(cls, parcel: Parcel) -> bool:
        paid = parcel.consignment.order.payment_state in SETTLED
        return cls.to in NEXT[ParcelState(parcel.state)] and (paid or cls.to == ParcelState.CANCELLED)

    def details(self) -> dict[str, Any]:
        """What else move_parcel is told."""
        return {}

    def carry_out(self, *, by: By, moment: datetime) -> None:
        move_parcel(parcel_id=self.parcel.pk, to=self.to, by=by, moment=moment, **self.details())


class Confirm(Move):
    name, to = "confirm", ParcelState.CONFIRMED
    label, done = _("Xác nhận"), _("Đã xác nhận kiện %(number)s.")


class Pack(Move):
    name, to = "pack", ParcelState.PACKED
    label, done = _("Đã đóng gói xong"), _("Kiện %(number)s đã đóng gói.")


class HandOver(Move):
    """Without a carrier the producer brings the parcel, and it has no number."""

    name, to = "hand-over", ParcelState.HANDED_OVER
    label, done = _("Giao cho đơn vị vận chuyển"), _("Kiện %(number)s đã lên đường.")
    carrier = forms.ModelChoiceField(
        Carrier.objects.filter(is_active=True),
        label=_("Đơn vị vận chuyển"),
        required=False,
        empty_label=_("Nhà sản xuất tự giao"),
    )
    tracking_number = forms.CharField(label=_("Mã vận đơn"), max_length=64, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("tracking_number") and not data.get("carrier") and not self.errors:
            self.add_error("carrier", _("Bạn chọn đơn vị vận chuyển của mã vận đơn này."))
        return data

    def details(self) -> dict[str, Any]:
        carrier = self.cleaned_data["carrier"]
        return {"tracking": Tracking(carrier, self.cleaned_data["tracking_number"])} if carrier else {}


class Deliver(Move):
    name, to = "deliver", ParcelState.DELIVERED
    label, done = _("Đã giao đến người nhận"), _("Kiện %(number)s đã giao.")


class Reasoned(Move):
    """An end that nobody hoped for is explained."""

    grave = True
    note = forms.CharField(
        label=_("Lý do"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2, "cols": 30})
    )

    def details(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


class Return(Reasoned):
    name, to = "return", ParcelState.RETURNED
    label, done = _("Hàng bị hoàn"), _("Kiện %(number)s đã hoàn hàng.")
    goods_back = forms.BooleanField(label=_("Hàng còn tốt, nhập lại kho để bán tiếp"), required=False)

    def details(self) -> dict[str, Any]:
        return super().details() | {"goods_back": self.cleaned_data["goods_back"]}


class Lose(Reasoned):
    name, to = "lose", ParcelState.LOST
    label, done = _("Thất lạc"), _("Kiện %(number)s đã báo thất lạc.")


class Cancel(Reasoned):
    name, to = "cancel", ParcelState.CANCELLED
    label, done = _("Hủy kiện"), _("Đã hủy kiện %(number)s.")
    right = rights.CANCEL


class Split(ParcelForm):
    """How many of each item go into a new parcel; what the page showed comes back with it."""

    name = "split"
    label, done = _("Tách kiện"), _("Đã tách kiện %(number)s.")
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, parcel: Parcel) -> None:
        super().__init__(data, parcel=parcel)
        self.items = list(self.parcel.items.all())
        self.initial["seen"] = " ".join(f"{item.line_id}:{item.quantity}" for item in self.items)
        for item in self.items:
            self.fields[f"line-{item.line_id}"] = forms.IntegerField(
                label=f"{item.line.title} {item.line.size}".strip(),
                min_value=0,
                max_value=item.quantity,
                initial=0,
                required=False,
                help_text=_("Trong kiện có %(number)d") % {"number": item.quantity},
            )

    @classmethod
    def fits(cls, parcel: Parcel) -> bool:
        return parcel.state in AT_PRODUCER and sum(item.quantity for item in parcel.items.all()) > 1

    def clean_seen(self) -> dict[int, int]:
        try:
            pairs = [pair.split(":") for pair in self.cleaned_data["seen"].split()]
            return {int(line): int(quantity) for line, quantity in pairs}
        except ValueError as error:
            raise forms.ValidationError(_("Biểu mẫu không còn đúng. Bạn tải lại trang nhé.")) from error

    def carry_out(self, *, by: By, moment: datetime) -> None:
        data = self.cleaned_data
        asked = {item.line_id: data[f"line-{item.line_id}"] or 0 for item in self.items}
        split_parcel(parcel_id=self.parcel.pk, quantities=asked, by=by, moment=moment, seen=data["seen"])


class ChangeTracking(ParcelForm):
    """Another carrier or number than was written at handing over; what stood there comes back with it."""

    name = "tracking"
    label, done = _("Sửa mã vận đơn"), _("Đã sửa mã vận đơn của kiện %(number)s.")
    carrier = forms.ModelChoiceField(Carrier.objects.all(), label=_("Đơn vị vận chuyển"))
    tracking_number = forms.CharField(label=_("Mã vận đơn"), max_length=64, required=False)
    seen_carrier = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_number = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, parcel: Parcel) -> None:
        super().__init__(data, parcel=parcel)
        carrier, number = self.parcel.carrier_id, self.parcel.tracking_number
        self.initial.update(carrier=carrier, tracking_number=number)
        self.initial.update(seen_carrier=carrier, seen_number=number)

    @classmethod
    def fits(cls, parcel: Parcel) -> bool:
        return bool(parcel.state == ParcelState.HANDED_OVER)

    def carry_out(self, *, by: By, moment: datetime) -> None:
        data = self.cleaned_data
        tracking = Tracking(data["carrier"], data["tracking_number"])
        seen = (data["seen_carrier"], data["seen_number"])
        change_tracking(parcel_id=self.parcel.pk, tracking=tracking, seen=seen, by=by)


FORMS: tuple[type[ParcelForm], ...] = (
    Confirm,
    Pack,
    HandOver,
    Deliver,
    ChangeTracking,
    Split,
    Return,
    Lose,
    Cancel,
)


class CancelConsignment(forms.Form):
    """A whole part of an order, before any of it was sent."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 2, "cols": 30})
    )
