"""Who carries parcels, and where a parcel can be followed."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACE = "{}"


class Carrier(models.Model):
    """`tracking_address` is the carrier's page of a parcel, with {} where the number stands; it may be empty."""

    name = models.CharField(_("Tên"), max_length=64, unique=True)
    phone = models.CharField(_("Điện thoại hỏi hàng"), max_length=24, blank=True)
    tracking_address = models.URLField(_("Trang tra cứu"), max_length=300, blank=True)
    is_active = models.BooleanField(_("Đang dùng"), default=True)

    class Meta:
        verbose_name = _("Đơn vị vận chuyển")
        verbose_name_plural = _("Đơn vị vận chuyển")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.tracking_address and PLACE not in self.tracking_address:
            raise ValidationError({"tracking_address": _("Địa chỉ cần có {} ở chỗ của mã vận đơn.")})

    def link(self, number: str) -> str:
        """The page of one parcel, or nothing when the carrier has none."""
        return self.tracking_address.replace(PLACE, quote(number, safe="")) if self.tracking_address else ""
