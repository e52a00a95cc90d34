"""The one page a guest fills in."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.phones import PhoneError, parse_phone
from marketplace.look.templatetags.look import path
from marketplace.shipping.quotes import Destination
from producers.models import Commune, Province

from .communes import CommuneError, find_commune

REQUIRED = _("Bạn điền giúp chỗ này nhé.")


def _terms_links() -> SafeString:
    return format_html(
        gettext('Đọc <a href="{}">điều khoản mua bán</a> và <a href="{}">cách xử lý dữ liệu cá nhân</a>.'),
        path("/phap-ly/dieu-khoan/"),
        path("/phap-ly/du-lieu-ca-nhan/"),
    )


class CheckoutForm(forms.Form):
    """Who, where, how to pay, what is agreed to. `destination` is set once province and commune fit together."""

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
    loi_nhan = forms.CharField(
        label=_("Lời nhắn"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    dong_y = forms.BooleanField(
        label=_("Tôi đồng ý với điều khoản mua bán và cách xử lý dữ liệu cá nhân."),
        error_messages={"required": _("Bạn cần đồng ý để chúng tôi nhận đơn.")},
    )
    nhan_tin = forms.BooleanField(
        label=_("Gửi cho tôi tin về phiên chợ mới. Không bắt buộc, bỏ lúc nào cũng được."), required=False
    )
    da_xem = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.destination: Destination | None = None
        self.fields["dong_y"].help_text = _terms_links()
        self._listen()

    def _listen(self) -> None:
        """With htmx, province and commune bring charges, and the province its communes."""
        charges = {
            "data-hx-get": reverse_lazy("checkout:charges"),
            "data-hx-target": "#tom-tat",
            "data-hx-include": "#id_tinh, #id_xa",
        }
        self.fields["tinh"].widget.attrs |= charges
        self.fields["xa"].widget.attrs |= charges | {"data-hx-trigger": "change"}

    def clean_ho_ten(self) -> str:
        return " ".join(str(self.cleaned_data["ho_ten"]).split())

    def clean_dien_thoai(self) -> str:
        try:
            return parse_phone(self.cleaned_data["dien_thoai"])
        except PhoneError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """The commune must be of the province."""
        data: dict[str, Any] = self.cleaned_data
        province, text = data.get("tinh"), data.get("xa")
        if province and text:
            try:
                self.destination = Destination(province, find_commune(province=province, text=text))
            except CommuneError as error:
                self.add_error("xa", str(error))
        return data

    def communes(self) -> list[Commune]:
        """All of the chosen province, for the list of the field."""
        slug = self["tinh"].value()
        if not slug:
            return []
        return list(Commune.objects.filter(province__slug=slug).order_by("folded", "code"))
