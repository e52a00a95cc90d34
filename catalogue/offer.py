"""What a product's page offers: price, what is left, and the sizes, read in one query."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from oscar.core.loading import get_model

from .models import Product


@dataclass(frozen=True)
class Size:
    """What is bought: a size of a product with sizes, or the product itself."""

    id: int
    label: str
    price: Decimal
    pieces: int

    @property
    def in_stock(self) -> bool:
        return self.pieces > 0


@dataclass(frozen=True)
class Offer:
    """The priced sizes, cheapest first: one of a product without sizes, none of what has no price."""

    sizes: tuple[Size, ...]

    @property
    def in_stock(self) -> bool:
        return any(size.in_stock for size in self.sizes)

    @property
    def lowest(self) -> Decimal | None:
        return self.sizes[0].price if self.sizes else None

    @property
    def has_dearer(self) -> bool:
        return any(size.price != self.lowest for size in self.sizes)


def offer_of(product: Product) -> Offer:
    """Of a product with sizes the public ones count. What is sold from is the first record of each."""
    records: Any = get_model("partner", "StockRecord").objects
    if product.is_parent:
        wanted = records.filter(product__parent=product, product__is_public=True)
    else:
        wanted = records.filter(product=product)
    read = wanted.order_by("-pk").values_list(
        "product_id",
        "product__net_quantity",
        "product__title",
        "price",
        "num_in_stock",
        "num_allocated",
    )
    first = {row[0]: row for row in read}
    sizes = (
        Size(key, quantity or title or "", price, (stock or 0) - (allocated or 0))
        for key, quantity, title, price, stock, allocated in first.values()
        if price is not None
    )
    return Offer(tuple(sorted(sizes, key=lambda size: (size.price, size.id))))
