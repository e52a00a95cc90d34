"""Raises the change number of products, and tells whoever depends on them.

Everything that a search document depends on comes through `touch`, in the transaction of the change itself.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal

from .models import ProductChange

#: Sent inside the transaction with `ids` (a sorted list of listed products' ids) and `stock_only`.
products_changed = Signal()


def touch(product_ids: Iterable[int], *, stock_only: bool = False) -> None:
    """Raise the numbers of these listed products. `stock_only` says that nothing but stock has changed."""
    ids = sorted(set(product_ids))
    if not ids:
        return
    with transaction.atomic():
        ProductChange.objects.bulk_create(
            [ProductChange(product_id=key) for key in ids], ignore_conflicts=True, batch_size=5000
        )
        ProductChange.objects.filter(product_id__in=ids).update(number=F("number") + 1)
        products_changed.send(sender=ProductChange, ids=ids, stock_only=stock_only)
