"""What is sold: Oscar's catalogue with OCOP's groups, classes and sets, origin, and dated ratings.

Names defined here win over Oscar's: Oscar's module registers only the models that are still missing.
"""

from .category import Category, CategoryFlag, Level
from .change import ProductChange
from .image import ProductImage
from .product import Product, Sale
from .rating import IssuerLevel, Rating

# isort: split
from oscar.apps.catalogue.models import *  # noqa: F403  Oscar's way of completing a fork

__all__ = [
    "Category",
    "CategoryFlag",
    "IssuerLevel",
    "Level",
    "Product",
    "ProductChange",
    "ProductImage",
    "Rating",
    "Sale",
]
