"""A try to pay an order, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Order, Parcel
from marketplace.order.models.change import Change, Role


class Method(models.TextChoices):
    CARD = "card", _("thẻ")
    TRANSFER = "transfer", _("chuyển khoản")
    CASH = "cash", _("tiền mặt khi nhận hàng")


class PaymentStatus(models.TextChoices):
    """Cancelled is not the end: the provider or the bank may have been faster (docs/adr/0015)."""

    OPEN = "open", _("đang chờ tiền")
    SUCCEEDED = "succeeded", _("đã nhận tiền")
    CANCELLED = "cancelled", _("đã thôi")


class Payment(models.Model):
    """So many whole đồng are asked for, in one way. `received` is what came, once it did.

    `reference` is what finds the payment again at whoever moves the money: the code in a transfer's note, or the
    provider's id, which is not there before the provider was asked. Cash is never asked for: it is there once its
    `parcel` was delivered, and is what the carrier has to hand over.
    """

    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="payments", verbose_name=_("Đơn hàng")
    )
    method = models.CharField(_("Cách trả"), max_length=16, choices=Method.choices)
    status = models.CharField(
        _("Tình trạng"), max_length=16, choices=PaymentStatus.choices, default=PaymentStatus.OPEN
    )
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0)
    received = models.DecimalField(_("Đã nhận"), max_digits=12, decimal_places=0, null=True, blank=True)
    reference = models.CharField(_("Mã giao dịch"), max_length=255, unique=True, null=True, blank=True)
    parcel = models.OneToOneField(
        Parcel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cash",
        verbose_name=_("Kiện hàng"),
    )
    created_at = models.DateTimeField(_("Mở lúc"))
    ended_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Lần thanh toán")
        verbose_name_plural = _("Các lần thanh toán")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(status=PaymentStatus.OPEN), name="payment_one_open_per_order"
            ),
            models.CheckConstraint(condition=Q(status__in=PaymentStatus.values), name="payment_status_known"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="payment_method_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=Q(method=Method.CASH, parcel__isnull=False, status=PaymentStatus.SUCCEEDED)
                | ~Q(method=Method.CASH) & Q(parcel__isnull=True),
                name="payment_of_cash_is_a_parcels",
            ),
            models.CheckConstraint(
                # Without `received__isnull` a sum that is not known would pass: NULL >= 1 is not false.
                condition=Q(
                    status=PaymentStatus.SUCCEEDED,
                    received__isnull=False,
                    received__gte=F("amount"),
                    ended_at__isnull=False,
                )
                | ~Q(status=PaymentStatus.SUCCEEDED) & Q(received__isnull=True),
                name="payment_succeeded_with_what_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.method} {self.amount} ({self.status})"


class PaymentChange(Change):
    """A payment went from one status to another."""

    payment = models.ForeignKey(
        Payment, on_delete=models.CASCADE, related_name="changes", verbose_name=_("Lần thanh toán")
    )
    before = models.CharField(_("Trước"), max_length=16, choices=PaymentStatus.choices, blank=True)
    after = models.CharField(_("Sau"), max_length=16, choices=PaymentStatus.choices)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)

    class Meta(Change.Meta):
        abstract = False
        verbose_name = _("Lần đổi tình trạng thanh toán")
        verbose_name_plural = _("Các lần đổi tình trạng thanh toán")
        ordering = ["payment_id", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="payment_change_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.before} → {self.after}"
