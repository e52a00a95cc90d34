"""Which products a product's page shows beside it: of the same producer and from the same place."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, Q, QuerySet, When

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


def related(product: Product, *, day: date, adult: bool) -> Related:
    """One query. Of the province are products on sale of other producers, those of the same former one first."""
    listed = for_visitor(Product.objects.listed(), adult=adult)
    others = listed.filter(province=product.province_id, sale=Sale.ON_SALE)
    place = _best(others.exclude(producer=product.producer_id), product, day).values("pk")[:RAIL]
    wanted = _best(listed.filter(Q(producer=product.producer_id) | Q(pk__in=place)), product, day)
    rows = list(wanted.values_list("pk", "producer_id", "star"))
    own = [(key, star) for key, maker, star in rows if maker == product.producer_id]
    return Related(
        of_producer=[key for key, _star in own if key != product.pk][:RAIL],
        of_place=[key for key, maker, _star in rows if maker != product.producer_id],
        product_count=len(own),
        five_star_count=sum(star == 5 for _key, star in own),
    )


def _best(products: "QuerySet[Product]", product: Product, day: date) -> "QuerySet[Product]":
    """The nearest first: people know a specialty by its former province."""
    near = Case(When(former_province=product.former_province_id, then=0), default=1)
    starred = products.with_star(day).annotate(near=near)  # type: ignore[attr-defined]
    best: QuerySet[Product] = starred.order_by(
        "near", F("star").desc(nulls_last=True), "-date_created", "-pk"
    )
    return best
