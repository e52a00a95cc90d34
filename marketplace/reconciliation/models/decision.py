"""What two people decide about lines that are not clear."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.payment.models import Payment

from .line import Line


class Kind(models.TextChoices):
    TAKE = "take", _("nhận cho một lần thanh toán")
    BACK = "back", _("chuyển lại cho người gửi")
    OTHER = "other", _("không phải tiền đơn hàng")


class DecisionState(models.TextChoices):
    PROPOSED = "proposed", _("chờ người thứ hai")
    CONFIRMED = "confirmed", _("đã xác nhận")
    REJECTED = "rejected", _("bị bác")
    WITHDRAWN = "withdrawn", _("đã rút lại")


class Decision(models.Model):
    """One person proposes, another decides; until then the first may withdraw it, which decides nothing. The keys of
    their accounts are kept as numbers of their own: they hold the rule of four eyes also after one of the accounts was
    erased."""

    kind = models.CharField(_("Đề nghị"), max_length=8, choices=Kind.choices)
    lines = models.ManyToManyField(Line, related_name="decisions", verbose_name=_("Các dòng"))
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Lần thanh toán"),
    )
    note = models.CharField(_("Lý do"), max_length=500)
    state = models.CharField(
        _("Tình trạng"), max_length=9, choices=DecisionState.choices, default=DecisionState.PROPOSED
    )
    proposer_key = models.BigIntegerField(_("Số tài khoản người đề nghị"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("Người đề nghị"),
    )
    proposed_at = models.DateTimeField(_("Đề nghị lúc"))
    decider_key = models.BigIntegerField(_("Số tài khoản người quyết định"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người quyết định"),
    )
    decided_at = models.DateTimeField(_("Quyết định lúc"), null=True, blank=True)
    decided_note = models.CharField(_("Lời của người quyết định"), max_length=500, blank=True)
    outcome = models.CharField(_("Kết quả"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("Đề nghị đối soát")
        verbose_name_plural = _("Các đề nghị đối soát")
        ordering = ["-proposed_at", "-id"]
        permissions = [
            ("propose_decisions", _("Đề nghị cách xử lý dòng sao kê")),
            ("confirm_decisions", _("Xác nhận đề nghị của người khác")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DecisionState.PROPOSED, decider_key__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=[DecisionState.CONFIRMED, DecisionState.REJECTED],
                    decider_key__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state=DecisionState.WITHDRAWN, decider_key__isnull=True, decided_at__isnull=False),
                name="decision_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decider_key__isnull=True) | ~Q(decider_key=F("proposer_key")),
                name="decision_of_four_eyes",
            ),
            models.CheckConstraint(
                condition=(Q(proposed_by__isnull=True) | Q(proposed_by=F("proposer_key")))
                & (Q(decided_by__isnull=True) | Q(decided_by=F("decider_key"), decider_key__isnull=False)),
                name="decision_names_its_people",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.TAKE, payment__isnull=False)
                | Q(kind__in=[Kind.BACK, Kind.OTHER], payment__isnull=True),
                name="decision_takes_for_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} ({self.state})"
