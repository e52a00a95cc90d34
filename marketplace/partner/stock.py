"""Takes stock for orders and gives it back, so that no piece is sold twice.

Every change is a conditional update whose affected-row count says whether it happened; rows are locked in the
order of their keys, so that two baskets with the same products cannot wait for each other.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from catalogue.changes import touch

from .models import StockRecord

PROMISED = Coalesce(F("num_allocated"), Value(0))


class InsufficientStock(ValueError):
    """There is less than was asked for. `left` maps the keys of the short stock records to what is left."""

    def __init__(self, left: dict[int, int]) -> None:
        super().__init__(f"Not enough stock: {left}")
        self.left = left


@transaction.atomic
def take_stock(*, quantities: Mapping[int, int]) -> None:
    """Promise pieces of these stock records (key → pieces, at least 1) to an order: all of them or none.

    Raises InsufficientStock, naming every record that is short.
    """
    short = [key for key in sorted(quantities) if not _take(key, quantities[key])]
    if short:
        raise InsufficientStock(_left(short))
    _tell(quantities)


@transaction.atomic
def give_back_stock(*, quantities: Mapping[int, int]) -> None:
    """Free pieces that an order no longer needs. The caller makes sure that this happens once."""
    for key in sorted(quantities):
        StockRecord.objects.filter(pk=key, num_allocated__gte=quantities[key]).untold(
            num_allocated=F("num_allocated") - quantities[key]
        )
    _tell(quantities)


@transaction.atomic
def send_stock(*, quantities: Mapping[int, int]) -> None:
    """Pieces promised to an order have left: they are neither in stock nor promised any more. Once an order."""
    for key in sorted(quantities):
        StockRecord.objects.filter(pk=key, num_allocated__gte=quantities[key]).untold(
            num_in_stock=F("num_in_stock") - quantities[key],
            num_allocated=F("num_allocated") - quantities[key],
        )
    _tell(quantities)


@transaction.atomic
def restock(*, quantities: Mapping[int, int]) -> None:
    """Pieces that had left have come back fit for sale. The caller makes sure that this happens once."""
    for key in sorted(quantities):
        StockRecord.objects.filter(pk=key, num_in_stock__isnull=False).untold(
            num_in_stock=F("num_in_stock") + quantities[key]
        )
    _tell(quantities)


def _take(key: int, quantity: int) -> bool:
    enough = StockRecord.objects.filter(pk=key, num_in_stock__gte=PROMISED + quantity)
    return bool(enough.untold(num_allocated=PROMISED + quantity))


def _left(keys: Iterable[int]) -> dict[int, int]:
    found = {record.pk: max(record.net_stock_level, 0) for record in StockRecord.objects.filter(pk__in=keys)}
    return {key: found.get(key, 0) for key in keys}


def _tell(keys: Iterable[int]) -> None:
    """Raise the change numbers of the listed products whose stock moved."""
    listed = StockRecord.objects.filter(pk__in=keys).values_list(
        Coalesce("product__parent_id", "product_id"), flat=True
    )
    touch(listed, stock_only=True)
