"""Products of the list with their sizes, stock and certificates."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from oscar.core.loading import get_model

from catalogue.models import Category, IssuerLevel, Product, Sale
from catalogue.ratings import issue_rating, revoke_rating
from marketplace.demo.facts import ProductFacts
from marketplace.demo.loading.progress import Progress, chunks
from marketplace.demo.sizes import Size
from marketplace.demo.terms import box_of
from marketplace.partner.models import StockRecord
from producers.models import Commune, FormerProvince, Producer, Province
from search import indexing

CHUNK = 40


@dataclass(frozen=True)
class Shelves:
    """What products refer to, read once."""

    producers: dict[str, Producer]
    provinces: dict[str, Province]
    former: dict[str, FormerProvince]
    communes: dict[str, Commune]
    sets: dict[int, Category]
    goods: Any
    services: Any


def load_products(
    facts: tuple[ProductFacts, ...], *, producers: dict[str, Producer], progress: Progress
) -> list[ProductFacts]:
    """Add the products that are missing; returns their facts. Each is added and indexed whole, or not at all."""
    known = set(Product.objects.filter(upc__startswith="DEMO-").values_list("upc", flat=True))
    missing = [fact for fact in facts if fact.code not in known]
    if not missing:
        return []
    shelves = _shelves(missing, producers)
    for chunk in progress.over(list(chunks(missing, CHUNK)), "Sản phẩm"):
        with transaction.atomic(), indexing.deferred():
            for fact in chunk:
                _add(fact, shelves)
    return missing


def _shelves(facts: list[ProductFacts], producers: dict[str, Producer]) -> Shelves:
    classes = get_model("catalogue", "ProductClass").objects.in_bulk(field_name="slug")
    wanted = [fact.commune_code for fact in facts if fact.commune_code]
    return Shelves(
        producers=producers,
        provinces={place.code: place for place in Province.objects.all()},
        former={place.code: place for place in FormerProvince.objects.all()},
        communes={place.code: place for place in Commune.objects.filter(code__in=wanted)},
        sets={node.number: node for node in Category.objects.filter(depth=3) if node.number},
        goods=classes["dac-san"],
        services=classes["dich-vu"],
    )


def _add(fact: ProductFacts, shelves: Shelves) -> None:
    product = _listed(fact, shelves)
    product.categories.add(shelves.sets[fact.row.set_no])
    if fact.has_variants:
        for number, size in enumerate(fact.sizes, start=1):
            child = _child(product, size, code=f"{fact.code}-{number}", set_no=fact.row.set_no)
            _stock(child, size, fact, product.producer)
    elif fact.sale != Sale.REGISTERED:
        _stock(product, fact.sizes[0], fact, product.producer)
    _certify(product, fact)


def _listed(fact: ProductFacts, shelves: Shelves) -> Product:
    """The listed product: stand-alone, or the parent of its sizes."""
    row, only = fact.row, None if fact.has_variants else fact.sizes[0]
    product: Product = Product.objects.create(
        structure=Product.PARENT if fact.has_variants else Product.STANDALONE,
        product_class=shelves.services if fact.sale == Sale.ENQUIRY else shelves.goods,
        title=row.name,
        upc=fact.code,
        description=fact.description,
        producer=shelves.producers[fact.maker_key],
        province=shelves.provinces[row.province_code],
        former_province=shelves.former[row.former_code],
        commune=shelves.communes.get(fact.commune_code or ""),
        origin_text=fact.origin_text,
        name_en=fact.name_en,
        net_quantity=only.net if only else "",
        shipping_weight_g=only.weight_g if only and fact.sale != Sale.ENQUIRY else None,
        **(box_of(row.set_no, only) if only else {}),
        ingredients=fact.ingredients,
        storage=fact.storage,
        shelf_life=fact.shelf_life,
        ip_number=fact.ip_number,
        planting_area_code=fact.planting_area_code,
        sale=fact.sale,
        is_demo=True,
    )
    return product


def _child(parent: Product, size: Size, *, code: str, set_no: int) -> Product:
    child: Product = Product.objects.create(
        structure=Product.CHILD,
        parent=parent,
        title=f"{parent.title} {size.net}",
        upc=code,
        net_quantity=size.net,
        shipping_weight_g=size.weight_g,
        **box_of(set_no, size),
        sale=parent.sale,
        is_demo=True,
    )
    return child


def _stock(product: Product, size: Size, fact: ProductFacts, producer: Producer | None) -> None:
    """Price and stock; a tour has a price to go by and no pieces."""
    assert producer is not None
    StockRecord.objects.create(
        product=product,
        partner=producer.partner,
        partner_sku=product.upc,
        price_currency="VND",
        price=size.price,
        num_in_stock=None if fact.sale == Sale.ENQUIRY else size.stock,
    )


def _certify(product: Product, fact: ProductFacts) -> None:
    for one in fact.certificates:
        rating = issue_rating(
            product=product,
            stars=one.stars,
            issuer=one.issuer,
            issuer_level=IssuerLevel(one.issuer_level),
            number=one.number,
            issued_on=one.issued_on,
            months=one.months,
            score=one.score,
            place_name=one.place_name,
            five_star_candidate=one.five_star_candidate,
        )
        if one.revoked_on:
            revoke_rating(rating=rating, day=one.revoked_on, reason=one.revoked_reason)
