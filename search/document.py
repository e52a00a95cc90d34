"""The search document: a pure function of a product, read from one prefetching queryset."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from oscar.core.loading import get_model

from catalogue import ocop
from catalogue.models import RATING_FACTS, Category, Product, Rating, Sale
from search.ranking import opinion
from search.sales import pieces

CHUNK = 1000
MOST_PRICE = 2_147_483_647
_STOCK = ("product", "price", "num_in_stock", "num_allocated")
_OWN = (
    *("structure", "title", "name_en", "net_quantity", "description", "origin_text", "sale"),
    *("rating", "review_count"),
    *("producer__form", "producer__partner__name", "province__code", "province__display_name"),
    *(
        "province__region__code",
        "former_province__code",
        "former_province__name",
        "commune__kind",
        "commune__name",
    ),
)

StockRecord = get_model("partner", "StockRecord")


@dataclass(frozen=True, slots=True)
class Document:
    """Everything the index keeps of one product; prices in đồng, None where nothing is sold."""

    id: int
    producer_id: int
    province: str
    former_province: str
    region: str
    group: str
    cls: str
    set: str
    form: str
    price: int | None
    in_stock: bool
    adult: bool
    sold: int
    opinion: int
    name: str
    producer: str
    places: str
    category: str
    description: str
    spans: tuple[ocop.StarWindow, ...]


def products(ids: Iterable[int] | None = None) -> Any:
    """Listed products with all that a document needs, and no more: a fixed number of queries per chunk.

    What hangs on a product comes as plain lists (`sets`, `rated`, `stock`, `sizes`): a manager for each of them would
    cost more than reading the rows does.
    """
    wanted = Product.objects.listed()
    if ids is not None:
        wanted = wanted.filter(pk__in=list(ids))
    sets = Category.objects.filter(number__isnull=False).only("path", "depth")
    stock = Prefetch("stockrecords", StockRecord.objects.only(*_STOCK), to_attr="stock")
    sizes = Product.objects.filter(is_public=True).only("parent").order_by("pk").prefetch_related(stock)
    return (
        wanted.filter(producer__isnull=False)
        .select_related("producer__partner", "province__region", "former_province", "commune")
        .only(*_OWN)
        .prefetch_related(
            Prefetch("categories", sets, to_attr="sets"),
            Prefetch(
                "ratings", Rating.objects.only("product", *RATING_FACTS).order_by("pk"), to_attr="rated"
            ),
            stock,
            Prefetch("children", sizes, to_attr="sizes"),
        )
        .annotate(sold=pieces())
        .order_by("pk")
    )


def documents(ids: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents in the order of their ids, read in chunks, so that memory stays bounded."""
    tree = {category.path: category for category in Category.objects.filter(number__isnull=False)}
    for product in products(ids).iterator(chunk_size=CHUNK):
        yield document(product, tree)


def document(product: Any, tree: dict[str, Category]) -> Document:
    """The document of one of `products()`; `tree` holds the numbered categories by path."""
    line = _line(product, tree)
    price, in_stock = offer(product)
    producer, province = product.producer, product.province
    assert producer is not None  # a constraint of the table for listed products
    assert province is not None
    return Document(
        id=product.pk,
        producer_id=producer.pk,
        province=province.code,
        former_province=product.former_province.code if product.former_province else "",
        region=province.region.code,
        group=_code(line, 1),
        cls=_code(line, 2),
        set=_code(line, 3),
        form=producer.form,
        price=price,
        in_stock=in_stock,
        adult=any(category.is_alcohol for category in line),
        sold=product.sold,
        opinion=opinion(points=product.rating, reviews=product.review_count),
        name=product.title,
        producer=producer.name,
        places=_places(product),
        category=", ".join(dict.fromkeys(text for c in line for text in (c.name, c.name_en) if text)),
        description=" ".join(filter(None, (product.name_en, product.net_quantity, product.description))),
        spans=tuple(ocop.windows([rating.facts for rating in product.rated])),
    )


def offer(product: Any) -> tuple[int | None, bool]:
    """Lowest price of what is sold, and whether any of it is in stock; of one of `products()`."""
    if product.sale != Sale.ON_SALE:
        return None, False
    sold = product.sizes if product.is_parent else [product]
    records = [record for each in sold for record in each.stock if record.price is not None]
    price = min((record.price for record in records), default=None)
    return _whole(price), any(record.net_stock_level > 0 for record in records)


def _whole(price: Decimal | None) -> int | None:
    return None if price is None else min(int(price), MOST_PRICE)


def _line(product: Any, tree: dict[str, Category]) -> list[Category]:
    """Set, class and group of the product, deepest first."""
    deepest = max(product.sets, key=lambda c: c.depth, default=None)
    if deepest is None:
        return []
    step = Category.steplen
    paths = [deepest.path[: step * depth] for depth in range(deepest.depth, 0, -1)]
    return [tree[path] for path in paths if path in tree]


def _code(line: list[Category], depth: int) -> str:
    return next((str(category.code) for category in line if category.depth == depth), "")


def _places(product: Product) -> str:
    parts = (
        product.commune.full_name if product.commune else "",
        product.origin_text,
        product.former_province.name if product.former_province else "",
        product.province.display_name if product.province else "",
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))[:400]
