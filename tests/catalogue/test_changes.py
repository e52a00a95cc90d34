from typing import Any

import pytest

from catalogue.changes import products_changed, touch
from catalogue.models import Category, Product, ProductChange
from tests import factories

pytestmark = pytest.mark.django_db


def number(product: Product) -> int:
    return ProductChange.objects.get(pk=product.pk).number


def test_every_touch_raises_the_number_by_one() -> None:
    product = factories.product()
    before = number(product)
    touch([product.pk, product.pk])
    assert number(product) == before + 1


def test_a_change_of_a_size_is_a_change_of_what_is_listed() -> None:
    parent, children = factories.sized()
    before = number(parent)
    children[0].net_quantity = "Gói 120 g"
    children[0].save()
    assert number(parent) == before + 1
    assert not ProductChange.objects.filter(pk=children[0].pk).exists()


def test_a_producers_new_place_changes_its_products() -> None:
    maker = factories.producer()
    product, other = factories.product(by=maker), factories.product()
    before = number(product), number(other)
    maker.place_text = "Thông Nguyên, Hoàng Su Phì"
    maker.save()
    assert (number(product), number(other)) == (before[0] + 1, before[1])


def test_a_sets_new_name_changes_its_products() -> None:
    tea = factories.category("Chè")
    product = factories.product(sets=(tea,))
    before = number(product)
    Category.objects.get(pk=tea.pk).save()
    assert number(product) == before + 1


def test_a_product_that_is_gone_keeps_its_number_raised() -> None:
    product = factories.product(price=None)
    key, before = product.pk, number(product)
    product.delete()
    assert ProductChange.objects.get(pk=key).number > before


def test_who_depends_on_products_is_told_which_changed() -> None:
    product = factories.product()
    told: list[tuple[list[int], bool]] = []

    def listen(ids: list[int], stock_only: bool, **kwargs: Any) -> None:
        told.append((ids, stock_only))

    products_changed.connect(listen)
    try:
        touch([product.pk], stock_only=True)
        touch([])
    finally:
        products_changed.disconnect(listen)
    assert told == [([product.pk], True)]
