"""Which lines of an order have arrived: what may be reviewed."""

from django.db.models import QuerySet

from .models import Line, Order, ParcelState


def delivered_lines(order: Order) -> "QuerySet[Line]":
    """The order's lines of which some pieces were delivered, in the order of their keys."""
    lines: QuerySet[Line] = Line.objects.filter(
        order=order, parcel_items__parcel__state=ParcelState.DELIVERED
    )
    return lines.distinct().order_by("pk")
