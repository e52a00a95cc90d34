"""Pictures of pages as templates want them: fixed WebP sizes with addresses url_400, url_800 …

Wagtail makes a size the first time it is asked for and remembers it in the cache.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cms.models import ShopImage

QUALITY = "format-webp|webpquality-80"


class Scene(models.TextChoices):
    """Drawn landscapes of static/img that stand where no picture is chosen."""

    TERRACES = "terraces", _("ruộng bậc thang")
    TEA = "tea", _("đồi chè")
    SEA = "sea", _("biển")
    DUSK = "dusk", _("chiều tà")


@dataclass(frozen=True)
class Frame:
    """A picture in fixed sizes, of one proportion (width, height)."""

    url_400: str
    url_800: str
    url_1200: str
    alt: str


def frame(image: "ShopImage | None", *, width: int = 3, height: int = 2) -> Frame | None:
    """The picture cut to a proportion in three sizes; None without a picture."""
    if image is None:
        return None
    filters = [f"fill-{side}x{side * height // width}|{QUALITY}" for side in (400, 800, 1200)]
    sizes: dict[str, Any] = image.get_renditions(*filters)
    small, middle, large = (str(sizes[name].url) for name in filters)
    return Frame(url_400=small, url_800=middle, url_1200=large, alt=image.description or "")


def share_address(image: "ShopImage | None", request: HttpRequest) -> str:
    """The absolute address of a 1200 px wide picture for previews of shared links, or ''."""
    if image is None:
        return ""
    return request.build_absolute_uri(image.get_rendition("fill-1200x630|format-jpeg").url)
