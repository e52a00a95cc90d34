"""Which products a product's page shows beside it: of the same producer and from the same place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, F, QuerySet, When

from .cards import for_visitor
from .models import Product, Sale

RAIL = 5


@dataclass(frozen=True)
class Related:
    """Keys, best first, and what the producer has on the market."""

    of_producer: list[int]
    of_place: list[int]
    product_count: int
    five_star_count: int


class Row(NamedTuple):
    """What the order and the counts need."""

    pk: int
    producer_id: int
    former_province_id: int | None
    star: int | None
    date_created: datetime


def related(product: Product, *, day: date, adult: bool) -> Related:
    """One query. Of the province are products on sale of other producers, those of the same former one first."""
    listed = for_visitor(Product.objects.listed(), adult=adult)
    others = listed.filter(province=product.province_id, sale=Sale.ON_SALE)
    place = _best(others.exclude(producer=product.producer_id), product, day).values("pk")[:RAIL]
    # Two lists of keys put together: a condition with "or" would go through all products.
    own_keys = Product.objects.filter(producer=product.producer_id).order_by().values("pk")
    keys = own_keys.union(Product.objects.filter(pk__in=place).order_by().values("pk"))
    wanted = listed.filter(pk__in=keys).with_star(day).order_by()  # type: ignore[attr-defined]
    rows = sorted((Row._make(row) for row in wanted.values_list(*Row._fields)), key=_nearness(product))
    own = [row for row in rows if row.producer_id == product.producer_id]
    return Related(
        of_producer=[row.pk for row in own if row.pk != product.pk][:RAIL],
        of_place=[row.pk for row in rows if row.producer_id != product.producer_id],
        product_count=len(own),
        five_star_count=sum(row.star == 5 for row in own),
    )


def _nearness(product: Product) -> Callable[[Row], Any]:
    """The order of `_best`, for rows."""
    return lambda row: (
        row.former_province_id != product.former_province_id,
        -(row.star or 0),
        -row.date_created.timestamp(),
        -row.pk,
    )


def _best(products: "QuerySet[Product]", product: Product, day: date) -> "QuerySet[Product]":
    """The nearest first: people know a specialty by its former province."""
    near = Case(When(former_province=product.former_province_id, then=0), default=1)
    starred = products.with_star(day).annotate(near=near)  # type: ignore[attr-defined]
    best: QuerySet[Product] = starred.order_by(
        "near", F("star").desc(nulls_last=True), "-date_created", "-pk"
    )
    return best
