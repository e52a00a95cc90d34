"""Small makers of what tests need, with Vietnamese names. Each call makes one thing more; places are shared."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from oscar.core.loading import get_model

from catalogue.models import Category, IssuerLevel, Product, Rating
from catalogue.ratings import issue_rating
from marketplace.partner.models import StockRecord
from marketplace.shipping.models import ProducerTerms
from producers.models import Commune, Producer, ProducerForm, Province, Region
from producers.places import fold
from producers.registration import register_producer
from search.indexing import deferred

ProductClass = get_model("catalogue", "ProductClass")
_numbers = count(1)

REGIONS = {
    "bac": "Trung du và miền núi phía Bắc",
    "hong": "Đồng bằng sông Hồng",
    "nam": "Đồng bằng sông Cửu Long",
}
PROVINCES = {
    "Tuyên Quang": ("08", "bac"),
    "Thái Nguyên": ("19", "bac"),
    "Hà Nội": ("01", "hong"),
    "Cà Mau": ("96", "nam"),
    "An Giang": ("91", "nam"),
    "Đà Nẵng": ("48", "nam"),
}


def slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def region(code: str = "bac") -> Region:
    name = REGIONS[code]
    defaults = {"name": name, "name_en": name, "slug": slug(name), "macro_region": code, "position": 1}
    return Region.objects.get_or_create(code=code, defaults=defaults)[0]


def province(name: str = "Tuyên Quang") -> Province:
    """One of PROVINCES, two of which share a region."""
    code, region_code = PROVINCES[name]
    defaults = {
        "name": name,
        "display_name": name,
        "full_name": f"Tỉnh {name}",
        "slug": slug(name),
        "type": "tỉnh",
    }
    return Province.objects.get_or_create(code=code, defaults=defaults | {"region": region(region_code)})[0]


def commune(name: str = "Ba Đình", of: str = "Hà Nội", kind: str = "phường", **fields: Any) -> Commune:
    found = Commune.objects.filter(name=name, kind=kind, province__name=of).first()
    return found or Commune.objects.create(
        code=f"{next(_numbers):05}", name=name, kind=kind, province=province(of), folded=fold(name), **fields
    )


def producer(name: str = "", of: str = "Tuyên Quang", **fields: Any) -> Producer:
    """A cooperative, with the partner behind it."""
    number = next(_numbers)
    details = {"form": ProducerForm.COOPERATIVE, "province": province(of)} | fields
    return register_producer(name=name or f"HTX Phìn Hồ {number}", code=f"htx-{number}", **details)


def shipping_terms(of: Producer, **fields: Any) -> ProducerTerms:
    """Thresholds and pick-up of a producer; with a place and opening words if it offers pick-up."""
    place = {"pickup_address": "Xưởng chè Phìn Hồ", "pickup_hours": "Thứ hai đến thứ bảy, 8–17 giờ"}
    ProducerTerms.objects.create(producer=of, **(place if fields.get("offers_pickup") else {}) | fields)
    of.refresh_from_db()
    return of.shipping_terms


def category(name: str, number: int | None = None, flags: tuple[str, ...] = (), **fields: Any) -> Category:
    """A set at the root of the tree; enough for its flags to count."""
    found = Category.objects.filter(name=name).first()
    key = number or next(_numbers)
    return found or Category.add_root(
        name=name, slug=slug(name), code=f"bo-{key}", number=key, flags=list(flags), **fields
    )


def _class() -> Any:
    defaults = {"requires_shipping": True, "track_stock": True}
    return ProductClass.objects.get_or_create(name="Đặc sản", defaults=defaults)[0]


def stock_record(product: Product, *, price: int = 185_000, stock: int = 20) -> StockRecord:
    """Price in đồng and pieces of one bought product."""
    number = next(_numbers)
    return StockRecord.objects.create(
        product=product,
        partner_id=product.listed.producer_id,
        partner_sku=f"sku-{number}",
        price_currency="VND",
        price=Decimal(price),
        num_in_stock=stock,
    )


@deferred()
def product(
    title: str = "",
    *,
    by: Producer | None = None,
    price: int | None = 185_000,
    stock: int = 20,
    sets: tuple[Category, ...] = (),
    **fields: Any,
) -> Product:
    """A stand-alone product on sale with a stock record; without price it has none. It is indexed once, when whole."""
    maker = by or producer()
    made = Product.objects.create(
        title=title or f"Chè Shan tuyết {next(_numbers)}",
        product_class=_class(),
        producer=maker,
        province=maker.province,
        **{"net_quantity": "Hộp 100 g", "shipping_weight_g": 150} | fields,
    )
    made.categories.set(sets)
    if price is not None:
        stock_record(made, price=price, stock=stock)
    return made


@deferred()
def sized(
    *sizes: tuple[str, int, int], by: Producer | None = None, title: str = "", **fields: Any
) -> tuple[Product, list[Product]]:
    """A parent and its children, given as (net quantity, price, stock)."""
    parent = product(title, by=by, price=None, structure=Product.PARENT, **fields)
    children = []
    for net_quantity, price, stock in sizes or (("Gói 100 g", 90_000, 5), ("Gói 500 g", 400_000, 5)):
        child = Product.objects.create(
            parent=parent, structure=Product.CHILD, net_quantity=net_quantity, shipping_weight_g=600
        )
        stock_record(child, price=price, stock=stock)
        children.append(child)
    return parent, children


def rating(of: Product, *, stars: int = 4, issued_on: date = date(2026, 1, 15), **fields: Any) -> Rating:
    details = {"issuer": "UBND tỉnh Tuyên Quang", "issuer_level": IssuerLevel.PROVINCE} | fields
    return issue_rating(
        product=of,
        stars=stars,
        issued_on=issued_on,
        number=details.pop("number", f"DEMO-{next(_numbers)}"),
        **details,
    )


def user(name: str = "Lò Thị Mai", **fields: Any) -> Any:
    """A person with an e-mail address and a password, `mat-khau-cua-toi`."""
    fields = {"email": f"nguoi-{next(_numbers)}@example.vn", "first_name": name} | fields
    return get_user_model().objects.create_user(password="mat-khau-cua-toi", **fields)
