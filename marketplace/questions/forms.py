from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.reviews.forms import ReportForm
from marketplace.reviews.reasons import OF_QUESTIONS


class QuestionReportForm(ReportForm):
    """Why a question or its answer should not stand there."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["ly_do"]).choices = OF_QUESTIONS


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
