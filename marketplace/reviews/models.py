"""What buyers say of what they received: Oscar's review, bound to a delivered line of an order."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview

from marketplace import clock
from marketplace.pictures.sizes import Picture, picture
from producers.models import Producer

from .reasons import VOIDS_POINTS, Decision, Reason

LONGEST_TEXT = 2000
LONGEST_REPLY = 1000
LONGEST_REPORT = 500
MOST_PHOTOS = 5


class ReviewQuerySet(models.QuerySet["ProductReview"]):
    """Reviews; none is ever deleted by a seller."""

    def counted(self) -> Self:
        """Those whose points count: shown ones, and hidden ones of which only the words are hidden."""
        return self.exclude(hidden_reason__in=VOIDS_POINTS)

    def hide(self, reason: Reason) -> int:
        """Hide those that are shown; how many were."""
        shown = self.filter(status=ProductReview.APPROVED)
        return shown.update(status=ProductReview.REJECTED, hidden_reason=reason)

    def unhide(self) -> int:
        """Show those that are hidden again; how many were."""
        hidden = self.filter(status=ProductReview.REJECTED)
        return hidden.update(status=ProductReview.APPROVED, hidden_reason="")

    def shown(self) -> Self:
        """Those with words and pictures to be seen."""
        return self.filter(status=ProductReview.APPROVED)


class ProductReview(AbstractProductReview):  # type: ignore[misc]
    """One buyer's judgement of one line of an order: 1 to 5 points, words, pictures.

    `status` is APPROVED from the first moment, REJECTED while moderators hide it. `name` is what the public
    reads, already shortened. Without a line it is a made-up one of the demonstration.
    """

    SCORE_CHOICES = tuple((points, points) for points in range(1, 6))

    title = homepage = email = None
    product = models.ForeignKey(
        "catalogue.Product",
        on_delete=models.SET_NULL,
        null=True,
        related_name="reviews",
        verbose_name=_("Sản phẩm"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("Người viết"),
    )
    line = models.OneToOneField(
        "order.Line",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review",
        verbose_name=_("Dòng đơn hàng"),
    )
    score = models.PositiveSmallIntegerField(
        _("Điểm"), choices=SCORE_CHOICES, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    body = models.TextField(_("Nhận xét"), blank=True)
    name = models.CharField(_("Tên hiện công khai"), max_length=64)
    size = models.CharField(_("Quy cách đã mua"), max_length=64, blank=True)
    language = models.CharField(_("Ngôn ngữ"), max_length=8, default="vi")
    is_demo = models.BooleanField(_("Dữ liệu mẫu"), default=False)
    status = models.SmallIntegerField(
        _("Tình trạng"),
        choices=[
            (AbstractProductReview.APPROVED, _("đang hiện")),
            (AbstractProductReview.REJECTED, _("đã ẩn")),
        ],
        default=AbstractProductReview.APPROVED,
    )
    hidden_reason = models.CharField(_("Lý do ẩn"), max_length=16, choices=Reason.choices, blank=True)
    date_created = models.DateTimeField(_("Viết lúc"), default=clock.now, db_index=True)
    date_edited = models.DateTimeField(_("Sửa lúc"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta(AbstractProductReview.Meta):  # type: ignore[misc]
        abstract = False
        ordering = ["-date_created", "-id"]
        unique_together = ()
        verbose_name = _("Đánh giá")
        verbose_name_plural = _("Đánh giá")
        permissions = [
            ("moderate_productreview", _("Ẩn đánh giá bị báo, hoặc cho hiện lại")),
            ("answer_productreview", _("Trả lời đánh giá thay nhà sản xuất")),
        ]
        indexes = [models.Index(fields=["product", "-date_created"], name="review_of_product")]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="review_points_1_to_5"),
            models.CheckConstraint(
                condition=Q(line__isnull=False) | Q(is_demo=True), name="review_of_an_order_line"
            ),
            models.CheckConstraint(
                condition=Q(status=AbstractProductReview.APPROVED, hidden_reason="")
                | Q(status=AbstractProductReview.REJECTED, hidden_reason__in=Reason.values),
                name="review_hidden_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="review_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.score}/5"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The product's rating is kept level by marketplace.reviews.rating, not by Oscar's saving."""
        models.Model.save(self, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return models.Model.delete(self, *args, **kwargs)

    @property
    def is_hidden(self) -> bool:
        return bool(self.status == self.REJECTED)


class ReviewPhoto(models.Model):
    """A picture of a review; `shown` is the original's name once its sizes exist."""

    review = models.ForeignKey(ProductReview, on_delete=models.CASCADE, related_name="photos")
    original = models.FileField(_("Ảnh"), upload_to="reviews/%Y/%m/", max_length=255)
    shown = models.CharField(_("Ảnh đang hiện"), max_length=255, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("Ảnh của đánh giá")
        verbose_name_plural = _("Ảnh của đánh giá")
        ordering = ["review_id", "id"]

    def __str__(self) -> str:
        return str(self.original)

    @property
    def picture(self) -> Picture | None:
        """Its sizes, once they are made."""
        return picture(self.shown)


class ReviewReply(models.Model):
    """The one public answer of the producer, written by its people or by staff for them."""

    review = models.OneToOneField(ProductReview, on_delete=models.CASCADE, related_name="reply")
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, related_name="+", verbose_name=_("Nhà sản xuất")
    )
    text = models.TextField(_("Trả lời"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người viết"),
    )
    written_at = models.DateTimeField(_("Viết lúc"), default=clock.now)

    class Meta:
        verbose_name = _("Trả lời đánh giá")
        verbose_name_plural = _("Trả lời đánh giá")
        ordering = ["review_id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="review_reply_says_something")]

    def __str__(self) -> str:
        return self.text


class AbstractReport(models.Model):
    """A reader's report of something public, and what came of it.

    `reporter` is the account's key or a hash of the visitor's session, `origin` a hash of the address they come
    from: enough to count, not to name.
    """

    reason = models.CharField(_("Lý do"), max_length=16, choices=Reason.choices)
    text = models.TextField(_("Giải thích"), blank=True)
    reporter = models.CharField(_("Người báo"), max_length=64, editable=False)
    origin = models.CharField(_("Nơi báo"), max_length=64, editable=False)
    reported_at = models.DateTimeField(_("Báo lúc"), default=clock.now, db_index=True)
    decision = models.CharField(_("Quyết định"), max_length=16, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(_("Quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người quyết định"),
    )
    decided_why = models.TextField(_("Vì sao"), blank=True)

    class Meta:
        abstract = True
        ordering = ["-reported_at", "-id"]

    def __str__(self) -> str:
        return self.get_reason_display()


def report_constraints(what: str) -> list[models.BaseConstraint]:
    """What holds for every kind of report; `what` is the field of the thing reported, and begins the names."""
    return [
        models.CheckConstraint(condition=Q(reason__in=Reason.values), name=f"{what}_report_reason_known"),
        models.CheckConstraint(
            condition=Q(decision="", decided_at__isnull=True)
            | Q(decision__in=Decision.values, decided_at__isnull=False),
            name=f"{what}_report_decided_at_a_time",
        ),
        models.UniqueConstraint(
            fields=[what, "reporter"], condition=Q(decision=""), name=f"{what}_report_once_while_open"
        ),
    ]


class ReviewReport(AbstractReport):
    """A report of a review."""

    review = models.ForeignKey(
        ProductReview, on_delete=models.CASCADE, related_name="reports", verbose_name=_("Đánh giá")
    )

    class Meta(AbstractReport.Meta):
        verbose_name = _("Báo cáo đánh giá")
        verbose_name_plural = _("Báo cáo đánh giá")
        constraints = report_constraints("review")


from oscar.apps.catalogue.reviews.models import *  # noqa: E402, F403  registers what is still missing: Vote
