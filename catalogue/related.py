"""Which products a product's page shows beside it: of the same producer and from the same place."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

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
    """One query. Of the place are products on sale of other producers."""
    listed = for_visitor(Product.objects.listed(), adult=adult)
    place = _best(_of_place(listed, product), day).values("pk")[:RAIL]
    wanted = _best(listed.filter(Q(producer=product.producer_id) | Q(pk__in=place)), day)
    rows = list(wanted.values_list("pk", "producer_id", "star"))
    own = [(key, star) for key, maker, star in rows if maker == product.producer_id]
    return Related(
        of_producer=[key for key, _star in own if key != product.pk][:RAIL],
        of_place=[key for key, maker, _star in rows if maker != product.producer_id],
        product_count=len(own),
        five_star_count=sum(star == 5 for _key, star in own),
    )


def _of_place(listed: "QuerySet[Product]", product: Product) -> "QuerySet[Product]":
    """The former province, which is what people know a specialty by; today's where there is none."""
    on_sale = listed.filter(sale=Sale.ON_SALE).exclude(producer=product.producer_id)
    if product.former_province_id:
        return on_sale.filter(former_province=product.former_province_id)
    return on_sale.filter(province=product.province_id)


def _best(products: "QuerySet[Product]", day: date) -> "QuerySet[Product]":
    starred = products.with_star(day)  # type: ignore[attr-defined]
    best: QuerySet[Product] = starred.order_by(F("star").desc(nulls_last=True), "-date_created", "-pk")
    return best
