"""For templates of messages: `{% load mail %}`."""

from django import template
from django.conf import settings

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    """`{{ link|absolute }}`: the whole address of a path on the shop, for readers who are not there."""
    if not path.startswith("/"):
        raise ValueError(f"Not a path on the shop: {path!r}")
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
