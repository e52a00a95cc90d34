"""Products as templates/components/card.html draws them, in two queries whatever their number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from marketplace.pictures.sizes import Picture, picture
from producers.places import place_words

from . import ocop
from .models import RATING_FACTS, Category, CategoryFlag, Product, ProductImage, Rating, product_url

_OWN = (
    "pk",
    "title",
    "slug",
    "sale",
    "rating",
    "review_count",
    "producer__partner__name",
    "province__name",
    "province__display_name",
    "former_province__name",
)
_OFFER = ("lowest", "highest", "left", "shown", "adult")


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
    rating: float | None = None
    """The mean of buyers' points, 1 to 5; None without reviews."""
    review_count: int = 0
    marked: str = ""
    """The title as HTML with what was looked for marked; empty where nothing was."""
    reason: str = ""
    """Why staff put it in front; empty where nobody did."""


def cards(ids: Iterable[int], *, day: date) -> list[Card]:
    """The listed products of these ids, in the order of the ids; those gone or hidden are left out.

    Alcohol is not held back: the caller decides whether the visitor may see it (`adult` on the card).
    """
    keys = list(ids)
    if not keys:
        return []
    found = draw(rows_of(keys), _facts_of(keys), day=day)
    return [found[key] for key in keys if key in found]


def rows_of(ids: Iterable[int]) -> list[Any]:
    """What cards are drawn from, for pages that read ratings together with others'."""
    keys = list(ids)
    if not keys:
        return []
    rows = with_offer(Product.objects.listed().filter(pk__in=keys)).order_by()
    return list(rows.values_list(*_OWN, *_OFFER, named=True))


def _facts_of(ids: list[int]) -> dict[int, list[ocop.RatingFacts]]:
    """What the rules need to know of the ratings of each product."""
    found: dict[int, list[ocop.RatingFacts]] = defaultdict(list)
    ratings = Rating.objects.filter(product__in=ids).order_by()
    for key, *facts in ratings.values_list("product_id", *RATING_FACTS):
        found[key].append(ocop.RatingFacts(*facts))
    return found


def draw(
    rows: Iterable[Any], ratings: Mapping[int, Sequence[ocop.RatingFacts]], *, day: date
) -> dict[int, Card]:
    """Cards by key, of `rows_of` and the ratings of each product."""
    return {row.pk: _card(row, ratings.get(row.pk, ()), day) for row in rows}


def for_visitor(products: "QuerySet[Product]", *, adult: bool) -> "QuerySet[Product]":
    """Without alcohol, unless the visitor has stated to be 18 or over."""
    if adult:
        return products
    # As keys: an exclusion across the relation asks for each product anew, and without statistics never ends.
    numbered = Product.categories.through.objects.filter(category__in=_alcohol())
    return products.exclude(pk__in=numbered.values("product_id"))


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


def star_facts(ratings: Sequence[ocop.RatingFacts], day: date) -> dict[str, Any]:
    """What stars draw of a product's ratings: star, star_state, star_until, candidate, last_star, revoked."""
    standing = ocop.standing(ratings, day)
    ended = standing.state in (ocop.StarState.ENDED, ocop.StarState.REVOKED)
    return {
        "star": standing.stars,
        "star_state": str(ocop.StarState.ENDED if ended else standing.state),
        "star_until": standing.last_day,
        "candidate": standing.candidate,
        "last_star": standing.rating.stars if ended and standing.rating else None,
        "revoked": standing.state == ocop.StarState.REVOKED,
    }


def _card(row: Any, ratings: Sequence[ocop.RatingFacts], day: date) -> Card:
    stars = star_facts(ratings, day)
    return Card(
        pk=row.pk,
        title=row.title,
        url=product_url(row.pk, row.slug),
        producer_name=row.producer__partner__name,
        place_line=place_words(
            row.former_province__name, name=row.province__name, shown=row.province__display_name
        ),
        star=stars["star"],
        star_state=stars["star_state"],
        star_until=stars["star_until"],
        candidate=stars["candidate"],
        price=cast(Decimal | None, row.lowest),
        price_from=row.lowest != row.highest,
        in_stock=row.left,
        sale=row.sale,
        picture=picture(row.shown or ""),
        adult=row.adult,
        rating=row.rating,
        review_count=row.review_count,
    )
