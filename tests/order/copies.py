"""Many orders quickly: copies of one that was placed, written in bulk."""

from copy import copy
from datetime import timedelta
from typing import Any

from marketplace.order.models import Consignment, Line, Order

BATCH = 2_000


def copies(order: Order, number: int, *, start: int = 1) -> list[Order]:
    """As many more with the same contents, each placed a minute earlier than the one before, counted from `start`."""
    minutes = range(start, start + number)
    addresses = _written([_anew(order.shipping_address) for _ in minutes])
    orders = _written(
        [
            _anew(
                order,
                number=f"OC990101-{at:05}",
                token=f"copy-{at}",
                placement_key=f"copy-{at}",
                date_placed=order.date_placed - timedelta(minutes=at),
                shipping_address=address,
            )
            for at, address in zip(minutes, addresses, strict=True)
        ]
    )
    for part in order.consignments.order_by("number"):
        _copy_part(part, orders)
    return orders


def _copy_part(part: Consignment, orders: list[Order]) -> None:
    ending = part.number.rsplit("-", 1)[1]
    parts = _written([_anew(part, order=order, number=f"{order.number}-{ending}") for order in orders])
    lines = {
        line.pk: _written([_anew(line, order=row.order, consignment=row) for row in parts])
        for line in Line.objects.filter(consignment=part)
    }
    for parcel in part.parcels.all():
        parcels = _written([_anew(parcel, consignment=row) for row in parts])
        for item in parcel.items.all():
            pairs = zip(parcels, lines[item.line_id], strict=True)
            _written([_anew(item, parcel=whole, line=line) for whole, line in pairs])


def _anew(row: Any, **changes: Any) -> Any:
    made = copy(row)
    made._state = copy(row._state)
    made._state.fields_cache = dict(row._state.fields_cache)
    made.pk, made._state.adding = None, True
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _written(rows: list[Any]) -> list[Any]:
    return type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH) if rows else []
