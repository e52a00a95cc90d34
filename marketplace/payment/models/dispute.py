"""A buyer's bank takes money of a card payment back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Consignment

from .payment import Payment


class DisputeStatus(models.TextChoices):
    """Stripe's words in three: an inquiry moves no money yet, an open or lost dispute has taken it."""

    INQUIRY = "inquiry", _("ngân hàng đang hỏi")
    OPEN = "open", _("đang khiếu nại")
    WON = "won", _("khiếu nại không thành")
    LOST = "lost", _("ngân hàng đã hoàn tiền")


#: While it is such, the money is not ours to give back a second time.
TAKEN = frozenset({DisputeStatus.OPEN, DisputeStatus.LOST})
ENDED = frozenset({DisputeStatus.WON, DisputeStatus.LOST})


class Dispute(models.Model):
    """Known by Stripe's id. `reason` is Stripe's word for it, `answer_due_at` the bank's last moment for our evidence.

    `consignment` is the producer's part that it is about; None where that is not known (disputes.py).
    """

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("Lần thanh toán")
    )
    consignment = models.ForeignKey(
        Consignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Phần hàng"),
    )
    reference = models.CharField(_("Mã khiếu nại"), max_length=255, unique=True)
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0)
    reason = models.CharField(_("Lý do"), max_length=64)
    status = models.CharField(_("Tình trạng"), max_length=8, choices=DisputeStatus.choices)
    opened_at = models.DateTimeField(_("Mở lúc"))
    answer_due_at = models.DateTimeField(_("Hạn trả lời"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Khiếu nại với ngân hàng")
        verbose_name_plural = _("Các khiếu nại với ngân hàng")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=DisputeStatus.values), name="dispute_status_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dispute_of_something"),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED), ended_at__isnull=False)
                | ~Q(status__in=sorted(ENDED)) & Q(ended_at__isnull=True),
                name="dispute_ended_at_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.reference} ({self.status})"
