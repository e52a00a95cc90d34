"""What staff do with one review or question; each form knows its right and carries itself out."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.questions import answering as questions
from marketplace.questions.models import LONGEST_ANSWER
from marketplace.reviews import moderation, replying
from marketplace.reviews.models import LONGEST_REPLY
from marketplace.reviews.reasons import OF_QUESTIONS, Reason

KEEP = "keep"
LONGEST_WHY = 500


class SaidForm(forms.Form):
    """`name` stands in the address, `done` is said when it is carried out.

    Each kind says itself what it does; forms have a metaclass of their own, so ABC cannot ask for it.
    """

    name: ClassVar[str]
    right: ClassVar[str]
    heading: ClassVar[Any]
    done: ClassVar[Any]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.name}-%s")

    def carry_out(self, target: Any, *, actor: Any) -> None:
        raise NotImplementedError


class Decision(SaidForm):
    name, heading, done = "quyet-dinh", _("Quyết định về các báo cáo"), _("Đã ghi quyết định.")
    decision = forms.ChoiceField(
        label=_("Quyết định"), choices=[(KEEP, _("Giữ lại")), *Reason.choices], widget=forms.RadioSelect,
        help_text=_("Một lý do nghĩa là ẩn vì lý do ấy. Chê sản phẩm không phải là lý do."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Vì sao"), max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 2}), help_text=_("Được lưu cùng quyết định.")
    )  # fmt: skip

    @property
    def hide(self) -> Reason | None:
        chosen = self.cleaned_data["decision"]
        return None if chosen == KEEP else Reason(chosen)


class ReviewDecision(Decision):
    right = moderation.RIGHT

    def carry_out(self, target: Any, *, actor: Any) -> None:
        moderation.decide(review=target, hide=self.hide, why=self.cleaned_data["why"], actor=actor)


class QuestionDecision(Decision):
    right = questions.MODERATE_RIGHT

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["decision"]).choices = [(KEEP, _("Giữ lại")), *OF_QUESTIONS]

    def carry_out(self, target: Any, *, actor: Any) -> None:
        questions.decide(question=target, hide=self.hide, why=self.cleaned_data["why"], actor=actor)


class ShowAgain(SaidForm):
    name, heading, done = "hien-lai", _("Cho hiện lại"), _("Đã cho hiện lại.")
    why = forms.CharField(label=_("Vì sao"), max_length=LONGEST_WHY, widget=forms.Textarea({"rows": 2}))


class ReviewShowAgain(ShowAgain):
    right = moderation.RIGHT

    def carry_out(self, target: Any, *, actor: Any) -> None:
        moderation.show_again(review=target, why=self.cleaned_data["why"], actor=actor)


class QuestionShowAgain(ShowAgain):
    right = questions.MODERATE_RIGHT

    def carry_out(self, target: Any, *, actor: Any) -> None:
        questions.show_again(question=target, why=self.cleaned_data["why"], actor=actor)


class Reply(SaidForm):
    name, right, done = "tra-loi", replying.RIGHT, _("Đã trả lời thay nhà sản xuất.")
    heading = _("Trả lời thay nhà sản xuất")
    text = forms.CharField(
        label=_("Trả lời"), max_length=LONGEST_REPLY, widget=forms.Textarea({"rows": 4}), help_text=_("Chỉ trả lời một lần, không sửa được.")
    )  # fmt: skip

    def carry_out(self, target: Any, *, actor: Any) -> None:
        replying.reply(review=target, text=self.cleaned_data["text"], actor=actor)


class Answer(SaidForm):
    name, right, done = "tra-loi", questions.ANSWER_RIGHT, _("Đã trả lời thay nhà sản xuất.")
    heading = _("Trả lời thay nhà sản xuất")
    text = forms.CharField(label=_("Trả lời"), max_length=LONGEST_ANSWER, widget=forms.Textarea({"rows": 4}))

    def carry_out(self, target: Any, *, actor: Any) -> None:
        questions.answer(question=target, text=self.cleaned_data["text"], actor=actor)


class Decline(SaidForm):
    name, right, done = (
        "tu-choi",
        questions.ANSWER_RIGHT,
        _("Câu hỏi không được đăng; người hỏi được báo lý do."),
    )
    heading = _("Không đăng, không trả lời")
    reason = forms.ChoiceField(label=_("Lý do"), choices=OF_QUESTIONS, widget=forms.RadioSelect)

    def carry_out(self, target: Any, *, actor: Any) -> None:
        questions.decline(question=target, reason=Reason(self.cleaned_data["reason"]), actor=actor)
