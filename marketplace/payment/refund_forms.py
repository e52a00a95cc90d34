"""Where a buyer wants a refund to go."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .banks import BANKS


class RefundAccountForm(forms.Form):
    """Never filled in before: whoever has the order's link would read the number."""

    ngan_hang = forms.ChoiceField(
        label=_("Ngân hàng"),
        choices=[("", _("Chọn ngân hàng")), *sorted(BANKS.items(), key=lambda bank: bank[1].casefold())],
        error_messages={"required": _("Bạn chọn ngân hàng."), "invalid_choice": _("Bạn chọn ngân hàng.")},
    )
    so_tai_khoan = forms.CharField(
        label=_("Số tài khoản"),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Bạn điền số tài khoản.")},
    )
    chu_tai_khoan = forms.CharField(
        label=_("Chủ tài khoản"),
        max_length=70,
        help_text=_("Đúng như ngân hàng ghi, có dấu hay không đều được."),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": _("Bạn điền tên chủ tài khoản."),
            "max_length": _("Tên dài tối đa 70 chữ cái."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_so_tai_khoan(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["so_tai_khoan"])
        if not re.fullmatch(r"[0-9A-Za-z]{6,19}", number):
            raise forms.ValidationError(_("Số tài khoản có từ 6 đến 19 chữ số."))
        return number

    def clean_chu_tai_khoan(self) -> str:
        name = " ".join(self.cleaned_data["chu_tai_khoan"].split())
        if not re.fullmatch(r"[^\W\d_][^\d_<>@]*", name):
            raise forms.ValidationError(_("Tên chủ tài khoản chỉ có chữ cái."))
        return name.upper()
