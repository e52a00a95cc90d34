"""The order: Oscar's, with its payment state, its unguessable link, and what the buyer agreed to."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Right, Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from oscar.apps.order.abstract_models import AbstractOrder

from marketplace.order.states import DeliveryState, delivery_state

#: People say the end of an order's number on the telephone.
LETTERS_SAID = 5

#: The phone number of an order whose person was removed; the column takes no empty one.
NOBODY = "+"


class PaymentState(models.TextChoices):
    """Where the money is. The delivery state lives on the parcels."""

    AWAITING_PAYMENT = "awaiting_payment", _("chờ thanh toán")
    CASH_DUE = "cash_due", _("trả tiền khi nhận hàng")
    PAID = "paid", _("đã thanh toán")
    CANCELLED = "cancelled", _("đã hủy")


class Order(AbstractOrder):  # type: ignore[misc]
    """One order of one buyer, over several producers.

    total_incl_tax = goods_total + shipping_incl_tax, all in whole đồng; both are the sums of the consignments.
    Drinks with alcohol are sold to adults only, and not for cash (Law 44/2019/QH14, art. 16): the table holds it.
    `placement_key` names the basket, so that one basket makes one order, however often the form arrives. With
    `owner_erased` its buyer had an account deleted: whoever signs up with the same address later does not find it.
    """

    payment_state = models.CharField(_("Tình trạng thanh toán"), max_length=16, choices=PaymentState.choices)
    payment_due_at = models.DateTimeField(_("Hạn thanh toán"), null=True, blank=True)
    goods_total = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)
    token = models.CharField(_("Mã liên kết"), max_length=64, unique=True, editable=False)
    placement_key = models.CharField(_("Khóa đặt hàng"), max_length=64, unique=True, editable=False)
    language = models.CharField(_("Ngôn ngữ"), max_length=8)
    phone = models.CharField(_("Số điện thoại"), max_length=16)
    note = models.TextField(_("Lời nhắn"), blank=True)
    owner_erased = models.BooleanField(_("Tài khoản đã xóa"), default=False)
    terms_version = models.CharField(_("Bản điều khoản"), max_length=32)
    terms_accepted_at = models.DateTimeField(_("Đồng ý điều khoản lúc"))
    has_alcohol = models.BooleanField(_("Có đồ uống có cồn"), default=False)
    adult_declared_at = models.DateTimeField(_("Khẳng định từ đủ 18 tuổi lúc"), null=True, blank=True)
    marketing_consent = models.BooleanField(_("Đồng ý nhận tin"), default=False)

    class Meta(AbstractOrder.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = pgettext_lazy("one", "Đơn hàng")
        verbose_name_plural = _("Đơn hàng")
        ordering = ["-date_placed", "-id"]
        permissions = [
            ("move_parcels", _("Cập nhật kiện hàng thay nhà sản xuất")),
            ("cancel_parcels", _("Hủy kiện hàng trước khi gửi")),
            ("export_orders", _("Xuất danh sách đơn hàng")),
        ]
        indexes = [
            models.Index(fields=["-date_placed", "-id"], name="order_newest_first"),
            models.Index(fields=["phone"], name="order_by_phone"),
            models.Index(Lower("guest_email"), name="order_by_guest_email"),
            models.Index(Right("number", LETTERS_SAID), name="order_by_last_letters"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(payment_state__in=PaymentState.values), name="order_payment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(payment_state=PaymentState.AWAITING_PAYMENT) | Q(payment_due_at__isnull=False),
                name="order_awaiting_payment_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(total_incl_tax=F("goods_total") + F("shipping_incl_tax")),
                name="order_total_is_goods_and_shipping",
            ),
            models.CheckConstraint(
                condition=Q(shipping_incl_tax=Round("shipping_incl_tax"), goods_total__gte=0)
                & Q(shipping_incl_tax__gte=0),
                name="order_amounts_are_whole_dong",
            ),
            models.CheckConstraint(
                condition=Q(has_alcohol=False)
                | Q(adult_declared_at__isnull=False) & ~Q(payment_state=PaymentState.CASH_DUE),
                name="order_alcohol_is_prepaid_by_an_adult",
            ),
            models.CheckConstraint(
                condition=Q(phone__startswith="+") & ~Q(token="") & ~Q(placement_key=""),
                name="order_has_phone_token_and_key",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_forgotten(self) -> bool:
        """Whether name, phone, address and words were taken out of it."""
        return bool(self.phone == NOBODY)

    @property
    def email(self) -> str:
        """Where its buyer is written to: the address given with the order, or else the account's; may be empty."""
        return self.guest_email or (self.user.email if self.user else "") or ""

    @property
    def cancelled_total(self) -> Decimal:
        """What is owed no more, in whole đồng; prefetch the consignments for lists."""
        return sum((part.cancelled_total for part in self.consignments.all()), Decimal(0))

    @property
    def owed(self) -> Decimal:
        """What of the total is to be paid, or was."""
        return Decimal(self.total_incl_tax) - self.cancelled_total

    @property
    def delivery_state(self) -> DeliveryState:
        """Derived of all its parcels; prefetch consignments and parcels for lists."""
        return delivery_state(
            [parcel.state for part in self.consignments.all() for parcel in part.parcels.all()]
        )

    def get_absolute_url(self) -> str:
        """The page that whoever has the link may see."""
        return reverse("order:detail", kwargs={"token": self.token})
