from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from catalogue.cards import Card, cards, for_visitor
from catalogue.models import CategoryFlag, Product, ProductImage
from producers.models import FormerProvince
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def card_of(product: Product, day: date = DAY) -> Card:
    return cards([product.pk], day=day)[0]


def test_a_card_names_product_producer_and_place() -> None:
    maker = factories.producer("HTX Phìn Hồ")
    product = factories.product("Trà xanh Phìn Hồ", by=maker)
    card = card_of(product)
    assert (card.title, card.producer_name) == ("Trà xanh Phìn Hồ", "HTX Phìn Hồ")
    assert card.place_line == "Tuyên Quang"
    assert card.url == f"/san-pham/tra-xanh-phin-ho_{product.pk}/"


def test_a_card_says_the_former_province_first() -> None:
    here = factories.province("Cà Mau")
    former = FormerProvince.objects.create(code="95", name="Bạc Liêu", slug="bac-lieu", province=here)
    product = factories.product(by=factories.producer(of="Cà Mau"), former_province=former)
    assert card_of(product).place_line == "Bạc Liêu, nay thuộc Cà Mau"


def test_cards_keep_the_order_that_was_asked_for() -> None:
    keys = [factories.product().pk for _ in range(3)]
    wanted = [keys[2], keys[0], keys[1]]
    assert [card.pk for card in cards(wanted, day=DAY)] == wanted


def test_hidden_children_and_unknown_products_have_no_card() -> None:
    hidden = factories.product(is_public=False)
    _parent, children = factories.sized()
    assert cards([hidden.pk, children[0].pk, 999_999], day=DAY) == []


@pytest.mark.parametrize("number", [1, 12])
def test_cards_take_two_queries_however_many(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = [factories.sized()[0].pk if n % 2 else factories.product().pk for n in range(number)]
    for key in keys:
        factories.rating(Product.objects.get(pk=key))
    with django_assert_num_queries(2):
        assert len(cards(keys, day=DAY)) == number


def test_no_ids_ask_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert cards([], day=DAY) == []


def test_sizes_of_different_price_show_the_lowest_with_from() -> None:
    parent, _ = factories.sized(("100 g", 90_000, 0), ("500 g", 400_000, 5))
    card = card_of(parent)
    assert (card.price, card.price_from, card.in_stock) == (90_000, True, True)


def test_a_hidden_size_neither_lowers_the_price_nor_gives_stock() -> None:
    parent, (small, _large) = factories.sized(("100 g", 90_000, 9), ("500 g", 400_000, 0))
    Product.objects.filter(pk=small.pk).update(is_public=False)
    card = card_of(parent)
    assert (card.price, card.price_from, card.in_stock) == (400_000, False, False)


def test_what_is_promised_to_orders_is_not_in_stock() -> None:
    product = factories.product(stock=2)
    product.stockrecords.update(num_allocated=2)
    assert card_of(product).in_stock is False


def test_a_product_without_price_has_a_card_without_price() -> None:
    card = card_of(factories.product(price=None, sale="registered"))
    assert (card.price, card.price_from, card.in_stock, card.sale) == (None, False, False, "registered")


def test_the_star_follows_the_day() -> None:
    product = factories.product()
    rating = factories.rating(product, stars=4, issued_on=date(2024, 1, 15))
    seen = [
        (card_of(product, day).star, card_of(product, day).star_state)
        for day in (DAY, rating.ends_on, rating.ends_on + timedelta(days=1))
    ]
    assert seen == [(4, "valid"), (4, "ending"), (None, "ended")]


def test_a_revoked_star_is_shown_as_ended() -> None:
    product = factories.product()
    factories.rating(product, revoked_on=date(2026, 3, 1), revoked_reason="Sai quy cách")
    assert card_of(product).star_state == "ended"


def test_a_candidate_for_five_stars_keeps_its_four() -> None:
    product = factories.product()
    factories.rating(product, stars=4, five_star_candidate=True)
    card = card_of(product)
    assert (card.star, card.candidate) == (4, True)


def test_the_picture_is_the_first_whose_sizes_exist() -> None:
    product = factories.product()
    for order, shown in enumerate(("", "anh/hai.webp", "anh/ba.webp")):
        ProductImage.objects.create(
            product=product, original=f"anh/{order}.webp", display_order=order, shown=shown
        )
    picture: Any = card_of(product).picture
    assert picture.url_400 == "/media/sizes/anh/hai.webp.400.webp"
    assert card_of(factories.product()).picture is None


def test_alcohol_is_marked_and_held_back_from_others() -> None:
    wine = factories.product(sets=(factories.category("Rượu trắng", flags=(CategoryFlag.ALCOHOL,)),))
    tea = factories.product(sets=(factories.category("Chè"),))
    assert [card.adult for card in cards([wine.pk, tea.pk], day=DAY)] == [True, False]
    assert set(for_visitor(Product.objects.listed(), adult=False)) == {tea}
    assert set(for_visitor(Product.objects.listed(), adult=True)) == {tea, wine}
