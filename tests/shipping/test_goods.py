from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from catalogue.models import Product, Reach
from marketplace.shipping.goods import nearest, reach_of, volume_of
from marketplace.shipping.quotes import Parcel
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_lives_or_spoils_stays_near_unless_somebody_says_otherwise() -> None:
    bonsai = factories.category("Sinh vật cảnh", 25, flags=("live",))
    meat = factories.category("Thịt tươi", 2, flags=("fresh", "cold"))
    fruit = factories.category("Rau quả tươi", 1, flags=("fresh", "seasonal"))
    assert [reach_of(factories.product(sets=(one,))) for one in (bonsai, meat, fruit)] == [
        Reach.PROVINCE,
        Reach.PROVINCE,
        Reach.EVERYWHERE,
    ]
    assert reach_of(factories.product(sets=(meat,), reach=Reach.EVERYWHERE)) == Reach.EVERYWHERE
    assert reach_of(factories.product(reach=Reach.PICKUP)) == Reach.PICKUP


def test_a_set_can_say_how_far_its_products_go() -> None:
    flowers = factories.category("Hoa", 23, flags=("live",), reach=Reach.PICKUP)
    assert reach_of(factories.product(sets=(flowers,))) == Reach.PICKUP


def test_a_size_goes_as_far_as_its_parent() -> None:
    _parent, (size, _other) = factories.sized(reach=Reach.PROVINCE)
    assert reach_of(size) == Reach.PROVINCE


def test_goods_in_one_parcel_go_as_far_as_the_one_that_goes_least_far() -> None:
    assert nearest([Reach.EVERYWHERE, Reach.PROVINCE]) == Reach.PROVINCE
    assert nearest([Reach.PICKUP, Reach.PROVINCE, Reach.EVERYWHERE]) == Reach.PICKUP
    assert nearest([]) == Reach.EVERYWHERE


def test_a_size_that_nobody_measured_is_as_big_as_its_parent() -> None:
    _parent, (size, other) = factories.sized(length_cm=30, width_cm=20, height_cm=10)
    Product.objects.filter(pk=other.pk).update(length_cm=10, width_cm=10, height_cm=10)
    other.refresh_from_db()
    assert (volume_of(size), volume_of(other)) == (6000, 1000)
    assert volume_of(factories.product()) == 0


@pytest.mark.parametrize(
    ("grams", "cm3", "divisor", "charged"),
    [(500, 6000, 6000, 1000), (500, 6001, 6000, 1001), (2000, 6000, 6000, 2000), (500, 6000, 5000, 1200)],
)
def test_a_parcel_is_charged_by_what_is_more_weight_or_volume(
    grams: int, cm3: int, divisor: int, charged: int
) -> None:
    assert Parcel(grams, Decimal(0), cm3).charged_g(divisor) == charged


@pytest.mark.parametrize(
    "change",
    [{"length_cm": 10}, {"length_cm": 0, "width_cm": 1, "height_cm": 1}, {"reach": "moon"}],
)
def test_the_database_refuses_half_a_size_and_an_unknown_reach(change: dict[str, object]) -> None:
    factories.product()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.update(**change)
