"""Takes stock for orders and gives it back, so that no piece is sold twice.

Every change is a conditional update whose affected-row count says whether it happened; rows are locked in the
order of their keys, so that two baskets with the same products cannot wait for each other. Taking needs the same
number of statements for one record and for hundreds.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Case, F, Value, When
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
    locked = StockRecord.objects.select_for_update(no_key=True).filter(pk__in=quantities).order_by("pk")
    left = {record.pk: max(record.net_stock_level, 0) for record in locked}
    short = {key: left.get(key, 0) for key in quantities if left.get(key, 0) < quantities[key]}
    if short or not _take(quantities):
        raise InsufficientStock(short or left)
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


def _take(quantities: Mapping[int, int]) -> bool:
    """Whether there was enough of all; otherwise the caller rolls back."""
    wanted = Case(*(When(pk=key, then=Value(pieces)) for key, pieces in quantities.items()))
    enough = StockRecord.objects.filter(pk__in=quantities, num_in_stock__gte=PROMISED + wanted)
    return enough.untold(num_allocated=PROMISED + wanted) == len(quantities)


def _tell(keys: Iterable[int]) -> None:
    """Raise the change numbers of the listed products whose stock moved."""
    listed = StockRecord.objects.filter(pk__in=keys).values_list(
        Coalesce("product__parent_id", "product_id"), flat=True
    )
    touch(listed, stock_only=True)
