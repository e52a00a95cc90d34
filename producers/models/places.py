"""Places of Vietnam: 6 regions, 34 provinces since 1 July 2025, the 63 before, and 3,321 communes.

Names are reference data (producers/data/), not translated: Vietnamese names are used in English too.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.writes import TellingQuerySet


class Region(models.Model):
    """One of the six socio-economic regions."""

    code = models.CharField(_("Mã"), max_length=16, unique=True)
    name = models.CharField(_("Tên"), max_length=64, unique=True)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=64)
    slug = models.SlugField(_("Đường dẫn"), max_length=64, unique=True)
    macro_region = models.CharField(_("Miền"), max_length=16)
    position = models.PositiveSmallIntegerField(_("Thứ tự"))

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Vùng")
        verbose_name_plural = _("Vùng")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the visitor's language."""
        return self.name_en if get_language() == "en" else self.name


class Province(models.Model):
    """One of today's provinces and centrally-run cities. `code` is the statistics office's, two digits."""

    code = models.CharField(_("Mã"), max_length=2, unique=True)
    name = models.CharField(_("Tên"), max_length=64, unique=True)
    display_name = models.CharField(_("Tên hiển thị"), max_length=64)
    full_name = models.CharField(_("Tên đầy đủ"), max_length=64)
    slug = models.SlugField(_("Đường dẫn"), max_length=64, unique=True)
    type = models.CharField(_("Loại"), max_length=16)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="provinces", verbose_name=_("Vùng")
    )

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Tỉnh, thành phố")
        verbose_name_plural = _("Tỉnh, thành phố")
        ordering = ["slug"]  # by code points, as SQLite compares, Đ would come last

    def __str__(self) -> str:
        return self.display_name


class FormerProvince(models.Model):
    """One of the 63 provinces before 1 July 2025, with the one it is part of today."""

    code = models.CharField(_("Mã"), max_length=2, unique=True)
    name = models.CharField(_("Tên"), max_length=64, unique=True)
    slug = models.SlugField(_("Đường dẫn"), max_length=64, unique=True)
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        related_name="former_provinces",
        verbose_name=_("Nay thuộc"),
    )

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Tỉnh, thành phố cũ")
        verbose_name_plural = _("Tỉnh, thành phố cũ")
        ordering = ["slug"]  # by code points, as SQLite compares, Đ would come last

    def __str__(self) -> str:
        return self.name


class CommuneQuerySet(TellingQuerySet):
    """Communes, and those that exist on a day."""

    def on(self, day: date) -> Self:
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class Commune(models.Model):
    """A commune-level unit (xã, phường, đặc khu). `formed_from` names the old units it was made of.

    `until` is its last day, when it has been merged or split since; addresses may still name it.
    """

    code = models.CharField(_("Mã"), max_length=5, unique=True)
    name = models.CharField(_("Tên"), max_length=64)
    kind = models.CharField(_("Loại"), max_length=16)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="communes", verbose_name=_("Tỉnh, thành phố")
    )
    formed_from = models.TextField(_("Hợp thành từ"), blank=True)
    folded = models.CharField(_("Tên không dấu"), max_length=96, db_index=True)
    until = models.DateField(_("Đến hết ngày"), null=True, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = _("Xã, phường, đặc khu")
        verbose_name_plural = _("Xã, phường, đặc khu")
        ordering = ["name", "code"]
        indexes = [models.Index(fields=["province", "folded"], name="commune_by_province")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """ "Xã Thông Nguyên"."""
        return f"{self.kind.capitalize()} {self.name}"

    def exists_on(self, day: date) -> bool:
        """Whether the commune has not ended before this day."""
        return self.until is None or self.until >= day

    @property
    def is_island(self) -> bool:
        """Whether the commune is one of the special zones, nearly all of which are islands."""
        return self.kind == "đặc khu"


class PlaceAliasKind(models.TextChoices):
    ALIAS = "alias", _("tên khác")
    NICKNAME = "nickname", _("tên gọi quen")
    SPECIALTY = "specialty", _("vùng đặc sản")


class PlaceAlias(models.Model):
    """Another name by which people look for a place; it stands for one province, today's or former."""

    text = models.CharField(_("Tên gọi"), max_length=64)
    kind = models.CharField(_("Loại"), max_length=16, choices=PlaceAliasKind.choices)
    province = models.ForeignKey(
        Province,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("Tỉnh, thành phố"),
    )
    former_province = models.ForeignKey(
        FormerProvince,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("Tỉnh, thành phố cũ"),
    )

    class Meta:
        verbose_name = _("Tên gọi khác của địa danh")
        verbose_name_plural = _("Tên gọi khác của địa danh")
        ordering = ["text", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(province__isnull=False, former_province__isnull=True)
                | Q(province__isnull=True, former_province__isnull=False),
                name="place_alias_of_one_place",
                violation_error_message=_(
                    "Hãy chọn một nơi: tỉnh, thành phố hiện nay, hoặc tỉnh, thành phố cũ."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PlaceAliasKind.values), name="place_alias_kind_known"
            ),
            models.UniqueConstraint(fields=["text", "province"], name="place_alias_once_per_province"),
            models.UniqueConstraint(fields=["text", "former_province"], name="place_alias_once_per_former"),
        ]

    def __str__(self) -> str:
        return self.text
