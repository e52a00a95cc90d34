"""What a buyer fills in, and what a reader reports."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Line
from marketplace.pictures.cleaning import LONGEST_SIDE
from marketplace.pictures.fields import PhotosField

from .contacts import has_contact
from .models import LONGEST_REPORT, LONGEST_TEXT, MOST_PHOTOS, ProductReview
from .reasons import Reason
from .writing import change_review, write_review

LONG = _("Dài quá: nhiều nhất %(limit_value)d chữ cái, bạn đang viết %(show_value)d.")
POINTS = [
    (5, _("5 điểm: rất ưng")),
    (4, _("4 điểm: ưng")),
    (3, _("3 điểm: tạm được")),
    (2, _("2 điểm: chưa ưng")),
    (1, _("1 điểm: không ưng")),
]


class ReviewForm(forms.Form):
    """Points, words and pictures."""

    diem = forms.TypedChoiceField(
        label=_("Bạn cho mấy điểm?"),
        choices=POINTS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bạn chọn số điểm nhé."),
            "invalid_choice": _("Bạn chọn từ 1 đến 5 điểm."),
        },
    )
    noi_dung = forms.CharField(
        label=_("Nhận xét"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_(
            "Hương vị, bao bì, giao hàng có đúng như mô tả không? Bạn đừng ghi số điện thoại hay địa chỉ."
        ),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"max_length": LONG},
    )
    anh = PhotosField(
        label=_("Ảnh"),
        most=MOST_PHOTOS,
        longest_side=LONGEST_SIDE,
        required=False,
        help_text=_(
            "Nhiều nhất 5 ảnh JPEG, PNG hoặc WebP, mỗi ảnh đến 10 MB. Vị trí chụp ghi trong ảnh được xóa."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, review: ProductReview | None = None) -> None:
        initial = {"diem": review.score, "noi_dung": review.body} if review else {}
        super().__init__(data, files, initial=initial, label_suffix="")
        self.review = review
        self.fields["anh"].widget.attrs["multiple"] = True
        # What is too long is sent all the same, so that it is answered with words, and not cut off in silence.
        self.fields["noi_dung"].widget.attrs.pop("maxlength", None)

    def clean_noi_dung(self) -> str:
        """It is public at once, so nobody's number or address of mail may stand in it."""
        text: str = self.cleaned_data["noi_dung"].strip()
        if has_contact(text):
            raise forms.ValidationError(
                gettext(
                    "Nhận xét sẽ hiện công khai. Bạn bỏ liên kết, email và số điện thoại ra khỏi nhận xét nhé."
                )
            )
        return text

    def save(self, *, line: Line, version: str) -> ProductReview:
        """Write or change the review of the line; raises CannotReview."""
        said = {
            "score": self.cleaned_data["diem"],
            "body": self.cleaned_data["noi_dung"],
            "photos": self.cleaned_data["anh"],
        }
        if self.review is None:
            return write_review(line=line, language=get_language() or "vi", **said)
        return change_review(review=self.review, version=version, dropped=self._dropped(), **said)

    def _dropped(self) -> list[int]:
        """Keys of pictures to take away; whatever else was sent under the name is left out."""
        return [
            int(key)
            for key in cast(QueryDict, self.data).getlist("bo_anh")
            if key.isdecimal() and len(key) < 19
        ]


class ReportForm(forms.Form):
    """Why a reader finds that something should not stand there."""

    ly_do = forms.ChoiceField(
        label=_("Vì sao bạn báo?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bạn chọn một lý do nhé."),
            "invalid_choice": _("Bạn chọn một lý do nhé."),
        },
    )
    giai_thich = forms.CharField(
        label=_("Giải thích thêm"),
        required=False,
        max_length=LONGEST_REPORT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": LONG},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["giai_thich"].widget.attrs.pop("maxlength", None)

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form, what `report` takes."""
        return {"reason": Reason(self.cleaned_data["ly_do"]), "text": self.cleaned_data["giai_thich"].strip()}
