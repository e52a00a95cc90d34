"""What stands on the shelf of a producer or a place: the products in order, and how many of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F

from .cards import for_visitor
from .models import Product

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Shelf:
    """Ids of listed products, most stars first, then by name; and counts over all of them."""

    ids: Sequence[int]
    five_star_count: int
    producer_count: int

    @property
    def product_count(self) -> int:
        return len(self.ids)


def shelf_of(products: "QuerySet[Product]", *, day: date, adult: bool) -> Shelf:
    """The shelf of some listed products as a visitor sees it, in one query."""
    starred = for_visitor(products, adult=adult).with_star(day)  # type: ignore[attr-defined]
    ordered = starred.order_by(F("star").desc(nulls_last=True), "slug", "pk")
    rows = list(ordered.values_list("pk", "star", "producer"))
    return Shelf(
        ids=[key for key, _star, _producer in rows],
        five_star_count=sum(star == 5 for _key, star, _producer in rows),
        producer_count=len({producer for _key, _star, producer in rows}),
    )
