"""Turns saved stock records and new names of partners into changed products. Taking stock does so itself."""

from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Coalesce
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from oscar.core.loading import get_model

from catalogue.changes import touch
from catalogue.models import Product
from marketplace.writes import rows_written
from producers.models import Producer
from producers.registration import slug_of

from .models import StockRecord

Partner = get_model("partner", "Partner")


@receiver([post_save, post_delete], sender=StockRecord)
def stock_record_changed(instance: StockRecord, **kwargs: Any) -> None:
    """Price or stock: a record saved whole may have changed both."""
    parents = Product.objects.filter(pk=instance.product_id).values_list("parent_id", flat=True)
    listed = [parent or instance.product_id for parent in parents]
    touch(listed, stock_only=_is_stock(kwargs.get("update_fields")))


@receiver(rows_written, sender=StockRecord)
def stock_records_written(ids: list[int], fields: frozenset[str] | None, **kwargs: Any) -> None:
    listed = Coalesce("product__parent_id", "product_id")
    touch(StockRecord.objects.filter(pk__in=ids).values_list(listed, flat=True), stock_only=_is_stock(fields))


def _is_stock(fields: Iterable[str] | None) -> bool:
    return bool(fields) and set(fields or ()) <= {"num_in_stock", "num_allocated", "date_updated"}


@receiver(rows_written, sender=Partner)
def partners_written(ids: list[int], **kwargs: Any) -> None:
    for partner in Partner.objects.filter(pk__in=ids):
        partner_changed(partner, created=False)


@receiver(post_save, sender=Partner)
def partner_changed(instance: Any, created: bool, **kwargs: Any) -> None:
    """The producer's name lives here: its address follows, and its products are found by it."""
    if not created:
        Producer.objects.filter(pk=instance.pk).untold(slug=slug_of(instance.name))
        touch(Product.objects.filter(producer=instance.pk).values_list("pk", flat=True))
