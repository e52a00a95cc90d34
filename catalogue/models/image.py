"""A product's picture; what is shown are fixed sizes made by `marketplace.pictures`."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractProductImage


class ProductImage(AbstractProductImage):  # type: ignore[misc]
    """Oscar's, with a total order of the pictures of one product.

    `shown` is the name of the original whose sizes exist: empty until the worker has made them, and the former
    picture's while a new one waits.
    """

    shown = models.CharField(_("Ảnh đang hiện"), max_length=255, blank=True, default="", editable=False)

    class Meta(AbstractProductImage.Meta):  # type: ignore[misc]
        abstract = False
        ordering = ["display_order", "id"]
