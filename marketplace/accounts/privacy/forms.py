"""What the pages about one's data ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import User

REQUIRED = gettext_lazy("Bạn điền giúp chỗ này nhé.")


class DeletionForm(forms.Form):
    """The password again, and a tick: nobody deletes an account by one click."""

    mat_khau = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": REQUIRED},
    )
    hieu = forms.BooleanField(
        label=gettext_lazy("Tôi hiểu và muốn xóa tài khoản của mình."),
        error_messages={"required": gettext_lazy("Bạn đánh dấu ô này để xác nhận.")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, label_suffix="")
        self.user = user

    def clean_mat_khau(self) -> str:
        password = str(self.cleaned_data["mat_khau"])
        if not self.user.check_password(password):
            raise forms.ValidationError(_("Mật khẩu chưa đúng."))
        return password
