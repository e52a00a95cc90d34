"""Turns saved stock records and new names of partners into changed products. Taking stock does so itself."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from oscar.core.loading import get_model

from catalogue.changes import touch
from catalogue.models import Product
from producers.models import Producer
from producers.registration import slug_of

from .models import StockRecord

Partner = get_model("partner", "Partner")


@receiver([post_save, post_delete], sender=StockRecord)
def stock_record_changed(instance: StockRecord, **kwargs: Any) -> None:
    """Price or stock: a record saved whole may have changed both."""
    fields = set(kwargs.get("update_fields") or ())
    stock_only = bool(fields) and fields <= {"num_in_stock", "num_allocated", "date_updated"}
    parents = Product.objects.filter(pk=instance.product_id).values_list("parent_id", flat=True)
    touch([parent or instance.product_id for parent in parents], stock_only=stock_only)


@receiver(post_save, sender=Partner)
def partner_changed(instance: Any, created: bool, **kwargs: Any) -> None:
    """The producer's name lives here: its address follows, and its products are found by it."""
    if not created:
        Producer.objects.filter(pk=instance.pk).update(slug=slug_of(instance.name))
        touch(Product.objects.filter(producer=instance.pk).values_list("pk", flat=True))
