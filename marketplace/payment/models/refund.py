"""Money that goes back to a buyer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Order
from marketplace.order.models.change import Change, Role

from .payment import Method, Payment


class RefundReason(models.TextChoices):
    LATE = "late", _("tiền đến khi hàng không còn")
    TWICE = "twice", _("trả hai lần")
    SURPLUS = "surplus", _("trả thừa")
    CANCELLED = "cancelled", _("hàng không giao")
    RETURNED = "returned", _("hàng trả lại")
    WHOLE = "whole", _("trả lại cả đơn")
    ITEMS = "items", _("trả lại tiền hàng")
    SHIPPING = "shipping", _("trả lại phí giao")
    GOODWILL = "goodwill", _("thiện chí")
    PROVIDER = "provider", _("trả lại trên trang Stripe")


#: Money that was never owed for the goods: an order of which only such went back still reads as paid.
EXCESS = frozenset({RefundReason.TWICE, RefundReason.SURPLUS})


class RefundStatus(models.TextChoices):
    DUE = "due", _("chờ trả lại")
    PENDING = "pending", _("đang trả lại")
    SUCCEEDED = "succeeded", _("đã trả lại")
    FAILED = "failed", _("không trả lại được")


#: Nothing more is to be done for it, unless a bank sends the money back.
ENDED = frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED})
ON_THE_WAY = frozenset({RefundStatus.DUE, RefundStatus.PENDING})


class Refund(models.Model):
    """So many whole đồng of a payment go back. `key` says what for, so that the same cause pays back once.

    Together, refunds that have not failed are never more than the payment received: `refunding.refund` holds the
    order's row while it adds them up. `granted` is the part that staff gave beyond what was owed back, and lowers what
    the order costs, however the refund ends. `way` is how it goes back: by card only what came by card. `again_of` is
    the failed refund that this one takes the place of. `words` are for the buyer. A transfer of much is prepared by
    one member of staff and confirmed by another.
    """

    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("Lần thanh toán")
    )
    amount = models.DecimalField(_("Số tiền"), max_digits=12, decimal_places=0)
    granted = models.DecimalField(_("Ngoài phần phải trả lại"), max_digits=12, decimal_places=0, default=0)
    reason = models.CharField(_("Lý do"), max_length=16, choices=RefundReason.choices)
    way = models.CharField(
        _("Cách trả lại"),
        max_length=16,
        default=Method.TRANSFER,
        choices=[(Method.CARD.value, Method.CARD.label), (Method.TRANSFER.value, Method.TRANSFER.label)],
    )
    key = models.CharField(_("Khóa"), max_length=100, unique=True)
    status = models.CharField(
        _("Tình trạng"), max_length=16, choices=RefundStatus.choices, default=RefundStatus.DUE
    )
    again_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="again",
        verbose_name=_("Thay cho lần"),
    )
    reference = models.CharField(_("Mã giao dịch"), max_length=255, unique=True, null=True, blank=True)
    words = models.CharField(_("Lời cho người mua"), max_length=500, blank=True)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người chuẩn bị"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Người xác nhận"),
    )
    created_at = models.DateTimeField(_("Mở lúc"))
    ended_at = models.DateTimeField(_("Xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("Lần trả lại tiền")
        verbose_name_plural = _("Các lần trả lại tiền")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("grant_refunds", _("Trả lại tiền cho người mua")),
            ("transfer_refunds", _("Chuyển khoản tiền trả lại")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
            models.CheckConstraint(
                condition=Q(granted__gte=0, granted__lte=F("amount")), name="refund_granted_within_amount"
            ),
            models.CheckConstraint(condition=Q(status__in=RefundStatus.values), name="refund_status_known"),
            models.CheckConstraint(condition=Q(reason__in=RefundReason.values), name="refund_reason_known"),
            models.CheckConstraint(
                condition=Q(way__in=[Method.CARD, Method.TRANSFER]), name="refund_way_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED), ended_at__isnull=False)
                | Q(status__in=sorted(ON_THE_WAY), ended_at__isnull=True),
                name="refund_ended_or_on_the_way",
            ),
            models.CheckConstraint(
                condition=Q(prepared_by__isnull=True)
                | Q(confirmed_by__isnull=True)
                | ~Q(prepared_by=F("confirmed_by")),
                name="refund_by_two_people",
            ),
        ]
        indexes = [models.Index(fields=["status", "way"], name="refund_to_do")]

    def __str__(self) -> str:
        return f"{self.payment_id} −{self.amount} ({self.status})"


class RefundChange(Change):
    """A refund went from one status to another."""

    refund = models.ForeignKey(
        Refund, on_delete=models.CASCADE, related_name="changes", verbose_name=_("Lần trả lại tiền")
    )
    before = models.CharField(_("Trước"), max_length=16, choices=RefundStatus.choices, blank=True)
    after = models.CharField(_("Sau"), max_length=16, choices=RefundStatus.choices)
    note = models.CharField(_("Ghi chú"), max_length=500, blank=True)

    class Meta(Change.Meta):
        abstract = False
        verbose_name = _("Lần đổi tình trạng trả lại tiền")
        verbose_name_plural = _("Các lần đổi tình trạng trả lại tiền")
        ordering = ["refund_id", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="refund_change_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.before} → {self.after}"


class RefundAccount(models.Model):
    """The bank account to which a buyer wants transfers of refunds of an order. Gone with the order's person."""

    order = models.OneToOneField(
        Order, on_delete=models.CASCADE, related_name="refund_account", verbose_name=_("Đơn hàng")
    )
    bank = models.CharField(_("Ngân hàng"), max_length=6)
    number = models.CharField(_("Số tài khoản"), max_length=19)
    holder = models.CharField(_("Chủ tài khoản"), max_length=70)
    changed_at = models.DateTimeField(_("Sửa lúc"))

    class Meta:
        verbose_name = _("Tài khoản nhận tiền trả lại")
        verbose_name_plural = _("Tài khoản nhận tiền trả lại")

    def __str__(self) -> str:
        return f"{self.bank} …{self.last}"

    @property
    def last(self) -> str:
        """All of the number that whoever has the order's link is shown."""
        return self.number[-4:]


class RefundAccountChange(models.Model):
    """What an account was from a moment on, as far as whoever has the order's link is shown it. Goes with the account."""

    account = models.ForeignKey(
        RefundAccount, on_delete=models.CASCADE, related_name="changes", verbose_name=_("Tài khoản")
    )
    at = models.DateTimeField(_("Lúc"))
    bank = models.CharField(_("Ngân hàng"), max_length=6)
    last = models.CharField(_("Số cuối"), max_length=4)

    class Meta:
        verbose_name = _("Lần đổi tài khoản nhận tiền")
        verbose_name_plural = _("Các lần đổi tài khoản nhận tiền")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.bank} …{self.last}"
