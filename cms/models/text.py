"""Help, legal and other plain pages, and the pages that list them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import TextBody

from .base import ShopPage


class TextFields(ShopPage):
    """What text pages and their index share."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)
    body = StreamField(TextBody(), verbose_name=_("Nội dung"), blank=True)

    content_panels = [*ShopPage.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        abstract = True


class TextIndexPage(TextFields):
    """A page that lists the text pages below it, with a text of its own (such as common questions)."""

    template = "cms/text_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.TextPage"]

    class Meta:
        verbose_name = _("Mục trang văn bản")
        verbose_name_plural = _("Mục trang văn bản")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = TextPage.objects.child_of(self).live().order_by("path")
        return context


class TextPage(TextFields):
    """One text. `in_force_from` stands above legal texts."""

    in_force_from = models.DateField(_("Áp dụng từ ngày"), null=True, blank=True)

    template = "cms/text.html"
    parent_page_types = ["cms.HomePage", "cms.TextIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ShopPage.content_panels,
        FieldPanel("lead"),
        FieldPanel("in_force_from"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Trang văn bản")
        verbose_name_plural = _("Trang văn bản")
