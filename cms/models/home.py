"""The home page: a landscape with a label on it, then sections in the order editors choose."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import LINK_HELP, HomeBody
from cms.frames import Frame, Scene, frame
from cms.places import place_overview
from cms.rails import fill_cards

from .base import ShopPage

inside_the_shop = RegexValidator(r"^/[^/\\]?", _("Địa chỉ bắt đầu bằng một dấu gạch chéo."))


class HomePage(ShopPage):
    """The shop's first page; one per language."""

    kicker = models.CharField(_("Dòng nhỏ phía trên"), max_length=80, blank=True)
    heading = models.CharField(_("Tiêu đề lớn"), max_length=120)
    lead = models.CharField(_("Lời dẫn"), max_length=250, blank=True)
    picture = models.ForeignKey(
        "cms.ShopImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh nền"),
    )
    scene = models.CharField(_("Tranh vẽ sẵn"), max_length=16, choices=Scene.choices, default=Scene.TERRACES)
    button_label = models.CharField(_("Chữ của nút"), max_length=40, blank=True)
    button_link = models.CharField(
        _("Liên kết của nút"),
        max_length=250,
        blank=True,
        validators=[inside_the_shop],
        help_text=LINK_HELP,
    )
    second_label = models.CharField(_("Chữ của liên kết thứ hai"), max_length=80, blank=True)
    second_link = models.CharField(
        _("Liên kết thứ hai"), max_length=250, blank=True, validators=[inside_the_shop], help_text=LINK_HELP
    )
    body = StreamField(HomeBody(), verbose_name=_("Các phần của trang"), blank=True)

    template = "cms/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.TextIndexPage", "cms.TextPage", "cms.StoryIndexPage"]
    content_panels = [
        *ShopPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "kicker",
                    "heading",
                    "lead",
                    "picture",
                    "scene",
                    "button_label",
                    "button_link",
                    "second_label",
                    "second_link",
                )
            ],
            heading=_("Phần mở đầu"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("Trang chủ")
        verbose_name_plural = _("Trang chủ")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        adult = getattr(request, "is_adult", False)
        fill_cards(self.body, adult=adult)
        if any(block.block_type == "map" for block in self.body):
            context["overview"] = place_overview(adult=adult)
        context["cover"] = self.cover
        return context

    @property
    def cover(self) -> Frame | None:
        return frame(self.picture, width=2, height=1)

    @property
    def shared_picture(self) -> Any:
        return self.share_picture or self.picture
