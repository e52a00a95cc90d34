"""Ratings: the dated certificates of a product, kept as a history. The rules of the day are in catalogue/ocop.py."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue import ocop
from marketplace import clock
from marketplace.writes import TellingQuerySet

from .product import Product

RATING_FACTS = ("stars", "issued_on", "ends_on", "revoked_on", "pk", "five_star_candidate")
"""The columns of `ocop.RatingFacts`, in its order, for readers of many ratings."""


class IssuerLevel(models.TextChoices):
    """Who issued: districts issued 3★ until 5 July 2025 and no longer exist."""

    DISTRICT = "district", _("cấp huyện")
    PROVINCE = "province", _("cấp tỉnh")
    MINISTRY = "ministry", _("cấp bộ")


class RatingQuerySet(TellingQuerySet):
    """Ratings by day."""

    def valid_on(self, day: date) -> Self:
        """Issued by `day`, not past the end date (inclusive), not revoked by then."""
        return self.filter(issued_on__lte=day, ends_on__gte=day).filter(
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=day)
        )

    def newest_first(self) -> Self:
        """Latest issued first: of several valid ones it counts."""
        return self.order_by("-issued_on", "-pk")


class Rating(models.Model):
    """One decision that gave a product its stars. Issuer and number are the certificate's own words."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="ratings", verbose_name=_("Sản phẩm")
    )
    stars = models.PositiveSmallIntegerField(_("Số sao"))
    score = models.DecimalField(_("Điểm"), max_digits=5, decimal_places=2, null=True, blank=True)
    five_star_candidate = models.BooleanField(_("Ứng viên 5 sao"), default=False)
    issuer = models.CharField(_("Nơi cấp"), max_length=200)
    issuer_level = models.CharField(_("Cấp"), max_length=8, choices=IssuerLevel.choices)
    number = models.CharField(_("Số chứng nhận"), max_length=64)
    issued_on = models.DateField(_("Ngày cấp"))
    months = models.PositiveSmallIntegerField(_("Hiệu lực (tháng)"))
    ends_on = models.DateField(_("Có giá trị đến hết ngày"))
    place_name = models.CharField(_("Nơi ghi trên chứng nhận"), max_length=200, blank=True)
    revoked_on = models.DateField(_("Ngày thu hồi"), null=True, blank=True)
    revoked_reason = models.CharField(_("Lý do thu hồi"), max_length=255, blank=True)
    recorded_at = models.DateTimeField(_("Ghi vào lúc"), default=clock.now, editable=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Lần xếp sao")
        verbose_name_plural = _("Các lần xếp sao")
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["product", "-issued_on", "-id"], name="rating_newest_of_product")]
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=3, stars__lte=5), name="rating_stars_3_to_5"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="rating_score_0_to_100",
            ),
            models.CheckConstraint(
                condition=Q(issuer_level__in=IssuerLevel.values), name="rating_issuer_level_known"
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="rating_months_positive"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("issued_on")), name="rating_ends_after_issue"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False, revoked_on__gte=F("issued_on")) & ~Q(revoked_reason="")),
                name="rating_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(five_star_candidate=False) | Q(stars__lt=5), name="rating_candidate_is_not_5"
            ),
            models.UniqueConstraint(
                fields=["product", "issuer", "number", "issued_on"], name="rating_once_per_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.number} ({self.issued_on:%d/%m/%Y})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derive the end date from issue date and months; it is stored so that the database can compare it."""
        self.ends_on = ocop.end_date(self.issued_on, self.months)
        super().save(*args, **kwargs)

    @property
    def facts(self) -> ocop.RatingFacts:
        """What the rules need to know."""
        return ocop.RatingFacts(
            stars=self.stars,
            issued_on=self.issued_on,
            ends_on=self.ends_on,
            revoked_on=self.revoked_on,
            order=self.pk or 0,
            candidate=self.five_star_candidate,
        )
