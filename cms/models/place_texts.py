"""Editors' texts about places, shown on the shop's own pages by template tags (cms_texts)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.snippets.models import register_snippet

from cms.frames import Frame, frame
from producers.models import Province, Region

FEATURES = ["bold", "link", "ul"]


class PlaceText(models.Model):
    """A short text in both languages, and a landscape."""

    text = RichTextField(_("Lời giới thiệu"), features=FEATURES, blank=True)
    text_en = RichTextField(_("Lời giới thiệu, tiếng Anh"), features=FEATURES, blank=True)
    picture = models.ForeignKey(
        "cms.ShopImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Hình ảnh"),
    )

    class Meta:
        abstract = True

    @property
    def local_text(self) -> str:
        """The stored rich text in the visitor's language, or the Vietnamese one."""
        return str(self.text_en if get_language() == "en" and self.text_en else self.text)

    @property
    def cover(self) -> Frame | None:
        return frame(self.picture, width=3, height=1)


@register_snippet
class ProvinceText(PlaceText):
    province = models.OneToOneField(
        Province, on_delete=models.CASCADE, related_name="+", verbose_name=_("Tỉnh, thành phố")
    )

    panels = [FieldPanel(name) for name in ("province", "text", "text_en", "picture")]

    class Meta:
        verbose_name = _("Lời giới thiệu tỉnh, thành")
        verbose_name_plural = _("Lời giới thiệu tỉnh, thành")
        ordering = ["province__name", "pk"]

    def __str__(self) -> str:
        return str(self.province)


@register_snippet
class RegionText(PlaceText):
    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("Vùng"))

    panels = [FieldPanel(name) for name in ("region", "text", "text_en", "picture")]

    class Meta:
        verbose_name = _("Lời giới thiệu vùng")
        verbose_name_plural = _("Lời giới thiệu vùng")
        ordering = ["region__position", "pk"]

    def __str__(self) -> str:
        return str(self.region)
