"""Hears of changed products, and lets the worker look whether somebody waits for them."""

from typing import Any

from django.db.models.functions import Coalesce
from django.dispatch import receiver

from catalogue.changes import products_changed
from marketplace.work.queue import enqueue_many

from .jobs import KIND
from .models import ProductAlert


@receiver(products_changed)
def stock_may_be_back(ids: list[int], **kwargs: Any) -> None:
    """One question for a change of any size, since hardly anything is waited for."""
    waiting = ProductAlert.objects.filter(status=ProductAlert.ACTIVE).order_by()
    listed = waiting.annotate(listed=Coalesce("product__parent", "product")).filter(listed__in=ids)
    found = sorted(set(listed.values_list("listed", flat=True)))
    if found:
        enqueue_many(kind=KIND, jobs=[(str(key), {"product": key}) for key in found], again=True)
