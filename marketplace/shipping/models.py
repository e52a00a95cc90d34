"""Oscar's models of shipping, and the shop's own table of charges above the import."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """How far a parcel goes, from the producer to the recipient."""

    PROVINCE = "province", _("cùng tỉnh, thành phố")
    REGION = "region", _("cùng vùng")
    COUNTRY = "country", _("khác vùng")
    ISLAND = "island", _("đặc khu, hải đảo")


class Tariff(models.Model):
    """What a parcel costs in one zone: whole đồng up to a base weight, then per step begun."""

    zone = models.CharField(_("Khu vực"), max_length=16, choices=Zone.choices, unique=True)
    base_weight_g = models.PositiveIntegerField(_("Khối lượng đầu (g)"))
    base_price = models.DecimalField(_("Phí khối lượng đầu"), max_digits=12, decimal_places=0)
    step_weight_g = models.PositiveIntegerField(_("Mỗi nấc thêm (g)"))
    step_price = models.DecimalField(_("Phí mỗi nấc"), max_digits=12, decimal_places=0)
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
            models.CheckConstraint(
                condition=Q(base_price__gte=0, step_price__gte=0), name="tariff_prices_not_negative"
            ),
            models.CheckConstraint(condition=Q(days_to__gte=F("days_from")), name="tariff_days_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.get_zone_display())


from oscar.apps.shipping.models import *  # noqa: E402, F403
