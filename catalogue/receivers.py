"""Turns saved rows of the catalogue and the producers into changed products."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from oscar.core.loading import get_model

from producers.models import Producer

from .changes import touch
from .models import Category, Product, Rating

ProductCategory = get_model("catalogue", "ProductCategory")


@receiver([post_save, post_delete], sender=Product)
def product_changed(instance: Product, **kwargs: Any) -> None:
    touch([instance.parent_id or instance.pk])


@receiver([post_save, post_delete], sender=Rating)
@receiver([post_save, post_delete], sender=ProductCategory)
def part_changed(instance: Any, **kwargs: Any) -> None:
    touch([instance.product_id])


@receiver(m2m_changed, sender=ProductCategory)
def categories_changed(instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Product):
        touch([instance.pk])


@receiver(post_save, sender=Producer)
def producer_changed(instance: Producer, created: bool, **kwargs: Any) -> None:
    if not created:
        touch(Product.objects.filter(producer=instance).values_list("pk", flat=True))


@receiver(post_save, sender=Category)
def category_changed(instance: Category, created: bool, **kwargs: Any) -> None:
    """The products of its sets too: they are found by the names of class and group."""
    if not created:
        below = Product.objects.filter(categories__path__startswith=instance.path)
        touch(below.values_list("pk", flat=True))
