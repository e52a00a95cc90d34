"""Pages, snippets, and the shop's own image and document models."""

from .media import ShopDocument, ShopImage, ShopRendition

__all__ = ["ShopDocument", "ShopImage", "ShopRendition"]
