from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """What is asked; its limits are those of `ask`."""

    cau_hoi = forms.CharField(
        label=_("Bạn muốn hỏi gì?"),
        help_text=_("Bạn đừng ghi số điện thoại, email hay liên kết: câu hỏi sẽ hiện công khai."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Bạn viết câu hỏi nhé.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
