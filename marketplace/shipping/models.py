"""Oscar's models of shipping; above the import the shop's own: charges by zone, and the terms of each producer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from producers.models import Producer


class Zone(models.TextChoices):
    """How far a parcel goes, from the producer to the recipient."""

    PROVINCE = "province", _("cùng tỉnh, thành phố")
    REGION = "region", _("cùng vùng")
    COUNTRY = "country", _("khác vùng")
    ISLAND = "island", _("đặc khu, hải đảo")


class Way(models.TextChoices):
    """How the goods of one producer come to the buyer."""

    DELIVERY = "delivery", _("Giao tận nơi")
    PICKUP = "pickup", _("Nhận tại nơi bán")


class Tariff(models.Model):
    """What a parcel costs in one zone: whole đồng up to a base weight, then per step begun."""

    zone = models.CharField(_("Khu vực"), max_length=16, choices=Zone.choices, unique=True)
    base_weight_g = models.PositiveIntegerField(_("Khối lượng đầu (g)"))
    base_price = models.DecimalField(_("Phí khối lượng đầu"), max_digits=12, decimal_places=0)
    step_weight_g = models.PositiveIntegerField(_("Mỗi nấc thêm (g)"))
    step_price = models.DecimalField(_("Phí mỗi nấc"), max_digits=12, decimal_places=0)
    volume_divisor = models.PositiveIntegerField(
        _("Số chia thể tích"),
        default=6000,
        help_text=_("Dài × rộng × cao (cm) chia cho số này là số kg quy đổi; tính theo số nào nặng hơn."),
    )
    days_from = models.PositiveSmallIntegerField(_("Số ngày giao, sớm nhất"))
    days_to = models.PositiveSmallIntegerField(_("Số ngày giao, muộn nhất"))
    free_from = models.DecimalField(
        _("Miễn phí từ tiền hàng của một nhà"), max_digits=12, decimal_places=0, null=True, blank=True
    )

    class Meta:
        verbose_name = _("Bảng phí giao")
        verbose_name_plural = _("Bảng phí giao")
        ordering = ["base_price", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(zone__in=Zone.values), name="tariff_zone_known"),
            models.CheckConstraint(
                condition=Q(base_weight_g__gt=0, step_weight_g__gt=0), name="tariff_weights_positive"
            ),
            models.CheckConstraint(condition=Q(volume_divisor__gt=0), name="tariff_divisor_positive"),
            models.CheckConstraint(
                condition=Q(base_price__gte=0, step_price__gte=0), name="tariff_prices_not_negative"
            ),
            models.CheckConstraint(condition=Q(days_to__gte=F("days_from")), name="tariff_days_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.get_zone_display())


class ProducerTerms(models.Model):
    """On what terms one producer sends: thresholds of its own, and whether buyers may come and fetch.

    Amounts are whole đồng of goods. `free_from` goes before the tariff's; blank leaves the tariff's in force.
    """

    producer = models.OneToOneField(
        Producer,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="shipping_terms",
        verbose_name=_("Nhà sản xuất"),
    )
    minimum_order = models.DecimalField(
        _("Đơn tối thiểu"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    free_from = models.DecimalField(
        _("Miễn phí giao từ"), max_digits=12, decimal_places=0, null=True, blank=True
    )
    offers_pickup = models.BooleanField(_("Cho nhận tại nơi bán"), default=False)
    pickup_address = models.CharField(_("Địa chỉ nhận hàng"), max_length=255, blank=True)
    pickup_hours = models.CharField(_("Giờ mở cửa"), max_length=200, blank=True)
    pickup_ready_days = models.PositiveSmallIntegerField(_("Số ngày chuẩn bị hàng"), default=1)
    pickup_keep_days = models.PositiveSmallIntegerField(_("Số ngày giữ hàng"), default=7)

    class Meta:
        verbose_name = _("Điều kiện bán của nhà sản xuất")
        verbose_name_plural = _("Điều kiện bán của nhà sản xuất")
        ordering = ["producer_id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(minimum_order__isnull=True) | Q(minimum_order__gte=0))
                & (Q(free_from__isnull=True) | Q(free_from__gte=0)),
                name="producer_terms_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(offers_pickup=False) | ~Q(pickup_address=""),
                name="producer_terms_pickup_has_a_place",
                violation_error_message=_("Cho nhận tại nơi bán thì cần ghi địa chỉ nhận hàng."),
            ),
        ]

    def __str__(self) -> str:
        return self.producer.name


def terms_of(producer: Producer) -> ProducerTerms:
    """A producer's terms, or the shop's ordinary ones. No query when they were joined to the producer."""
    try:
        return producer.shipping_terms
    except ProducerTerms.DoesNotExist:
        return ProducerTerms(producer=producer)


from oscar.apps.shipping.models import *  # noqa: E402, F403
