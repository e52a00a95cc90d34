"""Where an order goes: Oscar's address, with Vietnam's two levels."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress

from producers.models import Commune, Province
from producers.places import fold


class ShippingAddress(AbstractShippingAddress):  # type: ignore[misc]
    """`first_name` holds the whole name, `line1` house and street; without a country it is Vietnam.

    Of an order that is fetched in all its parts only the name is known: no province, no commune.
    """

    country: "models.ForeignKey[models.Model | None, models.Model | None]" = models.ForeignKey(
        "address.Country", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Quốc gia")
    )
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Tỉnh, thành phố"),
    )
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Xã, phường, đặc khu"),
    )
    former_address = models.CharField(_("Địa chỉ cũ"), max_length=255, blank=True)

    search_fields: ClassVar[list[str]] = ["first_name", "line1", "former_address"]
    base_fields: ClassVar[list[str]] = ["first_name", "line1"]
    hash_fields: ClassVar[list[str]] = ["first_name", "line1", "former_address"]

    class Meta(AbstractShippingAddress.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Địa chỉ nhận hàng")
        verbose_name_plural = _("Địa chỉ nhận hàng")
        constraints = [
            models.CheckConstraint(
                condition=Q(province__isnull=True, commune__isnull=True)
                | Q(province__isnull=False, commune__isnull=False),
                name="shipping_address_is_a_place_or_none",
            ),
        ]

    def _update_search_text(self) -> None:
        """Folded, so that staff find a name however it is typed."""
        self.search_text = fold(self.join_fields(self.search_fields, separator=" "))

    @property
    def place(self) -> str:
        """ "Phường Ba Đình, Hà Nội"; empty where nothing is sent."""
        if self.commune is None or self.province is None:
            return ""
        return f"{self.commune.full_name}, {self.province.display_name}"
