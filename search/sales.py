"""How many pieces of a product have been ordered: what "best-selling" sorts by. Cancelled parcels do not count.

Told in two ways that must agree: as an expression within the one query that documents are read with, and as values
for the few products of an order, which an expression would look up one after the other.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from catalogue.models import Product
from marketplace.order.models import Order, Parcel, ParcelItem, ParcelState


def pieces() -> Any:
    """An expression for a queryset whose primary key is a listed product's: its own lines and those of its sizes."""
    return _ordered("line__product") + _ordered("line__product__parent")


def _ordered(path: str) -> Any:
    items = ParcelItem.objects.exclude(parcel__state=ParcelState.CANCELLED)
    summed = items.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(number=Sum("quantity"))
    return Coalesce(Subquery(summed.values("number"), output_field=IntegerField()), Value(0))


def sold_of(ids: Collection[int]) -> dict[int, int]:
    """Listed product's id → pieces ordered of it and its sizes; those of which nothing was ordered are left out.

    From the keys of what can be bought, so that lines are found by their index, however many products are asked for.
    """
    bought = Product.objects.filter(Q(pk__in=ids) | Q(parent__in=ids)).values("pk")
    items = ParcelItem.objects.exclude(parcel__state=ParcelState.CANCELLED).filter(line__product__in=bought)
    summed = items.order_by().annotate(listed=Coalesce(F("line__product__parent"), F("line__product")))
    return dict(summed.values_list("listed").annotate(number=Sum("quantity")))


def products_of(order: Order) -> list[int]:
    """The listed products that an order holds."""
    keys = (
        order.lines.filter(product__isnull=False)
        .order_by()
        .annotate(listed=Coalesce(F("product__parent"), F("product")))
    )
    return sorted(set(keys.values_list("listed", flat=True)))


def products_in(parcel: Parcel) -> list[int]:
    """The listed products that a parcel holds."""
    items = ParcelItem.objects.filter(parcel=parcel, line__product__isnull=False).order_by()
    listed = Coalesce(F("line__product__parent"), F("line__product"))
    return sorted(set(items.values_list(listed, flat=True)))
