"""A producer: what Oscar calls a partner, with its legal form, place and contact."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.writes import TellingQuerySet

from .places import Commune, FormerProvince, Province

if TYPE_CHECKING:
    from oscar.apps.partner.abstract_models import AbstractPartner


class ProducerForm(models.TextChoices):
    """Legal forms (chủ thể OCOP), by the codes of the taxonomy."""

    COOPERATIVE = "htx", _("Hợp tác xã")
    COOPERATIVE_UNION = "lien-hiep-htx", _("Liên hiệp hợp tác xã")
    COOPERATIVE_GROUP = "to-hop-tac", _("Tổ hợp tác")
    ENTERPRISE = "doanh-nghiep", _("Doanh nghiệp nhỏ và vừa")
    BUSINESS_HOUSEHOLD = "ho-kinh-doanh", _("Hộ kinh doanh")
    PRODUCING_HOUSEHOLD = "ho-san-xuat", _("Hộ sản xuất, cơ sở sản xuất")
    FARM = "trang-trai", _("Trang trại")
    ASSOCIATION = "hoi", _("Hội, hiệp hội")


class Producer(models.Model):
    """Extends one Oscar partner, whose primary key it shares; name and code live there only."""

    partner: "models.OneToOneField[AbstractPartner, AbstractPartner]" = models.OneToOneField(
        "partner.Partner", on_delete=models.CASCADE, primary_key=True, related_name="producer"
    )
    slug = models.SlugField(_("Đường dẫn"), max_length=140)
    form = models.CharField(_("Loại chủ thể"), max_length=16, choices=ProducerForm.choices)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="producers", verbose_name=_("Tỉnh, thành phố")
    )
    former_province = models.ForeignKey(
        FormerProvince,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="producers",
        verbose_name=_("Tỉnh, thành phố cũ"),
    )
    commune = models.ForeignKey(
        Commune,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="producers",
        verbose_name=_("Xã, phường, đặc khu"),
    )
    place_text = models.CharField(_("Nơi sản xuất, như giấy tờ ghi"), max_length=200, blank=True)
    contact_name = models.CharField(_("Người liên hệ"), max_length=100, blank=True)
    phone = models.CharField(_("Điện thoại"), max_length=16, blank=True)
    email = models.EmailField(_("Email"), blank=True)
    website = models.URLField(_("Trang web"), blank=True)
    about = models.TextField(_("Giới thiệu"), blank=True)
    is_demo = models.BooleanField(_("Nhà sản xuất mẫu"), default=False)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Nhà sản xuất")
        verbose_name_plural = _("Nhà sản xuất")
        ordering = ["slug", "partner_id"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=ProducerForm.values), name="producer_form_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.partner.name)

    def get_absolute_url(self) -> str:
        return reverse("producers:detail", kwargs={"slug": self.slug, "pk": self.pk})
