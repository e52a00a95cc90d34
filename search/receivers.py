"""Hears of changed products and of orders, and brings the index up to date in the same transaction; counts clicks."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from oscar.apps.order.signals import order_placed

from catalogue.changes import products_changed
from catalogue.signals import product_opened
from marketplace import clock
from marketplace.order.models import Order

from .elastic.delivery import leave
from .indexing import changed, refresh_sold
from .log import note_opened
from .origin import text_before
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


@receiver(product_opened)
def count_click(request: HttpRequest, **kwargs: Any) -> None:
    note_opened(text=text_before(request), day=clock.today())
