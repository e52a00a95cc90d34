"""An order's part of one producer, and the parcels it is sent in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace import clock
from marketplace.shipping.models import Zone


class Consignment(models.Model):
    """What one producer sends for an order, and what the buyer pays for it: total = goods + shipping."""

    order = models.ForeignKey(
        "order.Order", on_delete=models.CASCADE, related_name="consignments", verbose_name=_("Đơn hàng")
    )
    partner: "models.ForeignKey[models.Model, models.Model]" = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        related_name="consignments",
        verbose_name=_("Nhà sản xuất"),
    )
    number = models.CharField(_("Mã kiện"), max_length=64, unique=True)
    goods_total = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)
    shipping_charge = models.DecimalField(_("Phí giao"), max_digits=12, decimal_places=0)
    total = models.DecimalField(_("Tổng"), max_digits=12, decimal_places=0)
    zone = models.CharField(_("Khu vực giao"), max_length=16, choices=Zone.choices)
    weight_g = models.PositiveIntegerField(_("Khối lượng (g)"))
    deliver_from = models.DateField(_("Giao sớm nhất"))
    deliver_to = models.DateField(_("Giao muộn nhất"))
    note = models.TextField(_("Lời nhắn cho nhà sản xuất"), blank=True)

    class Meta:
        verbose_name = _("Phần đơn của một nhà sản xuất")
        verbose_name_plural = _("Phần đơn của từng nhà sản xuất")
        ordering = ["order_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "partner"], name="consignment_once_per_producer"),
            models.CheckConstraint(
                condition=Q(total=F("goods_total") + F("shipping_charge")),
                name="consignment_total_is_goods_and_shipping",
            ),
            models.CheckConstraint(
                condition=Q(goods_total__gte=0, shipping_charge__gte=0), name="consignment_not_negative"
            ),
            models.CheckConstraint(condition=Q(zone__in=Zone.values), name="consignment_zone_known"),
            models.CheckConstraint(
                condition=Q(deliver_to__gte=F("deliver_from")), name="consignment_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ParcelState(models.TextChoices):
    """How far a parcel has come."""

    NEW = "new", _("Đã nhận đơn")
    CONFIRMED = "confirmed", _("Nhà sản xuất đã xác nhận")
    PACKED = "packed", _("Đã đóng gói")
    HANDED_OVER = "handed_over", _("Đang giao")
    DELIVERED = "delivered", _("Đã giao")
    RETURNED = "returned", _("Đã hoàn hàng")
    LOST = "lost", _("Thất lạc")
    CANCELLED = "cancelled", _("Đã hủy")


class Parcel(models.Model):
    """One parcel of a consignment; the delivery state lives here and nowhere else."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.CASCADE, related_name="parcels", verbose_name=_("Phần đơn")
    )
    number = models.PositiveSmallIntegerField(_("Kiện thứ"), default=1)
    state = models.CharField(
        _("Tình trạng"), max_length=16, choices=ParcelState.choices, default=ParcelState.NEW
    )
    state_since = models.DateTimeField(_("Từ lúc"), default=clock.now)

    class Meta:
        verbose_name = _("Kiện hàng")
        verbose_name_plural = _("Kiện hàng")
        ordering = ["consignment_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consignment", "number"], name="parcel_number_once"),
            models.CheckConstraint(condition=Q(state__in=ParcelState.values), name="parcel_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.consignment}/{self.number}"
