"""Loads a producer's story: a Vietnamese page, and its mirror in the English tree."""

from collections.abc import Mapping

from django.db import transaction

from catalogue.models import Product
from cms.frames import Scene
from cms.models import StoryIndexPage, StoryPage
from producers.models import Producer

from .prose import blocks
from .tree import ensure_page, mirror


class NoStoryIndex(LookupError):
    """The pages are not loaded yet: `load_pages` comes first."""


@transaction.atomic
def load_story(
    *,
    slug: str,
    title: str,
    producer: Producer,
    lead: str,
    text: str,
    products: Mapping[str, Product],
    season: str = "",
    byline: str = "",
    scene: Scene = Scene.TERRACES,
    description: str = "",
) -> StoryPage:
    """Make the story unless there is one at this address; that one is returned as it is.

    `text` is written as in cms/starter/prose.py; `products` are those named in it by `{{ key }}`.
    Raises NoStoryIndex before `load_pages`, KeyError for a product that `text` names and `products` lacks.
    """
    indexes = {page.locale.language_code: page for page in StoryIndexPage.objects.select_related("locale")}
    if "vi" not in indexes:
        raise NoStoryIndex("StoryIndexPage")
    story: StoryPage
    story, _new = ensure_page(
        StoryPage,
        parent=indexes["vi"],
        slug=slug,
        title=title,
        producer=producer,
        lead=lead,
        season=season,
        byline=byline,
        scene=scene,
        search_description=description or lead[:160],
        body=blocks(text, products={key: product.pk for key, product in products.items()}),
    )
    if "en" in indexes:
        mirror(story, parent=indexes["en"])
    return story
