"""Forms that ask for a place of today, and what to do with one of formerly: propose and ask."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace import clock
from marketplace.accounts.phones import PhoneError, parse_phone
from producers.communes import CommuneError, communes_of, find_commune
from producers.former import propose
from producers.models import Commune, Province

from .book import Written
from .models import UserAddress

REQUIRED = _("Bạn điền giúp chỗ này nhé.")


class PlaceFields(forms.Form):
    """Province, commune, street and old address. `commune` is set once they name one that exists.

    What names an old unit is not changed by itself: `de_nghi` offers what it became, and the person chooses.
    """

    tinh = forms.ModelChoiceField(
        label=_("Tỉnh, thành phố"),
        queryset=Province.objects.select_related("region"),
        to_field_name="slug",
        empty_label=_("Chọn tỉnh, thành phố"),
        widget=forms.Select({"autocomplete": "address-level1"}),
        error_messages={"required": _("Bạn chọn tỉnh, thành phố nơi nhận."), "invalid_choice": REQUIRED},
    )
    xa = forms.CharField(
        label=_("Xã, phường, đặc khu"),
        max_length=96,
        help_text=_("Gõ vài chữ rồi chọn trong danh sách."),
        widget=forms.TextInput({"autocomplete": "off", "list": "xa-ds"}),
        error_messages={"required": _("Bạn điền xã, phường hoặc đặc khu nơi nhận.")},
    )
    duong = forms.CharField(
        label=_("Số nhà, đường, thôn, tổ"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "address-line1"}),
        error_messages={"required": REQUIRED},
    )
    dia_chi_cu = forms.CharField(
        label=_("Địa chỉ cũ"),
        required=False,
        max_length=200,
        help_text=_("Ghi thêm nếu người giao quen tên trước tháng 7/2025."),
    )
    de_nghi = forms.CharField(
        label=_("Nơi ấy nay thuộc đâu?"), required=False, max_length=5, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.commune: Commune | None = None
        self.proposals: list[Commune] = []

    def clean(self) -> dict[str, Any]:
        """The commune must be of the province, or be chosen among what the old one became."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        province, typed = data.get("tinh"), data.get("xa", "")
        refusal = ""
        if province and typed:
            try:
                self.commune = find_commune(province=province, text=typed)
            except CommuneError as error:
                refusal = str(error)
        if self.commune is None and not self._chosen():
            self._ask(province, typed, refusal)
        return data

    def _chosen(self) -> bool:
        """Take the commune that the person chose among those proposed, whatever else is typed."""
        code = self.cleaned_data.get("de_nghi")
        known = Commune.objects.on(clock.today()).select_related("province")
        self.commune = known.filter(code=code).first() if code else None
        if self.commune is None:
            return False
        for name in ("tinh", "xa"):
            self.errors.pop(name, None)
        self.cleaned_data["dia_chi_cu"] = self.cleaned_data.get("dia_chi_cu") or self.cleaned_data.get(
            "xa", ""
        )
        return True

    def _ask(self, province: Province | None, typed: str, refusal: str) -> None:
        words = ", ".join(part for part in (typed, self.cleaned_data.get("dia_chi_cu", "")) if part)
        self.offer(propose(text=words, province=province) if words else [])
        if self.proposals:
            for name in ("tinh", "xa"):
                self.errors.pop(name, None)
            self.add_error("de_nghi", gettext("Đây là tên cũ. Bạn chọn nơi đúng ở hiện tại nhé."))
        elif refusal:
            self.add_error("xa", refusal)

    def offer(self, communes: list[Commune]) -> None:
        """Show communes to choose among."""
        self.proposals = communes
        choices = [(row.code, f"{row.full_name}, {row.province.display_name}") for row in communes]
        widget: Any = self.fields["de_nghi"].widget
        widget.choices = choices

    def communes(self) -> list[Commune]:
        """All of the chosen province, for the list of the field."""
        slug = self["tinh"].value()
        return communes_of(slug=slug) if isinstance(slug, str) and slug else []


class AddressForm(PlaceFields):
    """An address of the book."""

    ho_ten = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": REQUIRED},
    )
    dien_thoai = forms.CharField(
        label=_("Số điện thoại"),
        max_length=40,
        help_text=_("Người giao hàng gọi số này."),
        widget=forms.TextInput({"autocomplete": "tel", "type": "tel", "inputmode": "tel"}),
        error_messages={"required": REQUIRED},
    )
    mac_dinh = forms.BooleanField(label=_("Dùng làm địa chỉ mặc định"), required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.order_fields(["de_nghi", "ho_ten", "dien_thoai"])  # as the page shows them
        self.fields["tinh"].widget.attrs |= {
            "data-hx-get": reverse_lazy("address:communes"),
            "data-hx-target": "#xa-ds",
        }

    def clean_ho_ten(self) -> str:
        return " ".join(str(self.cleaned_data["ho_ten"]).split())

    def clean_dien_thoai(self) -> str:
        try:
            return parse_phone(self.cleaned_data["dien_thoai"])
        except PhoneError as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def written(self) -> Written:
        """What a valid form says."""
        data = self.cleaned_data
        assert self.commune is not None
        return Written(
            name=data["ho_ten"],
            phone=data["dien_thoai"],
            street=data["duong"],
            commune=self.commune,
            former_address=data["dia_chi_cu"],
        )


def initial_of(address: UserAddress) -> dict[str, Any]:
    """What a form starts with that is to change this address, or to send goods there."""
    phone = address.phone_number
    return {
        "ho_ten": address.first_name,
        "dien_thoai": phone.as_national if phone else "",
        "tinh": address.province.slug,
        "xa": address.commune.full_name,
        "duong": address.line1,
        "dia_chi_cu": address.former_address,
    }
