from collections.abc import Collection
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from catalogue.models import CategoryFlag
from search.shelves import Wish, shelves
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def ids(*wishes: Wish, adult: bool = False, most: int = 5, without: Collection[int] = ()) -> list[list[int]]:
    found = shelves(wishes, day=DAY, adult=adult, most=most, without=without)
    return [[product.id for product in shelf] for shelf in found]


def test_what_can_be_bought_comes_before_more_stars() -> None:
    three, gone, four = factories.product(), factories.product(stock=0), factories.product()
    for product, stars in ((three, 3), (gone, 5), (four, 4)):
        factories.rating(product, stars=stars, issued_on=date(2025, 1, 1))
    assert ids(Wish()) == [[four.pk, three.pk, gone.pk]]


def test_a_star_counts_while_it_lasts() -> None:
    lasting, ended = factories.product(), factories.product()
    factories.rating(lasting, stars=5, issued_on=date(2024, 1, 1))
    factories.rating(ended, stars=5, issued_on=date(2022, 1, 1))
    assert ids(Wish(least_star=4)) == [[lasting.pk]]


@pytest.mark.parametrize(
    "wish", [Wish(words="Mắm Cà Mau"), Wish(province="ca-mau"), Wish(category="nuoc-mam")], ids=str
)
def test_it_holds_what_was_asked_for(wish: Wish) -> None:
    sauce = factories.category("Nước mắm")
    factories.product("Chè Phìn Hồ")
    wanted = factories.product("Nước mắm Cà Mau", by=factories.producer(of="Cà Mau"), sets=(sauce,))
    assert ids(wish) == [[wanted.pk]]


def test_words_are_found_whole() -> None:
    factories.product("Nước mắm")
    assert ids(Wish(words="ước mắ")) == [[]]


def test_no_product_stands_twice_or_where_it_was_taken() -> None:
    first, second, third = (factories.product(f"Chè {number}") for number in range(3))
    assert ids(Wish(words="chè 0"), Wish(), without=[third.pk]) == [[first.pk], [second.pk]]


def test_alcohol_waits_for_the_visitors_age() -> None:
    spirits = factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,))
    drink = factories.product("Rượu ngô", sets=(spirits,))
    assert ids(Wish()) == [[]]
    assert ids(Wish(), adult=True) == [[drink.pk]]


def test_many_lists_are_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for name in ("Chè", "Mật ong", "Nước mắm"):
        factories.product(name)
    with django_assert_num_queries(1):
        found = ids(Wish(words="chè"), Wish(words="mật ong"), Wish(words="nước mắm"))
    assert [len(shelf) for shelf in found] == [1, 1, 1]
