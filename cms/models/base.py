"""What every page of the shop has: a share picture, words it may not take as its address, and its language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction

from cms.frames import share_address
from marketplace.look.templatetags.look import path as in_language

#: First parts of addresses that belong to the shop; a page directly below the home page may not be called so.
RESERVED_SLUGS = frozenset(
    {
        "san-pham",
        "tim-kiem",
        "tinh",
        "vung",
        "nha-san-xuat",
        "gio-hang",
        "thanh-toan",
        "don-hang",
        "tai-khoan",
        "cach-xep-hang",
        "goi-y",
        "admin",
        "documents",
        "static",
        "media",
        "vi",
        "en",
        "suc-khoe",
    }
)

HOME_DEPTH = 2


def refuse_reserved(slug: str, *, depth: int) -> None:
    """Raise ValidationError for a page just below home whose address would be the shop's own."""
    if depth == HOME_DEPTH + 1 and slug in RESERVED_SLUGS:
        message = _("Đường dẫn “%(slug)s” là của cửa hàng. Bạn hãy chọn đường dẫn khác cho trang này.")
        raise ValidationError({"slug": ValidationError(message, params={"slug": slug})})


class ShopPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """The editors' form: says under the field that an address belongs to the shop."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        parent = self.parent_page or self.instance.get_parent()
        try:
            refuse_reserved(cleaned.get("slug") or "", depth=parent.depth + 1)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned


class ShopPage(Page):  # type: ignore[misc]
    """Base of the shop's pages."""

    share_picture = models.ForeignKey(
        "cms.ShopImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Ảnh khi chia sẻ"),
    )

    base_form_class = ShopPageForm
    promote_panels = [*Page.promote_panels, FieldPanel("share_picture")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug, depth=self.depth or 0)

    def get_view_restrictions(self) -> Any:
        """Wagtail's answer in one query: restrictions of the page and its ancestors, or of what they mirror."""
        paths = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        here = models.Q(page__path__in=paths, page__alias_of=None)
        return PageViewRestriction.objects.filter(here | models.Q(page__aliases__path__in=paths)).distinct()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["description"] = self.search_description
        context["crumbs"] = self.crumbs
        context["share_picture"] = share_address(self.shared_picture, request)
        return context

    @property
    def shared_picture(self) -> Any:
        """The picture a shared link shows, or None."""
        return self.share_picture

    @property
    def crumbs(self) -> list[dict[str, Any]]:
        """The way here from the home page; nothing for the home page itself."""
        if self.depth <= HOME_DEPTH:
            return []
        above = self.get_ancestors().filter(depth__gt=HOME_DEPTH) if self.depth > HOME_DEPTH + 1 else []
        way = [{"label": page.title, "url": page.get_url()} for page in above]
        return [{"label": _("Trang chủ"), "url": in_language("/")}, *way, {"label": self.title, "url": ""}]

    @property
    def is_vietnamese_only(self) -> bool:
        """Whether the texts are Vietnamese on a page of another language (a mirror of the Vietnamese page)."""
        return self.alias_of_id is not None and get_language() != "vi"
