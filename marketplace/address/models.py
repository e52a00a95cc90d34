"""The address book: Oscar's, with Vietnam's two levels. What differs is defined above the import."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress

from marketplace import clock
from producers.models import Commune, Province


class UserAddress(AbstractUserAddress):  # type: ignore[misc]
    """A place somebody has goods sent to.

    `first_name` holds the whole name, `line1` house and street; without a country it is Vietnam.
    """

    country: "models.ForeignKey[models.Model | None, models.Model | None]" = models.ForeignKey(
        "address.Country", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Quốc gia")
    )
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="+", verbose_name=_("Tỉnh, thành phố")
    )
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, related_name="+", verbose_name=_("Xã, phường, đặc khu")
    )
    former_address = models.CharField(_("Địa chỉ cũ"), max_length=255, blank=True)
    date_created = models.DateTimeField(_("Ngày thêm"), default=clock.now, editable=False)

    search_fields: ClassVar[list[str]] = ["first_name", "line1", "former_address"]
    base_fields: ClassVar[list[str]] = ["first_name", "line1", "place"]
    hash_fields: ClassVar[list[str]] = ["first_name", "phone_text", "line1", "place", "former_address"]

    class Meta(AbstractUserAddress.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Địa chỉ")
        verbose_name_plural = _("Sổ địa chỉ")
        ordering = ["-is_default_for_shipping", "-num_orders_as_shipping_address", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default_for_shipping=True),
                name="address_one_default_per_person",
            ),
        ]

    @property
    def place(self) -> str:
        """ "Phường Ba Đình, Hà Nội"."""
        return f"{self.commune.full_name}, {self.province.display_name}"

    @property
    def phone_text(self) -> str:
        """The number as E.164, or nothing."""
        return str(self.phone_number or "")

    @property
    def has_ended(self) -> bool:
        """Whether its commune has been merged or split since, so that somebody has to say where it lies now."""
        return not self.commune.exists_on(clock.today())


from oscar.apps.address.models import *  # noqa: E402, F403
