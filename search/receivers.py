"""Hears of changed products and of orders, and brings the index up to date in the same transaction."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from oscar.apps.order.signals import order_placed

from catalogue.changes import products_changed
from marketplace.order.models import Order

from .elastic.delivery import leave
from .indexing import changed, refresh_sold
from .sales import products_of


@receiver(products_changed)
def keep_level(ids: list[int], stock_only: bool, **kwargs: Any) -> None:
    """The database engine's entries at once; Elasticsearch by the worker, after commit."""
    changed(ids, stock_only=stock_only)
    if settings.ELASTICSEARCH_URL:
        leave(ids)


@receiver(order_placed)
def count_sales(order: Order, **kwargs: Any) -> None:
    refresh_sold(products_of(order))
