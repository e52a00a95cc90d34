"""A deterministic synthetic catalogue: recombined names of real products, skewed producers, ratings over 5 years.

The same size and day give the same rows. Nothing here is shown to anybody.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from django.db import connection, transaction
from django.utils.text import slugify
from oscar.core.loading import get_model

from catalogue import ocop
from catalogue.models import Category, IssuerLevel, Product, ProductImage, Rating, Sale
from catalogue.reference import load_categories
from producers.models import FormerProvince, Producer, ProducerForm
from producers.places import fold
from producers.reference import load_places
from tests.benchmarks.synthetic_size import FULL_SIZE

ROWS = Path(__file__).parents[2] / "marketplace" / "demo" / "data" / "products.csv"
PRODUCERS_PER_PRODUCT = 9_000 / FULL_SIZE
BATCH = 2_000

Partner = get_model("partner", "Partner")
StockRecord = get_model("partner", "StockRecord")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductClass = get_model("catalogue", "ProductClass")


@dataclass(frozen=True)
class Words:
    """What names are made of: (set number, first half of a product's name), and second halves."""

    heads: list[tuple[int, str]]
    tails: list[str]
    makers: list[str]


def words() -> Words:
    """Cut the demonstration's names in the middle, so that syllables keep their real frequencies."""
    heads, tails, makers = [], [], []
    with ROWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            syllables = row["name"].split()
            middle = max(1, (len(syllables) + 1) // 2)
            heads.append((int(row["set_no"]), " ".join(syllables[:middle])))
            tails.append(" ".join(syllables[middle:]) or row["province"])
            makers.append(row["producer"] or f"Cơ sở {row['province']}")
    return Words(heads, tails, makers)


@transaction.atomic
def build(*, size: int, day: date, seed: int = 2026) -> None:
    """Write `size` listed products as of `day`; every twentieth has three sizes."""
    load_places()
    load_categories()
    rng = Random(seed)
    stock = words()
    producers = _producers(round(size * PRODUCERS_PER_PRODUCT), stock, rng)
    products = _products(size, producers, stock, rng)
    _categories(products)
    _children(products[::20], rng)
    _stock(rng)
    _ratings(products, day, rng)
    ProductImage.objects.bulk_create(
        [ProductImage(product=product, original=f"bench/{product.pk}.webp") for product, _ in products],
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself, but later; without it plans are guesses


def _producers(count: int, stock: Words, rng: Random) -> list[Producer]:
    places = list(FormerProvince.objects.select_related("province"))
    partners = Partner._base_manager.bulk_create(
        [Partner(code=f"bench-{i}", name=f"{rng.choice(stock.makers)} {i}"[:128]) for i in range(count)],
        batch_size=BATCH,
    )
    made = []
    for partner in partners:
        place = rng.choice(places)
        made.append(
            Producer(
                partner=partner,
                slug=slugify(fold(partner.name))[:140],
                form=rng.choice(ProducerForm.values),
                province=place.province,
                former_province=place,
            )
        )
    return Producer._base_manager.bulk_create(made, batch_size=BATCH)


def _products(size: int, producers: list[Producer], stock: Words, rng: Random) -> list[tuple[Product, int]]:
    """Producers of skewed sizes: the first of the list get most products, as a few cooperatives do."""
    kind = ProductClass.objects.get(slug="dac-san")
    made = []
    for number in range(size):
        set_no, head = rng.choice(stock.heads)
        title = f"{head} {rng.choice(stock.tails)}"[:255]
        producer = producers[number] if number < len(producers) else producers[_skewed(len(producers), rng)]
        product = Product(
            structure=Product.PARENT if number % 20 == 0 else Product.STANDALONE,
            title=title,
            slug=slugify(fold(title))[:255],
            product_class=kind,
            producer=producer,
            province=producer.province,
            former_province=producer.former_province,
            origin_text=producer.former_province.name if producer.former_province else "",
            description=f"{title}, làm tại {producer.former_province}. " * 3,
            net_quantity="500 g",
            shipping_weight_g=rng.randrange(100, 5000),
            sale=Sale.REGISTERED if number % 50 == 7 else Sale.ON_SALE,
        )
        made.append((product, set_no))
    Product._base_manager.bulk_create([product for product, _ in made], batch_size=BATCH)
    return made


def _skewed(count: int, rng: Random) -> int:
    return min(count - 1, int(count * rng.random() ** 3))


def _categories(products: list[tuple[Product, int]]) -> None:
    sets = {category.number: category for category in Category.objects.filter(depth=3)}
    ProductCategory._base_manager.bulk_create(
        [ProductCategory(product=product, category=sets[set_no]) for product, set_no in products],
        batch_size=BATCH,
    )


def _children(parents: list[tuple[Product, int]], rng: Random) -> None:
    Product._base_manager.bulk_create(
        [
            Product(
                structure=Product.CHILD,
                parent=parent,
                title="",
                slug=f"{parent.slug[:240]}-{grams}",
                net_quantity=f"{grams} g",
                shipping_weight_g=grams + rng.randrange(50, 150),
            )
            for parent, _ in parents
            for grams in (200, 500, 1000)
        ],
        batch_size=BATCH,
    )


def _stock(rng: Random) -> None:
    sold = Product.objects.exclude(structure=Product.PARENT).select_related("parent").order_by("pk")
    StockRecord._base_manager.bulk_create(
        [
            StockRecord(
                product=product,
                partner_id=product.listed.producer_id,
                partner_sku=f"B{product.pk}",
                price=Decimal(rng.randrange(20, 900) * 1000),
                num_in_stock=rng.choice([0, 5, 40, 40, 100]),
            )
            for product in sold
        ],
        batch_size=BATCH,
    )


def _ratings(products: list[tuple[Product, int]], day: date, rng: Random) -> None:
    """Nine in ten were rated once within five years, one in seven twice, a few revoked."""
    made = []
    for product, _ in products:
        for turn in range(rng.choices([0, 1, 2], [10, 75, 15])[0]):
            issued = day - timedelta(days=rng.randrange(1, 5 * 365))
            stars = rng.choices([3, 4, 5], [70, 28, 2])[0]
            revoked = issued + timedelta(days=200) if rng.random() < 0.01 else None
            made.append(
                Rating(
                    product=product,
                    stars=stars,
                    five_star_candidate=stars == 4 and rng.random() < 0.02,
                    issuer="UBND tỉnh",
                    issuer_level=IssuerLevel.PROVINCE,
                    number=f"B-{product.pk}-{turn}",
                    issued_on=issued,
                    months=36,
                    ends_on=ocop.end_date(issued, 36),
                    revoked_on=revoked,
                    revoked_reason="Không còn đạt" if revoked else "",
                )
            )
    Rating._base_manager.bulk_create(made, batch_size=BATCH)
