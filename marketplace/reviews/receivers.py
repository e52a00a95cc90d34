"""Keeps files and rows of buyers' pictures in step with one another."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from marketplace.pictures.files import delete_after_commit
from marketplace.pictures.sizes import sizes_made

from .models import ReviewPhoto


@receiver(sizes_made)
def sizes_are_made(name: str, **kwargs: Any) -> None:
    ReviewPhoto.objects.filter(original=name).update(shown=name)


@receiver(post_delete, sender=ReviewPhoto)
def photo_deleted(instance: ReviewPhoto, **kwargs: Any) -> None:
    delete_after_commit(str(instance.original))
