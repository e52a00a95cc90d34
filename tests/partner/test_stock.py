from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalogue.changes import products_changed
from catalogue.models import Product, Sale
from marketplace.partner.stock import InsufficientStock, give_back_stock, take_stock
from marketplace.partner.strategy import Default
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Any:
    """What search and others are told while the test runs."""
    heard: list[tuple[list[int], bool]] = []

    def hear(ids: list[int], stock_only: bool, **_: Any) -> None:
        heard.append((ids, stock_only))

    products_changed.connect(hear)
    yield heard
    products_changed.disconnect(hear)


def test_stock_is_taken_as_long_as_there_is_some() -> None:
    record = factories.product(stock=3).stockrecords.get()
    record.allocate(2)
    with pytest.raises(InsufficientStock) as caught:
        record.allocate(2)
    record.refresh_from_db()
    assert (record.num_allocated, caught.value.left) == (2, {record.pk: 1})


def test_all_or_none_is_taken_and_every_short_record_named() -> None:
    records = [factories.product(stock=stock).stockrecords.get() for stock in (5, 1, 0)]
    with pytest.raises(InsufficientStock) as caught:
        take_stock(quantities={record.pk: 2 for record in records})
    assert caught.value.left == {records[1].pk: 1, records[2].pk: 0}
    records[0].refresh_from_db()
    assert not records[0].num_allocated


def test_what_is_given_back_can_be_taken_again() -> None:
    record = factories.product(stock=2).stockrecords.get()
    take_stock(quantities={record.pk: 2})
    give_back_stock(quantities={record.pk: 2})
    take_stock(quantities={record.pk: 2})
    record.refresh_from_db()
    assert record.net_stock_level == 0


def test_taking_stock_tells_the_listed_products_once(told: Any) -> None:
    parent, sizes = factories.sized()
    told.clear()
    take_stock(quantities={size.stockrecords.get().pk: 1 for size in sizes})
    assert told == [([parent.pk], True)]


def test_a_new_price_is_more_than_stock(told: Any) -> None:
    product = factories.product()
    record = product.stockrecords.get()
    told.clear()
    record.price = 200_000
    record.save()
    record.save(update_fields=["num_in_stock"])
    assert told == [([product.pk], False), ([product.pk], True)]


@pytest.mark.parametrize("change", [{"sale": Sale.REGISTERED}, {"sale": Sale.ENQUIRY}, {"is_public": False}])
def test_only_what_is_on_sale_and_public_can_be_bought(change: dict[str, Any]) -> None:
    parent, sizes = factories.sized()
    assert Default().fetch_for_product(sizes[0]).availability.is_available_to_buy
    Product.objects.filter(pk=parent.pk).update(**change)
    size = Product.objects.get(pk=sizes[0].pk)
    assert not Default().fetch_for_product(size).availability.is_available_to_buy


def test_the_price_is_what_the_buyer_pays() -> None:
    price = Default().fetch_for_product(factories.product(price=185_000)).price
    assert (price.incl_tax, price.tax, price.is_tax_known) == (185_000, 0, True)


def test_a_parent_is_available_as_long_as_one_size_is() -> None:
    parent, _sizes = factories.sized(("Gói 100 g", 90_000, 0), ("Gói 500 g", 400_000, 2))
    assert Default().fetch_for_parent(parent).availability.num_available == 2


@pytest.mark.parametrize("wrong", ["185000.50", "0.01", "-1", "-185000"])
def test_a_price_that_is_no_whole_dong_is_refused_and_never_stored(wrong: str) -> None:
    record = factories.product().stockrecords.get()
    record.price = Decimal(wrong)
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert caught.value.message_dict == {"price": ["Giá phải là số nguyên đồng, không âm."]}
    with pytest.raises(IntegrityError, match="stockrecord_price_is_whole_dong"), transaction.atomic():
        record.save()
    record.refresh_from_db()
    assert record.price == 185_000


@pytest.mark.parametrize("right", [None, "0", "185000.00", "9999999999"])
def test_no_price_and_whole_ones_are_kept(right: str | None) -> None:
    record = factories.product().stockrecords.get()
    record.price = None if right is None else Decimal(right)
    record.full_clean()
    record.save()
    record.refresh_from_db()
    assert record.price == (None if right is None else Decimal(right))
