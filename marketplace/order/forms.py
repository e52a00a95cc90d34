"""What a buyer is asked when something changes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CancelForm(forms.Form):
    """Why a part is cancelled; nobody has to say."""

    ly_do = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=500,
        help_text=_("Nhà sản xuất đọc được lời này."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Lý do dài tối đa 500 ký tự.")},
    )

    def __init__(self, data: dict[str, str] | None = None) -> None:
        super().__init__(data, label_suffix="")
