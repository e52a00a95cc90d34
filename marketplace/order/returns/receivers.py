"""A picture's file goes with its row."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from marketplace.order.models import ReturnPhoto
from marketplace.pictures.private import delete_private_after_commit


@receiver(post_delete, sender=ReturnPhoto)
def delete_file(instance: ReturnPhoto, **kwargs: Any) -> None:
    delete_private_after_commit(str(instance.file.name))
