"""What is sold: Oscar's catalogue with OCOP's groups, classes and sets, origin, and dated ratings.

Names defined here win over Oscar's: Oscar's module registers only the models that are still missing.
"""

from .category import Category, CategoryFlag, Level, ProductCategory, Reach
from .change import ProductChange
from .image import ProductImage
from .product import Product, Sale, product_url, slug_of_title
from .rating import RATING_FACTS, IssuerLevel, Rating

# isort: split
from oscar.apps.catalogue.models import *  # noqa: F403  Oscar's way of completing a fork

__all__ = [
    "RATING_FACTS",
    "Category",
    "CategoryFlag",
    "IssuerLevel",
    "Level",
    "Product",
    "ProductCategory",
    "ProductChange",
    "ProductImage",
    "Rating",
    "Reach",
    "Sale",
    "product_url",
    "slug_of_title",
]
