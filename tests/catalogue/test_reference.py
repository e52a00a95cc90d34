from typing import Any

import pytest

from catalogue.models import Category, CategoryFlag, ProductChange
from catalogue.reference import load_categories
from tests import factories

pytestmark = pytest.mark.django_db

FLAGS: dict[int, set[str]] = {
    1: {"fresh", "seasonal"}, 2: {"fresh", "cold"}, 14: {"alcohol"}, 15: {"alcohol"}, 16: {"heavy"},
    18: {"health"}, 19: {"cosmetic"}, 20: {"health"}, 21: {"fragile"}, 23: {"live"}, 24: {"live"},
    25: {"live"}, 26: {"service"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def tree() -> None:
    load_categories()


def nodes(depth: int) -> list[Any]:
    return list(Category.objects.filter(depth=depth).order_by("path"))


def test_six_groups_hold_seventeen_classes_and_these_the_26_sets() -> None:
    assert [len(nodes(depth)) for depth in (1, 2, 3, 4)] == [6, 17, 26, 0]
    assert [node.number for node in nodes(3)] == list(range(1, 27))
    assert all(node.numchild for depth in (1, 2) for node in nodes(depth))
    assert all(node.code == f"set-{node.number}" and node.name_en for node in nodes(3))


def test_a_set_lies_in_its_class_and_group() -> None:
    tea = Category.objects.get(code="set-11")
    assert [str(node.name) for node in (*tea.get_ancestors(), tea)] == [
        "Thực phẩm",
        "Chè",
        "Chè tươi, chè chế biến",
    ]


def test_flags_say_what_a_sets_products_need() -> None:
    assert {node.number: set(node.flags) for node in nodes(3) if node.flags} == FLAGS
    assert set().union(*FLAGS.values()) <= set(CategoryFlag.values)
    assert [node.number for node in nodes(3) if node.is_alcohol] == [14, 15]


def test_loading_again_touches_no_product_and_mends_what_staff_changed_by_mistake() -> None:
    tea = Category.objects.get(code="set-11")
    product = factories.product(sets=(tea,))
    before = ProductChange.objects.get(pk=product.pk).number
    load_categories()
    assert ProductChange.objects.get(pk=product.pk).number == before
    Category.objects.filter(pk=tea.pk).update(flags=["alcohol"])
    load_categories()
    assert Category.objects.get(pk=tea.pk).flags == []
    assert Category.objects.count() == 49
