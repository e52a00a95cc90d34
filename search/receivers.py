"""Hears of changed products and brings the index up to date in the same transaction."""

from typing import Any

from django.dispatch import receiver

from catalogue.changes import products_changed

from .indexing import changed


@receiver(products_changed)
def keep_level(ids: list[int], stock_only: bool, **kwargs: Any) -> None:
    changed(ids, stock_only=stock_only)
