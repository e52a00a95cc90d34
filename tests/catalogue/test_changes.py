from typing import Any

import pytest

from catalogue.changes import products_changed, touch
from catalogue.models import Category, Product, ProductChange
from search import indexing
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


@pytest.mark.parametrize("level", ["group", "class", "set"])
def test_a_new_name_anywhere_above_a_product_is_found_by_at_once(level: str) -> None:
    group = Category.add_root(name="Đồ uống", slug="nhom", code="n", number=90)
    middle = group.add_child(name="Trà", slug="lop", code="l", number=91)
    tea = middle.add_child(name="Chè tươi", slug="bo", code="b", number=92)
    product, other = factories.product(sets=(tea,)), factories.product()
    before = number(product), number(other)
    renamed = Category.objects.get(pk={"group": group, "class": middle, "set": tea}[level].pk)
    renamed.name = "Tên mới"
    renamed.save()
    assert (number(product), number(other)) == (before[0] + 1, before[1])
    assert not any(indexing.drift().values())


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
