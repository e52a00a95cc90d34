"""Oscar's category tree as OCOP's: 6 groups, 17 classes, 26 sets (catalogue/data/taxonomy.json)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProductCategory
from oscar.apps.catalogue.managers import CategoryManager
from oscar.apps.catalogue.managers import CategoryQuerySet as OscarCategoryQuerySet

from marketplace.writes import TellingQuerySet


class Level(models.IntegerChoices):
    """Depth in the tree."""

    GROUP = 1, _("nhóm ngành")
    CLASS = 2, _("nhóm")
    SET = 3, _("bộ sản phẩm")


class CategoryFlag(models.TextChoices):
    """What a set's products need: shipping, papers, who may buy."""

    FRESH = "fresh", _("tươi")
    COLD = "cold", _("cần giữ lạnh")
    SEASONAL = "seasonal", _("theo mùa")
    ALCOHOL = "alcohol", _("đồ uống có cồn, từ 18 tuổi")
    HEALTH = "health", _("liên quan sức khỏe")
    COSMETIC = "cosmetic", _("mỹ phẩm")
    FRAGILE = "fragile", _("dễ vỡ")
    LIVE = "live", _("sinh vật sống")
    SERVICE = "service", _("dịch vụ")
    HEAVY = "heavy", _("nặng")


class Reach(models.TextChoices):
    """How far goods may be sent. Blank on a product or a set: whatever the next one above says."""

    EVERYWHERE = "everywhere", _("giao khắp nơi")
    PROVINCE = "province", _("chỉ giao trong tỉnh, thành phố của nhà sản xuất")
    PICKUP = "pickup", _("chỉ nhận tại nơi bán")


class CategoryQuerySet(TellingQuerySet, OscarCategoryQuerySet):  # type: ignore[misc]
    """Oscar's tree, whose mass writes tell."""


class Category(AbstractCategory):  # type: ignore[misc]
    """A group, class or set. `number` is the official one within its level; flags are CategoryFlag values."""

    number = models.PositiveSmallIntegerField(_("Số"), null=True, blank=True)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=255, blank=True)
    flags = models.JSONField(_("Đặc điểm"), default=list, blank=True)
    reach = models.CharField(_("Phạm vi giao"), max_length=16, choices=Reach.choices, blank=True)

    objects = CategoryManager.from_queryset(CategoryQuerySet)()

    class Meta(AbstractCategory.Meta):  # type: ignore[misc]
        abstract = False
        verbose_name = _("Nhóm sản phẩm")
        verbose_name_plural = _("Nhóm sản phẩm")
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="category_slug_unique"),
            models.UniqueConstraint(
                fields=["depth", "number"], condition=Q(number__isnull=False), name="category_number_unique"
            ),
            models.CheckConstraint(condition=Q(reach__in=["", *Reach.values]), name="category_reach_known"),
        ]

    @property
    def local_name(self) -> str:
        """The name in the visitor's language."""
        return str(self.name_en if get_language() == "en" and self.name_en else self.name)

    @property
    def is_alcohol(self) -> bool:
        return CategoryFlag.ALCOHOL in self.flags


class ProductCategory(AbstractProductCategory):  # type: ignore[misc]
    """Which product is in which category."""

    objects = TellingQuerySet.as_manager()

    class Meta(AbstractProductCategory.Meta):  # type: ignore[misc]
        abstract = False
