"""Drawn landscapes of static/img, which stand where no picture is."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SIZES = {"terraces": (1600, 760), "tea": (1200, 800), "sea": (1200, 800), "dusk": (1200, 560)}

OF_REGION = {
    "tdmnpb": "terraces",
    "dbsh": "dusk",
    "btb": "tea",
    "dhntb-tn": "sea",
    "dnb": "dusk",
    "dbscl": "sea",
}
"""By the code of a region: terraces for the mountains, water for coast and delta."""


def scene_of(region: str) -> str:
    return OF_REGION.get(region, "tea")


def scene_img(name: str, *, alt: str = "", eager: bool = False, css: str = "") -> SafeString:
    """The drawing with its own dimensions."""
    width, height = SIZES[name]
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}"{} {}>',
        static(f"img/scene-{name}.svg"),
        alt,
        width,
        height,
        format_html(' class="{}"', css) if css else "",
        SafeString('fetchpriority="high"' if eager else 'loading="lazy"'),
    )
