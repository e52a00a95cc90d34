"""What a buyer fills in to return goods, and to ask the shop to decide."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace import clock
from marketplace.order.models import Consignment, ReturnRequest
from marketplace.order.models.returning import MOST_PHOTOS, TEXT_LENGTH
from marketplace.order.parcels import By
from marketplace.pictures.fields import PhotosField

from .asking import NOTHING, Asked, request_return
from .returnable import Returnable
from .rules import RULES, Reason

LONG = _("Dài quá: nhiều nhất %(limit_value)d chữ cái, bạn đang viết %(show_value)d.")
PHOTO_SIDE = 1600  # shows a crack and a label, and six of them are no burden


class ReturnForm(forms.Form):
    """Pieces of each line that was delivered (`so_luong_<line>`), reason, words and pictures.

    `khoa` names this form, so that it makes one request however often it is sent.
    """

    ly_do = forms.ChoiceField(
        label=_("Vì sao bạn muốn trả?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bạn chọn một lý do nhé."),
            "invalid_choice": _("Bạn chọn một lý do nhé."),
        },
    )
    mo_ta = forms.CharField(
        label=_("Chuyện gì đã xảy ra?"),
        max_length=TEXT_LENGTH,
        help_text=_("Nhà sản xuất và nhân viên Chợ đọc lời này."),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Bạn viết vài chữ để nhà sản xuất hiểu nhé."), "max_length": LONG},
    )
    anh = PhotosField(
        label=_("Ảnh"),
        most=MOST_PHOTOS,
        longest_side=PHOTO_SIDE,
        required=False,
        help_text=_(
            "Nhiều nhất 6 ảnh JPEG, PNG hoặc WebP: cả kiện, nhãn hàng và chỗ hỏng. Chỉ nhà sản xuất và Chợ xem được; "
            "vị trí chụp được xóa đi."
        ),
    )
    khoa = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, lines: Sequence[Returnable], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="", initial={"khoa": secrets.token_urlsafe(16)})
        self.moment = clock.now()
        self.lines = lines
        for one in lines:
            self.fields[self._name(one)] = _pieces_field(
                one, one.most(moment=self.moment), alone=len(lines) == 1
            )
        self.order_fields([self._name(one) for one in lines])  # as the page shows them

    def rows(self) -> list[dict[str, Any]]:
        """Each line with its field, and how many may be asked for."""
        return [
            {"one": one, "field": self[self._name(one)], "most": one.most(moment=self.moment)}
            for one in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        """That nothing was chosen is said together with what else is missing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = [self._name(one) for one in self.lines]
        if not any(data.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(None, NOTHING)
        return data

    @property
    def can_ask(self) -> bool:
        """Whether there is anything to ask for, whatever the reason."""
        return any(row["most"] for row in self.rows())

    @property
    def days(self) -> int:
        """How many there are to ask, counted from delivery."""
        return RULES[Reason.DAMAGED].window.days

    @property
    def days_hidden(self) -> int:
        """How many for a fault that nobody sees at once."""
        return RULES[Reason.HIDDEN].window.days

    def send(self, consignment: Consignment, by: By) -> ReturnRequest:
        """Ask for what a valid form holds. Raises CannotReturn."""
        data = self.cleaned_data
        pieces = {one.line.pk: data[self._name(one)] or 0 for one in self.lines}
        asked = Asked(
            reason=Reason(data["ly_do"]),
            text=data["mo_ta"],
            quantities={key: number for key, number in pieces.items() if number},
            key=data["khoa"] or secrets.token_urlsafe(16),
            photos=data["anh"],
        )
        return request_return(consignment_id=consignment.pk, asked=asked, by=by, moment=self.moment)

    @staticmethod
    def _name(one: Returnable) -> str:
        return f"so_luong_{one.line.pk}"


class EscalateForm(forms.Form):
    """What the shop should know; nobody has to say more."""

    loi = forms.CharField(
        label=_("Bạn muốn Chợ biết thêm điều gì?"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": LONG},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


def _pieces_field(one: Returnable, most: int, *, alone: bool) -> forms.IntegerField:
    wrong = _("Bạn điền số lượng bằng chữ số, từ 0.")
    return forms.IntegerField(
        label=one.line.title,
        required=False,
        min_value=0,
        initial=1 if alone and most == 1 else 0,
        widget=forms.NumberInput({"min": 0, "max": most, "inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong},
    )
