"""Turns saved stock records into changed products. Taking and giving back stock does so itself."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from catalogue.changes import touch
from catalogue.models import Product

from .models import StockRecord


@receiver([post_save, post_delete], sender=StockRecord)
def stock_record_changed(instance: StockRecord, **kwargs: Any) -> None:
    """Price or stock: a record saved whole may have changed both."""
    fields = set(kwargs.get("update_fields") or ())
    stock_only = bool(fields) and fields <= {"num_in_stock", "num_allocated", "date_updated"}
    parents = Product.objects.filter(pk=instance.product_id).values_list("parent_id", flat=True)
    touch([parent or instance.product_id for parent in parents], stock_only=stock_only)
