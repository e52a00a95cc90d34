"""Pages, snippets, and the shop's own image and document models."""

from .home import HomePage
from .media import ShopDocument, ShopImage, ShopRendition
from .place_texts import ProvinceText, RegionText
from .story import StoryIndexPage, StoryPage
from .text import TextIndexPage, TextPage

__all__ = [
    "HomePage",
    "ProvinceText",
    "RegionText",
    "ShopDocument",
    "ShopImage",
    "ShopRendition",
    "StoryIndexPage",
    "StoryPage",
    "TextIndexPage",
    "TextPage",
]
