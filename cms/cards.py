"""Products as templates/components/card.html draws them, in two queries whatever their number.

The one seam between pages and the catalogue's way of drawing products.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from catalogue import ocop
from catalogue.models import Category, CategoryFlag, Product, ProductImage
from marketplace.pictures.sizes import Picture, picture
from producers.places import place_line


@dataclass(frozen=True)
class Card:
    """What a card shows; `price` is the lowest of the sizes, `price_from` says that there are dearer ones."""

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
    picture: Picture | None
    adult: bool = False


def for_visitor(products: "QuerySet[Product]", *, adult: bool) -> "QuerySet[Product]":
    """Without alcohol, unless the visitor has stated to be 18 or over."""
    if adult:
        return products
    alcohol = Category.objects.filter(flags__icontains=CategoryFlag.ALCOHOL.value)
    return products.exclude(categories__in=alcohol)


def cards(*, ids: Iterable[int], day: date, adult: bool) -> list[Card]:
    """The listed products of these ids that the visitor may see, in the order of the ids."""
    keys = list(ids)
    rows = for_visitor(Product.objects.listed().filter(pk__in=keys), adult=adult)
    seen = _with_offer(rows).select_related("producer__partner", "province", "former_province")
    found = {product.pk: _card(product, day) for product in seen.prefetch_related("ratings")}
    return [found[key] for key in keys if key in found]


def _with_offer(products: "QuerySet[Product]") -> "QuerySet[Product]":
    """Annotate lowest and highest price, whether any piece is left, and the first picture."""
    stock = get_model("partner", "StockRecord").objects.filter(
        Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")), price__isnull=False
    )
    shown = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    annotated: QuerySet[Product] = products.annotate(
        lowest=Subquery(stock.order_by("price", "pk").values("price")[:1]),
        highest=Subquery(stock.order_by("-price", "pk").values("price")[:1]),
        left=Exists(stock.filter(num_in_stock__gt=Coalesce(F("num_allocated"), 0))),
        shown=Subquery(shown.values("shown")[:1]),
    )
    return annotated


def _card(product: Any, day: date) -> Card:
    standing = ocop.standing([rating.facts for rating in product.ratings.all()], day)
    state = ocop.StarState.ENDED if standing.state == ocop.StarState.REVOKED else standing.state
    return Card(
        pk=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        producer_name=product.producer.name,
        place_line=place_line(product.province, product.former_province),
        star=standing.stars,
        star_state=state,
        star_until=standing.last_day,
        candidate=standing.candidate,
        price=product.lowest,
        price_from=product.lowest != product.highest,
        in_stock=product.left,
        sale=product.sale,
        picture=picture(product.shown),
    )
