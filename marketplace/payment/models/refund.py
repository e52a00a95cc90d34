"""Money that goes back to a buyer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .payment import Payment


class RefundReason(models.TextChoices):
    LATE = "late", _("tiền đến khi hàng không còn")
    TWICE = "twice", _("trả hai lần")
    SURPLUS = "surplus", _("trả thừa")
    CANCELLED = "cancelled", _("hàng không giao")
    RETURNED = "returned", _("hàng trả lại")
    GOODWILL = "goodwill", _("thiện chí")


class RefundStatus(models.TextChoices):
    DUE = "due", _("chờ trả lại")
    PENDING = "pending", _("đang trả lại")
    SUCCEEDED = "succeeded", _("đã trả lại")
    FAILED = "failed", _("không trả lại được")


class Refund(models.Model):
    """So many whole đồng of a payment go back. `key` says what for, so that the same cause pays back once.

    Together, refunds that have not failed are never more than the payment received: `refunding.refund` holds the
    payment's row while it adds them up.
    """

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("Lần thanh toán")
    )
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0)
    reason = models.CharField(_("Lý do"), max_length=16, choices=RefundReason.choices)
    key = models.CharField(_("Khóa"), max_length=100, unique=True)
    status = models.CharField(
        _("Tình trạng"), max_length=16, choices=RefundStatus.choices, default=RefundStatus.DUE
    )
    reference = models.CharField(_("Mã giao dịch"), max_length=255, unique=True, null=True, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("Mở lúc"))
    ended_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Lần trả lại tiền")
        verbose_name_plural = _("Các lần trả lại tiền")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(condition=Q(status__in=RefundStatus.values), name="refund_status_known"),
            models.CheckConstraint(condition=Q(reason__in=RefundReason.values), name="refund_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} −{self.amount} ({self.status})"
