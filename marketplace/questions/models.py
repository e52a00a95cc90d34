"""Questions about products, and the producers' public answers. A question is public together with its answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace import clock
from marketplace.reviews.models import AbstractReport, report_constraints
from marketplace.reviews.reasons import Reason

SHORTEST_QUESTION, LONGEST_QUESTION = 10, 500
LONGEST_ANSWER = 1000


class State(models.TextChoices):
    """Only ANSWERED ones are public."""

    WAITING = "waiting", _("chờ trả lời")
    ANSWERED = "answered", _("đã trả lời")
    DECLINED = "declined", _("không trả lời")
    HIDDEN = "hidden", _("đã ẩn")


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> Self:
        return self.filter(state=State.ANSWERED)

    def hide(self, reason: Reason) -> int:
        """Hide those that are public; how many were."""
        return self.public().update(state=State.HIDDEN, reason=reason)

    def unhide(self) -> int:
        """Make hidden ones public again; how many were."""
        return self.filter(state=State.HIDDEN).update(state=State.ANSWERED, reason="")


class Question(models.Model):
    """What somebody who is signed in asks about a listed product. `name` is what the public reads."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="questions", verbose_name=_("Sản phẩm")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("Người hỏi"),
    )
    name = models.CharField(_("Tên hiện công khai"), max_length=64)
    text = models.TextField(_("Câu hỏi"))
    language = models.CharField(_("Ngôn ngữ"), max_length=8, default="vi")
    asked_at = models.DateTimeField(_("Hỏi lúc"), default=clock.now, db_index=True)
    state = models.CharField(_("Tình trạng"), max_length=16, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("Lý do"), max_length=16, choices=Reason.choices, blank=True)
    answer = models.TextField(_("Trả lời"), blank=True)
    answered_at = models.DateTimeField(_("Trả lời lúc"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người trả lời"),
    )
    is_demo = models.BooleanField(_("Dữ liệu mẫu"), default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Câu hỏi")
        verbose_name_plural = _("Câu hỏi")
        ordering = ["-asked_at", "-id"]
        permissions = [
            ("answer_question", _("Trả lời câu hỏi thay nhà sản xuất")),
            ("moderate_question", _("Ẩn câu hỏi bị báo, hoặc cho hiện lại")),
        ]
        indexes = [models.Index(fields=["product", "-answered_at"], name="question_of_product")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="question_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.DECLINED], answer="", answered_at__isnull=True)
                | (Q(state__in=[State.ANSWERED, State.HIDDEN], answered_at__isnull=False) & ~Q(answer="")),
                name="question_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.WAITING, State.ANSWERED], reason="")
                | Q(state__in=[State.DECLINED, State.HIDDEN], reason__in=Reason.values),
                name="question_refused_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(name=""), name="question_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class QuestionReport(AbstractReport):
    """A report of a question or its answer."""

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="reports", verbose_name=_("Câu hỏi")
    )

    class Meta(AbstractReport.Meta):
        verbose_name = _("Báo cáo câu hỏi")
        verbose_name_plural = _("Báo cáo câu hỏi")
        constraints = report_constraints("question")
