"""A product's picture; what is shown are fixed sizes made by `marketplace.pictures`."""

from oscar.apps.catalogue.abstract_models import AbstractProductImage


class ProductImage(AbstractProductImage):  # type: ignore[misc]
    """Oscar's, with a total order of the pictures of one product."""

    class Meta(AbstractProductImage.Meta):  # type: ignore[misc]
        abstract = False
        ordering = ["display_order", "id"]
