"""Keeps files and rows of product pictures in step with one another."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from marketplace.pictures.files import delete_after_commit
from marketplace.pictures.jobs import ask_for_sizes
from marketplace.pictures.sizes import sizes_made

from .models import ProductImage


@receiver(post_save, sender=ProductImage)
def image_saved(instance: ProductImage, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.original.name != instance.shown:
        ask_for_sizes(instance.original.name)


@receiver(sizes_made)
def sizes_are_made(name: str, **kwargs: Any) -> None:
    """Show the picture, and let go of the one it replaces."""
    waiting = ProductImage.objects.filter(original=name).exclude(shown=name)
    delete_after_commit(*waiting.values_list("shown", flat=True))
    waiting.update(shown=name)


@receiver(post_delete, sender=ProductImage)
def image_deleted(instance: ProductImage, **kwargs: Any) -> None:
    delete_after_commit(instance.original.name, instance.shown)
