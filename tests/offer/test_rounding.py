from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oscar.core.loading import get_class, get_model

from marketplace.basket.models import Basket
from marketplace.offer.rounding import whole_dong
from marketplace.partner.strategy import Default
from tests import factories

Range, Benefit, Condition, Offer = (
    get_model("offer", name) for name in ("Range", "Benefit", "Condition", "ConditionalOffer")
)
# hypothesis shares one transaction between examples; nothing here depends on what earlier ones left.
pytestmark = pytest.mark.django_db


def percentage_offer(percent: Decimal, most: Decimal | None = None, name: str = "Giảm giá") -> None:
    everything = Range.objects.get_or_create(name="Tất cả", defaults={"includes_all_products": True})[0]
    condition = Condition.objects.create(range=everything, type=Condition.COUNT, value=1)
    benefit = Benefit.objects.create(range=everything, type=Benefit.PERCENTAGE, value=percent)
    Offer.objects.create(name=name, condition=condition, benefit=benefit, max_discount=most, exclusive=False)


def basket_of(*lines: tuple[int, int]) -> Basket:
    """Lines given as (price in đồng, pieces), offers applied."""
    basket = Basket.objects.create()
    basket.strategy = Default()
    for price, pieces in lines:
        basket.add_product(factories.product(price=price, stock=1000), pieces)
    get_class("offer.applicator", "Applicator")().apply(basket)
    return basket


def recorded(basket: Basket) -> Decimal:
    return sum((application["discount"] for application in basket.offer_applications), Decimal(0))


def test_seven_percent_leaves_no_fraction_and_the_record_is_the_sum_of_the_lines() -> None:
    percentage_offer(Decimal(7))
    basket = basket_of((33_333, 3), (12_345, 1))
    assert [line.discount_value for line in basket.all_lines()] == [7000, 864]
    assert recorded(basket) == 7864
    assert basket.total_incl_tax == 33_333 * 3 + 12_345 - 7864


def test_two_offers_together_never_take_more_than_a_line_costs() -> None:
    percentage_offer(Decimal(50))
    percentage_offer(Decimal(50), name="Thêm một nửa")
    basket = basket_of((12_345, 1))
    assert basket.total_incl_tax >= 0
    assert recorded(basket) == sum(line.discount_value for line in basket.all_lines()) <= 12_345


@settings(max_examples=25, deadline=None)
@given(
    percent=st.decimals(min_value=Decimal("0.5"), max_value=100, places=1),
    lines=st.lists(st.tuples(st.integers(1, 999_999), st.integers(1, 40)), min_size=1, max_size=4),
)
def test_any_percentage_leaves_whole_dong(percent: Decimal, lines: list[tuple[int, int]]) -> None:
    Offer.objects.all().delete()
    percentage_offer(percent)
    basket = basket_of(*lines)
    prices = [line.line_price_incl_tax_incl_discounts for line in basket.all_lines()]
    assert all(price == whole_dong(price) >= 0 for price in prices)
    assert sum(prices) + recorded(basket) == sum(price * pieces for price, pieces in lines)
    for line, price in zip(basket.all_lines(), prices, strict=True):
        parts = line.get_price_breakdown()
        assert sum(each * pieces for each, _same, pieces in parts) == price
        assert sum(pieces for _each, _same, pieces in parts) == line.quantity
