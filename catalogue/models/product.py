"""The product: Oscar's, with producer, origin, what a buyer and a carrier need to know, and how it is sold."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProduct
from oscar.apps.catalogue.managers import ProductQuerySet as OscarProductQuerySet

from marketplace import clock
from marketplace.writes import TellingQuerySet
from producers.models import Commune, FormerProvince, Producer, Province
from producers.places import fold

from .category import Category, Reach


class Sale(models.TextChoices):
    """How a product is offered."""

    ON_SALE = "on_sale", _("đang bán")
    REGISTERED = "registered", _("chỉ giới thiệu, chưa bán ở đây")
    ENQUIRY = "enquiry", _("liên hệ đặt chỗ")


class ProductQuerySet(TellingQuerySet, OscarProductQuerySet):  # type: ignore[misc]
    """Products, and their star on a day."""

    def listed(self) -> Self:
        """Public products that lists and search show: stand-alone and parent ones, no children."""
        return self.filter(parent=None, is_public=True)

    def with_star(self, day: date) -> Self:
        """Annotate `star` (3 to 5, or None) as of `day`, in the same query."""
        from .rating import Rating

        star = Rating.objects.valid_on(day).filter(product=OuterRef("pk")).newest_first().values("stars")[:1]
        return self.annotate(star=Subquery(star))


def slug_of_title(title: str) -> str:
    """What a product's address says of a title, đ too."""
    return slugify(fold(title))[:255] or "san-pham"


def product_url(pk: int, slug: str) -> str:
    """The address of the listed product with this key."""
    return reverse("catalogue:detail", kwargs={"product_slug": slug, "pk": pk})


class Product(AbstractProduct):  # type: ignore[misc]
    """A product. Parents and stand-alone products are listed and rated; children (sizes) are bought.

    Children carry their own net quantity, shipping weight and dimensions; everything else they take from the parent.
    """

    if TYPE_CHECKING:
        slug: str  # Oscar's field, which mypy cannot see

    producer = models.ForeignKey(
        Producer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Nhà sản xuất"),
    )
    province = models.ForeignKey(
        Province,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Tỉnh, thành phố"),
    )
    former_province = models.ForeignKey(
        FormerProvince,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Tỉnh, thành phố cũ"),
    )
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("Xã, phường, đặc khu"),
    )
    origin_text = models.CharField(_("Nơi sản xuất, như giấy tờ ghi"), max_length=200, blank=True)
    name_en = models.CharField(_("Tên tiếng Anh"), max_length=255, blank=True)
    net_quantity = models.CharField(_("Khối lượng tịnh"), max_length=64, blank=True)
    shipping_weight_g = models.PositiveIntegerField(_("Khối lượng gửi (g)"), null=True, blank=True)
    length_cm = models.PositiveSmallIntegerField(_("Dài, khi đóng gói (cm)"), null=True, blank=True)
    width_cm = models.PositiveSmallIntegerField(_("Rộng (cm)"), null=True, blank=True)
    height_cm = models.PositiveSmallIntegerField(_("Cao (cm)"), null=True, blank=True)
    reach = models.CharField(_("Phạm vi giao"), max_length=16, choices=Reach.choices, blank=True)
    ingredients = models.TextField(_("Thành phần"), blank=True)
    storage = models.CharField(_("Bảo quản"), max_length=255, blank=True)
    shelf_life = models.CharField(_("Hạn dùng"), max_length=128, blank=True)
    ip_number = models.CharField(_("Số quyền sở hữu trí tuệ"), max_length=64, blank=True)
    planting_area_code = models.CharField(_("Mã số vùng trồng"), max_length=64, blank=True)
    sale = models.CharField(_("Hình thức bán"), max_length=16, choices=Sale.choices, default=Sale.ON_SALE)
    is_demo = models.BooleanField(_("Dữ liệu mẫu"), default=False)
    # How many reviews Oscar's `rating` is the mean of; both are written by marketplace.reviews alone.
    review_count = models.PositiveIntegerField(_("Số đánh giá"), default=0, editable=False)

    # Oscar's auto_now fields would ask the system for the time.
    date_created = models.DateTimeField(_("Ngày tạo"), default=clock.now, editable=False, db_index=True)
    date_updated = models.DateTimeField(_("Ngày sửa"), default=clock.now, editable=False, db_index=True)

    objects = ProductQuerySet.as_manager()

    class Meta(AbstractProduct.Meta):  # type: ignore[misc]
        abstract = False
        ordering = ["-date_created", "-id"]
        verbose_name = _("Sản phẩm")
        verbose_name_plural = _("Sản phẩm")
        constraints = [
            models.CheckConstraint(condition=Q(sale__in=Sale.values), name="product_sale_known"),
            models.CheckConstraint(condition=Q(reach__in=["", *Reach.values]), name="product_reach_known"),
            models.CheckConstraint(
                condition=Q(length_cm__isnull=True, width_cm__isnull=True, height_cm__isnull=True)
                | Q(length_cm__isnull=False, width_cm__isnull=False, height_cm__isnull=False)
                & Q(length_cm__gt=0, width_cm__gt=0, height_cm__gt=0),
                name="product_dimensions_all_or_none",
            ),
            models.CheckConstraint(
                condition=Q(structure="child", parent__isnull=False)
                | (~Q(structure="child") & Q(parent__isnull=True)),
                name="product_child_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(structure="child") | Q(producer__isnull=False, province__isnull=False),
                name="product_has_producer_and_province",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the slug from the Vietnamese title (đ too) and note when."""
        if not self.slug:
            self.slug = slug_of_title(self.get_title())
        self.date_updated = clock.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The listed product's address; a child's is its parent's."""
        return product_url(self.parent_id if self.is_child else self.pk, str(self.listed.slug))

    @property
    def listed(self) -> "Product":
        """The product that is listed and rated: itself, or a child's parent."""
        return self.parent if self.is_child else self

    @cached_property
    def all_categories(self) -> list[Category]:
        """The categories of the listed product, read once."""
        return list(self.listed.categories.all())

    @property
    def ocop_set(self) -> Category | None:
        """The OCOP set: the deepest numbered category."""
        numbered = (category for category in self.all_categories if category.number is not None)
        return max(numbered, key=lambda c: c.depth, default=None)

    @property
    def is_alcohol(self) -> bool:
        """Whether the law asks for an age of 18 (Law 44/2019/QH14, art. 16)."""
        return any(category.is_alcohol for category in self.all_categories)
