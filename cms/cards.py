"""Stand-in for the catalogue's cards: what templates/components/card.html draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from catalogue import ocop
from catalogue.models import Category, CategoryFlag, Product
from producers.places import place_line


@dataclass(frozen=True)
class Card:
    pk: int
    title: str
    url: str
    producer_name: str
    place_line: str
    star: int | None
    star_state: str
    star_until: date | None
    candidate: bool
    price: Decimal | None
    price_from: bool
    in_stock: bool
    sale: str
    adult: bool = False
    picture: Any = None


def for_visitor(products: "QuerySet[Product]", *, adult: bool) -> "QuerySet[Product]":
    """Without alcohol, unless the visitor is 18."""
    if adult:
        return products
    alcohol = Category.objects.filter(flags__icontains=CategoryFlag.ALCOHOL.value)
    return products.exclude(categories__in=alcohol)


def cards(*, ids: Iterable[int], day: date, adult: bool) -> list[Card]:
    keys = list(ids)
    rows = Product.objects.listed().filter(pk__in=keys).select_related(
        "producer__partner", "province", "former_province"
    )
    found = {p.pk: _card(p, day) for p in for_visitor(rows, adult=adult).prefetch_related("ratings", "stockrecords")}
    return [found[key] for key in keys if key in found]


def _card(product: Product, day: date) -> Card:
    standing = ocop.standing([r.facts for r in product.ratings.all()], day)
    prices = [s.price for s in product.stockrecords.all() if s.price is not None]
    return Card(
        pk=product.pk,
        title=product.title,
        url=f"/san-pham/{product.slug}_{product.pk}/",
        producer_name=product.producer.name if product.producer else "",
        place_line=place_line(product.province, product.former_province) if product.province else "",
        star=standing.stars,
        star_state=standing.state,
        star_until=standing.last_day,
        candidate=standing.candidate,
        price=min(prices, default=None),
        price_from=False,
        in_stock=bool(prices),
        sale=product.sale,
    )
