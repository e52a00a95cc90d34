"""Stories of producers. They stay Vietnamese; the English tree mirrors them (Wagtail's aliases)."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import StoryBody
from cms.frames import Frame, Scene, frame
from cms.rails import fill_cards
from producers.models import Producer
from producers.places import place_line

from .base import ShopPage

WORDS_A_MINUTE = 220
PER_PAGE = 12


class StoryIndexPage(ShopPage):
    """All stories, newest first."""

    lead = models.CharField(_("Lời dẫn"), max_length=300, blank=True)

    template = "cms/story_index.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.StoryPage"]
    content_panels = [*ShopPage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("Mục câu chuyện")
        verbose_name_plural = _("Mục câu chuyện")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        stories = StoryPage.objects.child_of(self).live().order_by("-first_published_at", "-pk")
        paginator = Paginator(stories.select_related("picture", "producer__province"), PER_PAGE)
        page = paginator.get_page(request.GET.get("trang"))
        context["stories"] = page
        context["pages"] = paginator.get_elided_page_range(page.number)
        return context


class StoryPage(ShopPage):
    """One story about a producer; the shop needs none to sell."""

    producer = models.ForeignKey(
        Producer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Nhà sản xuất"),
    )
    lead = models.TextField(_("Đoạn mở đầu"), max_length=600)
    byline = models.CharField(_("Người viết, người duyệt"), max_length=200, blank=True)
    season = models.CharField(_("Mùa vụ"), max_length=200, blank=True)
    picture = models.ForeignKey(
        "cms.ShopImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh bìa"),
    )
    scene = models.CharField(_("Tranh vẽ sẵn"), max_length=16, choices=Scene.choices, default=Scene.TERRACES)
    body = StreamField(StoryBody(), verbose_name=_("Nội dung"), blank=True)

    template = "cms/story.html"
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *ShopPage.content_panels,
        *[FieldPanel(name) for name in ("producer", "lead", "byline", "season", "picture", "scene", "body")],
    ]

    class Meta:
        verbose_name = _("Câu chuyện")
        verbose_name_plural = _("Câu chuyện")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        adult = getattr(request, "is_adult", False)
        context["producer"] = producer = self.told_producer
        context["cards"] = fill_cards(self.body, adult=adult, producer=producer)
        if producer:
            context["place"] = place_line(producer.province, producer.former_province)
        return context

    @property
    def told_producer(self) -> Producer | None:
        """The producer with name and place, in one query."""
        told = Producer.objects.select_related("partner", "province", "former_province")
        return told.filter(pk=self.producer_id).first() if self.producer_id else None

    @property
    def crumbs(self) -> list[dict[str, Any]]:
        """None: the picture opens the page."""
        return []

    @property
    def cover(self) -> Frame | None:
        return frame(self.picture, width=2, height=1)

    @property
    def shared_picture(self) -> Any:
        return self.share_picture or self.picture

    @property
    def minutes(self) -> int:
        """Minutes to read, at least one."""
        words = re.findall(r"\w+", f"{self.lead} {strip_tags(str(self.body))}")
        return max(1, round(len(words) / WORDS_A_MINUTE))
