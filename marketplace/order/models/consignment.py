"""An order's part of one producer."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.order.states import DeliveryState, delivery_state
from marketplace.shipping.models import Way, Zone


class Consignment(models.Model):
    """What one producer sends for an order, and what the buyer pays for it: total = goods + shipping.

    The sums stand as they were placed; `cancelled_total` is the part of `total` that is owed no more, since its
    parcels were cancelled, got lost or came back undelivered, and `refund_total` what of the rest was promised back
    for returned goods. `weight_g` is what the goods weigh, `charged_weight_g` what was charged for, which is more of
    bulky goods. `shipping_refunded` is what staff gave back of the charge without a return. What the buyer fetches has no zone and no charge, and keeps where and when it was to be fetched.
    """

    order = models.ForeignKey(
        "order.Order",
        on_delete=models.CASCADE,
        related_name="consignments",
        verbose_name=pgettext_lazy("one", "Đơn hàng"),
    )
    partner: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        "partner.Partner",
        on_delete=models.PROTECT,
        related_name="consignments",
        verbose_name=_("Nhà sản xuất"),
    )
    number = models.CharField(_("Mã kiện"), max_length=64, unique=True)
    goods_total = models.DecimalField(_("Tiền hàng"), max_digits=12, decimal_places=0)
    shipping_charge = models.DecimalField(_("Phí giao"), max_digits=12, decimal_places=0)
    total = models.DecimalField(_("Tổng"), max_digits=12, decimal_places=0)
    cancelled_total = models.DecimalField(_("Không giao"), max_digits=12, decimal_places=0, default=0)
    refund_total = models.DecimalField(_("Trả lại người mua"), max_digits=12, decimal_places=0, default=0)
    shipping_refunded = models.DecimalField(
        _("Phí giao đã trả lại"), max_digits=12, decimal_places=0, default=0
    )
    way = models.CharField(_("Cách nhận"), max_length=16, choices=Way.choices, default=Way.DELIVERY)
    zone = models.CharField(_("Khu vực giao"), max_length=16, choices=Zone.choices, blank=True)
    weight_g = models.PositiveIntegerField(_("Khối lượng (g)"))
    charged_weight_g = models.PositiveIntegerField(_("Khối lượng tính phí (g)"), default=0)
    pickup_address = models.CharField(_("Địa chỉ nhận hàng"), max_length=255, blank=True)
    pickup_hours = models.CharField(_("Giờ mở cửa"), max_length=200, blank=True)
    deliver_from = models.DateField(_("Giao sớm nhất"))
    deliver_to = models.DateField(_("Giao muộn nhất"))
    has_alcohol = models.BooleanField(_("Có đồ uống có cồn"), default=False)
    note = models.TextField(_("Lời nhắn cho nhà sản xuất"), max_length=500, blank=True)
    gift_message = models.TextField(_("Lời chúc kèm quà"), max_length=300, blank=True)

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
            models.CheckConstraint(
                condition=Q(cancelled_total__gte=0, cancelled_total__lte=F("total")),
                name="consignment_cancelled_within_total",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.DELIVERY, zone__in=Zone.values)
                | Q(way=Way.PICKUP, zone="", shipping_charge=0) & ~Q(pickup_address=""),
                name="consignment_is_sent_or_fetched",
            ),
            models.CheckConstraint(
                condition=Q(refund_total__gte=0, refund_total__lte=F("total") - F("cancelled_total")),
                name="consignment_refunds_within_owed",
            ),
            models.CheckConstraint(
                condition=Q(shipping_refunded__gte=0, shipping_refunded__lte=F("shipping_charge")),
                name="consignment_shipping_refunded_within_charge",
            ),
            models.CheckConstraint(
                condition=Q(deliver_to__gte=F("deliver_from")), name="consignment_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def owed(self) -> Decimal:
        """What of the total is to be paid, in whole đồng."""
        return self.total - self.cancelled_total

    @property
    def delivery_state(self) -> DeliveryState:
        """Derived of its parcels; prefetch them for lists."""
        return delivery_state([parcel.state for parcel in self.parcels.all()])
