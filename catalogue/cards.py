"""Products as templates/components/card.html draws them, in two queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce

from marketplace.pictures.sizes import Picture, picture
from producers.places import place_line

from . import ocop
from .models import Category, CategoryFlag, Product, ProductImage


@dataclass(frozen=True)
class Card:
    """What a card shows. `price` is the lowest of the sizes; `price_from` says that there are dearer ones."""

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
    adult: bool


def cards(ids: Iterable[int], *, day: date) -> list[Card]:
    """The listed products of these ids, in the order of the ids; those gone or hidden are left out.

    Alcohol is not held back: the caller decides whether the visitor may see it (`adult` on the card).
    """
    keys = list(ids)
    rows = rows_of(keys)
    prefetch_related_objects(rows, "ratings")
    found = draw(rows, day=day)
    return [found[key] for key in keys if key in found]


def rows_of(ids: Iterable[int]) -> list[Any]:
    """What cards are drawn from, for pages that read ratings together with others'."""
    keys = list(ids)
    if not keys:
        return []
    rows = with_offer(Product.objects.listed().filter(pk__in=keys))
    return list(rows.select_related("producer__partner", "province", "former_province"))


def draw(rows: Iterable[Any], *, day: date) -> dict[int, Card]:
    """Cards by key, of `rows_of` with ratings prefetched."""
    return {product.pk: _card(product, day) for product in rows}


def for_visitor(products: "QuerySet[Product]", *, adult: bool) -> "QuerySet[Product]":
    """Without alcohol, unless the visitor has stated to be 18 or over."""
    if adult:
        return products
    return products.exclude(categories__in=_alcohol())


def _alcohol() -> "QuerySet[Category]":
    """By the text of the flags, which every database can search."""
    alcohol: QuerySet[Category] = Category.objects.filter(flags__icontains=CategoryFlag.ALCOHOL.value)
    return alcohol


def with_offer(products: "QuerySet[Product]") -> "QuerySet[Product]":
    """Annotate `lowest` and `highest` price, `left` (whether any piece is), `shown` of the first picture, `adult`.

    Of a product with sizes the public ones count.
    """
    # From the products' own keys to their stock: asked the other way round, every card reads all stock there is.
    own = Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk"), is_public=True)
    priced = Q(stockrecords__price__isnull=False)
    left = Q(stockrecords__num_in_stock__gt=Coalesce(F("stockrecords__num_allocated"), Value(0)))
    stock = Product.objects.filter(own, priced)
    pictures = ProductImage.objects.filter(product=OuterRef("pk")).exclude(shown="")
    offered: QuerySet[Product] = products.annotate(
        lowest=Subquery(stock.order_by("stockrecords__price").values("stockrecords__price")[:1]),
        highest=Subquery(stock.order_by("-stockrecords__price").values("stockrecords__price")[:1]),
        left=Exists(Product.objects.filter(own, priced & left)),
        shown=Subquery(pictures.order_by("display_order", "pk").values("shown")[:1]),
        adult=Exists(_alcohol().filter(product=OuterRef("pk"))),
    )
    return offered


def first_picture(product: Any) -> Picture | None:
    """The first picture of a bought product, else of the one it is listed under; None without any."""
    images = [*product.images.all(), *(product.listed.images.all() if product.is_child else [])]
    return next((picture(image.shown) for image in images if image.shown), None)


def star_facts(ratings: Iterable[Any], day: date) -> dict[str, Any]:
    """What stars draw of a product's ratings: star, star_state, star_until, candidate, last_star, revoked."""
    standing = ocop.standing([rating.facts for rating in ratings], day)
    ended = standing.state in (ocop.StarState.ENDED, ocop.StarState.REVOKED)
    return {
        "star": standing.stars,
        "star_state": str(ocop.StarState.ENDED if ended else standing.state),
        "star_until": standing.last_day,
        "candidate": standing.candidate,
        "last_star": standing.rating.stars if ended and standing.rating else None,
        "revoked": standing.state == ocop.StarState.REVOKED,
    }


def _card(product: Any, day: date) -> Card:
    stars = star_facts(product.ratings.all(), day)
    return Card(
        pk=product.pk,
        title=product.title,
        url=product.get_absolute_url(),
        producer_name=product.producer.name,
        place_line=place_line(product.province, product.former_province),
        star=stars["star"],
        star_state=stars["star_state"],
        star_until=stars["star_until"],
        candidate=stars["candidate"],
        price=cast(Decimal | None, product.lowest),
        price_from=product.lowest != product.highest,
        in_stock=product.left,
        sale=product.sale,
        picture=picture(product.shown or ""),
        adult=product.adult,
    )
