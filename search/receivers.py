"""Hears of changed products and of orders, and brings the index up to date in the same transaction; counts clicks."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from oscar.apps.order.signals import order_placed

from catalogue.changes import products_changed
from catalogue.signals import product_opened
from marketplace import clock
from marketplace.order.models import Order, ParcelChange, ParcelState
from marketplace.order.signals import parcel_moved
from producers.models import PlaceAlias

from . import reference
from .elastic.delivery import leave
from .indexing import changed, refresh_sold
from .log import note_opened
from .models import PromotedResult, StopWord, Synonym
from .origin import text_before
from .sales import products_in, products_of
from .tuning import shipped


@receiver(products_changed)
def keep_level(ids: list[int], stock_only: bool, **kwargs: Any) -> None:
    """The database engine's entries at once; Elasticsearch by the worker, after commit."""
    changed(ids, stock_only=stock_only)
    if settings.ELASTICSEARCH_URL:
        leave(ids)


@receiver(order_placed)
def count_sales(order: Order, **kwargs: Any) -> None:
    refresh_sold(products_of(order))


@receiver(parcel_moved)
def count_cancelled(change: ParcelChange, **kwargs: Any) -> None:
    if change.after == ParcelState.CANCELLED:
        refresh_sold(products_in(change.parcel))


@receiver(product_opened)
def count_click(request: HttpRequest, **kwargs: Any) -> None:
    note_opened(text=text_before(request), day=clock.today())


@receiver(post_migrate, sender=apps.get_app_config("search"))
def level_words(**kwargs: Any) -> None:
    """What comes with the shop follows its files; migrating backwards there may be no table."""
    if "synonym" in kwargs.get("apps", apps).all_models["search"]:
        shipped.level()


def words_changed(**kwargs: Any) -> None:
    """Every process reads staff's words anew within a minute, this one at once."""
    shipped.words_changed()
    transaction.on_commit(reference.forget_words)


for model in (Synonym, StopWord, PromotedResult, PlaceAlias):
    post_save.connect(words_changed, sender=model)
    post_delete.connect(words_changed, sender=model)
