"""The one page that a buyer fills in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.consents import ADULT, MARKETING, ORDER_TERMS
from marketplace.accounts.phones import PhoneError, parse_phone
from marketplace.address.book import Written
from marketplace.address.forms import PlaceFields
from marketplace.basket.summary import Summary
from marketplace.look.templatetags.look import path
from marketplace.shipping.quotes import Destination

from .invoice import InvoiceFields
from .parts import GIFT, NOTE, WAY, fields_for
from .paying import refusals, ways_to_pay

PLACE = ("tinh", "xa", "duong")
#: What the page asks for first; errors above the form stand in the page's order.
WHO = ("dia_chi", "ho_ten", "dien_thoai", "email")
NEW, GONE = "moi", "mat"
LISTENED = (
    f"#id_tinh, #id_xa, [name=dia_chi]:checked, [name=de_nghi]:checked, [name^={WAY}], "
    "[name=thanh_toan]:checked, [name=du_tuoi]:checked, [name=cac_cach]"
)
REQUIRED = _("Bạn điền giúp chỗ này nhé.")


def _terms_links() -> SafeString:
    return format_html(
        gettext('Đọc <a href="{}">điều khoản mua bán</a> và <a href="{}">cách xử lý dữ liệu cá nhân</a>.'),
        path("/phap-ly/dieu-khoan/"),
        path("/phap-ly/du-lieu-ca-nhan/"),
    )


class CheckoutForm(PlaceFields, InvoiceFields):
    """Who, where, how to pay, what is agreed to, and what each producer is told.

    `destination` is set once province and commune fit together. Who fetches everything needs no place.
    """

    dia_chi = forms.CharField(required=False, max_length=20)
    luu_dia_chi = forms.BooleanField(label=_("Lưu địa chỉ này vào sổ địa chỉ"), required=False)

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
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        max_length=254,
        help_text=_("Để chúng tôi liên lạc khi không gọi được bạn."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")},
    )
    loi_nhan = forms.CharField(
        label=_("Lời nhắn"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    thanh_toan = forms.ChoiceField(
        label=_("Cách trả tiền"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bạn chọn một cách trả tiền nhé."),
            "invalid_choice": _("Cách trả tiền này không dùng được. Bạn chọn cách khác nhé."),
        },
    )
    du_tuoi = forms.BooleanField(
        label=ADULT.words,
        error_messages={"required": _("Bạn cần khẳng định điều này để mua đồ uống có cồn.")},
    )
    dong_y = forms.BooleanField(
        label=ORDER_TERMS.words,
        error_messages={"required": _("Bạn cần đồng ý để chúng tôi nhận đơn.")},
    )
    nhan_tin = forms.BooleanField(label=MARKETING.words, required=False)

    def __init__(self, data: Any = None, *, summary: Summary, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.summary = summary
        self.destination: Destination | None = None
        self.fields["dong_y"].help_text = _terms_links()
        self.ways = ways_to_pay(summary)
        self._offer(self.ways)
        self.refusals = refusals(summary)
        if not summary.alcohol:
            del self.fields["du_tuoi"]
        parts = {name: field for group in summary.groups for name, field in fields_for(group).items()}
        self.fields |= parts
        self.order_fields([*WHO, *PlaceFields.base_fields, "loi_nhan", *parts, *InvoiceFields.base_fields])
        for name in PLACE if not summary.needs_place else ():
            self.fields[name].required = False
        self._listen()

    def _offer(self, ways: list[tuple[str, Any]]) -> None:
        """The first way, too, where the one chosen before is not open any more."""
        paying = self.fields["thanh_toan"]
        assert isinstance(paying, forms.ChoiceField)
        paying.choices, paying.initial = ways, ways[0][0] if ways else None
        if self.initial.get("thanh_toan") not in dict(ways):
            self.initial.pop("thanh_toan", None)

    def _listen(self) -> None:
        """With htmx, place and ways bring charges, and the province its communes."""
        charges = {
            "data-hx-get": reverse_lazy("checkout:charges"),
            "data-hx-target": "#tom-tat",
            "data-hx-include": LISTENED,
        }
        self.fields["tinh"].widget.attrs |= charges
        self.fields["xa"].widget.attrs |= charges | {"data-hx-trigger": "change"}
        for name, field in self.fields.items():
            if name.startswith(WAY):
                field.widget.attrs |= charges

    def clean_ho_ten(self) -> str:
        return " ".join(str(self.cleaned_data["ho_ten"]).split())

    def clean_dien_thoai(self) -> str:
        try:
            return parse_phone(self.cleaned_data["dien_thoai"])
        except PhoneError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """The place must be one of today, and a picked address still be in the book."""
        data = super().clean()
        if data.get("dia_chi") == GONE:
            self.add_error(None, gettext("Địa chỉ bạn chọn không còn trong sổ. Bạn chọn hoặc điền lại nhé."))
        if self.commune is not None:
            self.destination = Destination(self.commune.province, self.commune)
        elif not self.summary.needs_place:
            for name in ("xa", "de_nghi"):
                self.errors.pop(name, None)
        return data

    @property
    def ways_shown(self) -> str:
        """What is on offer, for the page to send back: the ways are drawn anew only when it is something else by now,
        since a choice made meanwhile would be lost."""
        return " ".join([*dict(self.ways), *(["18"] if "du_tuoi" in self.fields else [])])

    def written(self) -> Written:
        """Of a valid form: the address as the book keeps it."""
        data = self.cleaned_data
        assert self.destination is not None
        assert self.destination.commune is not None
        return Written(
            name=data["ho_ten"],
            phone=data["dien_thoai"],
            street=data["duong"],
            commune=self.destination.commune,
            former_address=data["dia_chi_cu"],
        )

    def parts(self) -> list[dict[str, Any]]:
        """For the page: each producer's group with its fields; `open` when there are words to be seen."""
        found = []
        for group in self.summary.groups:
            names = {"way": WAY, "note": NOTE, "gift": GIFT}
            fields = {name: self._field(f"{prefix}{group.producer.pk}") for name, prefix in names.items()}
            words = [field for name, field in fields.items() if field is not None and name != "way"]
            opened = any(field.value() or field.errors for field in words)
            found.append({"group": group, "open": opened, **fields})
        return found

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None


def typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody has typed so far, as the initial values of a form that finds no fault yet."""
    return {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}
