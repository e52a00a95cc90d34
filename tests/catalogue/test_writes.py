"""Whatever writes what a document is made of: the product's number rises, and what searches read is level."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.models import Category, Product, ProductCategory, ProductChange, Rating
from marketplace.partner.models import Partner, StockRecord
from marketplace.partner.stock import give_back_stock, take_stock
from producers.models import Commune, FormerProvince, Producer, ProducerForm, Province, Region
from producers.reference import load_places
from producers.registration import register_producer
from search import indexing
from tests import factories

pytestmark = pytest.mark.django_db


class Goods:
    """A rated tea with a place and a set, and a jam in two sizes, of one producer."""

    def __init__(self) -> None:
        home = factories.province("Cà Mau")
        self.former = FormerProvince.objects.create(
            code="95", name="Bạc Liêu", slug="bac-lieu", province=home
        )
        self.commune = factories.commune("Gành Hào", of="Cà Mau", kind="xã")
        self.maker = factories.producer("HTX Gành Hào", of="Cà Mau")
        self.set = factories.category("Chè")
        self.other = factories.category("Mứt")
        places = {"former_province": self.former, "commune": self.commune}
        self.tea = factories.product("Trà sen", by=self.maker, sets=(self.set,), **places)
        self.rating = factories.rating(self.tea, stars=4, issued_on=date(2026, 1, 1))
        self.jam, (self.small, self.large) = factories.sized(by=self.maker)
        self.stock = StockRecord.objects.get(product=self.tea)


def rename(row: Any, field: str = "name") -> None:
    setattr(row, field, "Tên khác")
    row.save()


def bulk(model: Any, row: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    model.objects.bulk_update([row], list(values))


WRITES: dict[str, Callable[[Goods], object]] = {
    "product saved": lambda g: rename(g.tea, "title"),
    "product updated": lambda g: Product.objects.filter(pk=g.tea.pk).update(title="Tên khác"),
    "product updated out of the filter": lambda g: Product.objects.filter(pk=g.tea.pk, is_public=True).update(
        is_public=False
    ),
    "products updated in bulk": lambda g: bulk(Product, g.tea, title="Tên khác"),
    "rating saved": lambda g: rename(g.rating, "issuer"),
    "rating updated": lambda g: Rating.objects.filter(pk=g.rating.pk).update(stars=5),
    "ratings updated in bulk": lambda g: bulk(Rating, g.rating, stars=3),
    "rating deleted": lambda g: g.rating.delete(),
    "ratings deleted": lambda g: Rating.objects.filter(product=g.tea).delete(),
    "ratings created in bulk": lambda g: Rating.objects.bulk_create([copy_of(g.rating)]),
    "stock record saved": lambda g: rename(g.stock, "partner_sku"),
    "price updated": lambda g: StockRecord.objects.filter(product=g.tea).update(price=Decimal(1000)),
    "stock updated in bulk": lambda g: bulk(StockRecord, g.stock, num_in_stock=0),
    "stock record deleted": lambda g: StockRecord.objects.filter(product=g.tea).delete(),
    "stock taken": lambda g: take_stock(quantities={g.stock.pk: 1}),
    "stock given back": lambda g: (
        take_stock(quantities={g.stock.pk: 1}),
        give_back_stock(quantities={g.stock.pk: 1}),
    ),
    "stock consumed as Oscar does": lambda g: (g.stock.allocate(1), g.stock.consume_allocation(1)),
    "category saved": lambda g: rename(g.set),
    "category updated": lambda g: Category.objects.filter(pk=g.set.pk).update(name="Tên khác"),
    "set added": lambda g: g.tea.categories.add(g.other),
    "set removed": lambda g: g.tea.categories.remove(g.set),
    "sets exchanged": lambda g: g.tea.categories.set([g.other]),
    "sets cleared": lambda g: g.tea.categories.clear(),
    "product added to a set": lambda g: g.other.product_set.add(g.tea),
    "set emptied": lambda g: g.set.product_set.clear(),
    "set's row updated": lambda g: ProductCategory.objects.filter(product=g.tea).update(category=g.other),
    "set's row created in bulk": lambda g: ProductCategory.objects.bulk_create(
        [ProductCategory(product=g.tea, category=g.other)]
    ),
    "set's row deleted": lambda g: ProductCategory.objects.filter(product=g.tea).delete(),
    "partner saved": lambda g: rename(g.maker.partner),
    "partner updated": lambda g: Partner.objects.filter(pk=g.maker.pk).update(name="Tên khác"),
    "producer saved": lambda g: rename(g.maker, "about"),
    "producer updated": lambda g: Producer.objects.filter(pk=g.maker.pk).update(form="trang-trai"),
    "province saved": lambda g: rename(g.tea.province, "display_name"),
    "province updated": lambda g: Province.objects.filter(name="Cà Mau").update(display_name="Khác"),
    "former province saved": lambda g: rename(g.former),
    "former province updated": lambda g: FormerProvince.objects.update(name="Tên khác"),
    "commune saved": lambda g: rename(g.commune),
    "commune updated": lambda g: Commune.objects.update(name="Tên khác"),
    "region updated": lambda g: Region.objects.update(code="khac"),
}
OF_A_SIZE: dict[str, Callable[[Goods], object]] = {
    "size saved": lambda g: rename(g.small, "net_quantity"),
    "size updated": lambda g: Product.objects.filter(pk=g.small.pk).update(is_public=False),
    "size deleted": lambda g: g.large.delete(),
    "size's price updated": lambda g: StockRecord.objects.filter(product=g.small).update(price=Decimal(1000)),
    "size's stock taken": lambda g: take_stock(quantities={StockRecord.objects.get(product=g.small).pk: 1}),
}


def copy_of(rating: Rating) -> Rating:
    values = {field.attname: getattr(rating, field.attname) for field in Rating._meta.concrete_fields}
    del values["id"]
    return Rating(**values | {"number": "khác", "issued_on": date(2026, 2, 1)})


def number(product: Product) -> int:
    return ProductChange.objects.get(product_id=product.pk).number


LEVEL: dict[str, list[int]] = {"missing": [], "superfluous": [], "stale": []}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_products_number_rises_with_every_write_and_the_index_is_level(
    write: Callable[[Goods], object],
) -> None:
    goods = Goods()
    before = number(goods.tea)
    write(goods)
    assert number(goods.tea) > before
    assert indexing.drift() == LEVEL


@pytest.mark.parametrize("write", OF_A_SIZE.values(), ids=OF_A_SIZE)
def test_the_number_of_a_product_with_sizes_rises_with_theirs(write: Callable[[Goods], object]) -> None:
    goods = Goods()
    before = number(goods.jam)
    write(goods)
    assert number(goods.jam) > before
    assert indexing.drift() == LEVEL


def test_new_and_deleted_products_count_too() -> None:
    tea = Goods().tea
    key, last = tea.pk, number(tea)
    Product.objects.filter(pk=key).delete()
    assert ProductChange.objects.get(product_id=key).number > last
    assert indexing.drift() == LEVEL


def test_loading_the_places_again_touches_nothing_and_a_name_that_was_mended_its_products() -> None:
    load_places()
    place = Province.objects.get(name="Cà Mau")
    maker = register_producer(
        name="HTX Năm Căn", code="nam-can", form=ProducerForm.COOPERATIVE, province=place
    )
    tea = factories.product(by=maker)
    before = number(tea)
    load_places()
    assert number(tea) == before
    Province.objects.filter(pk=place.pk).untold(display_name="Sai tên")
    load_places()
    assert number(tea) == before + 1
