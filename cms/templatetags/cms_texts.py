"""Editors' texts on the shop's own pages: `{% load cms_texts %}`. Each tag costs one query."""

from typing import Any

from django import template
from django.utils.translation import get_language

from cms.models import ProvinceText, RegionText, StoryPage

register = template.Library()


@register.simple_tag
def province_text(slug: str) -> ProvinceText | None:
    """`{% province_text place.slug as text %}`: `text.local_text|richtext`, `text.cover` (url_1200 …); or None."""
    return ProvinceText.objects.select_related("picture").filter(province__slug=slug).first()


@register.simple_tag
def region_text(slug: str) -> RegionText | None:
    """`{% region_text place.slug as text %}`: as above, for a region."""
    return RegionText.objects.select_related("picture").filter(region__slug=slug).first()


@register.simple_tag
def producer_story(producer_id: int) -> StoryPage | None:
    """`{% producer_story producer.pk as story %}`: the newest live story in the page's language; or None."""
    story: StoryPage | None = _stories().filter(producer=producer_id).first()
    return story


@register.simple_tag
def province_stories(slug: str, most: int = 3) -> list[StoryPage]:
    """`{% province_stories place.slug as stories %}`: stories of the province's producers, newest first."""
    return list(_stories().filter(producer__province__slug=slug)[:most])


def _stories() -> Any:
    live = StoryPage.objects.live().filter(locale__language_code=get_language() or "vi")
    return live.order_by("-first_published_at", "-pk")
