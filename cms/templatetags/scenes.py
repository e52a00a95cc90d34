"""Drawn landscapes that stand where no picture is chosen: `{% load scenes %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.frames import Scene

register = template.Library()


@register.simple_tag
def scene(name: str, alt: str = "", eager: bool = False, css: str = "") -> SafeString:
    """`{% scene page.scene eager=True %}`: the drawing with its own dimensions."""
    width, height = Scene(name).size
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}"{} {}>',
        static(f"img/scene-{name}.svg"),
        alt,
        width,
        height,
        format_html(' class="{}"', css) if css else "",
        SafeString('fetchpriority="high"' if eager else 'loading="lazy"'),
    )
