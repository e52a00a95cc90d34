from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .waiting import find_awaited

GONE = _("Món này đang có hàng, hoặc không còn bán ở đây. Bạn xem lại trang sản phẩm nhé.")


class WaitForm(forms.Form):
    """What is waited for and, of guests, where to."""

    san_pham = forms.IntegerField(
        min_value=1, max_value=2**62, widget=forms.HiddenInput, error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), GONE
        )
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("Chúng tôi gửi một thư để bạn xác nhận, rồi chỉ gửi một thư nữa khi có hàng."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Bạn điền email nhé."), "invalid": _("Địa chỉ email chưa đúng, ví dụ ten@example.vn.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, signed_in: bool) -> None:
        super().__init__(data, label_suffix="")
        if signed_in:
            del self.fields["email"]

    def clean_san_pham(self) -> Any:
        """The product itself."""
        product = find_awaited(self.cleaned_data["san_pham"])
        if product is None:
            raise forms.ValidationError(GONE)
        return product
