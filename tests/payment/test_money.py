"""Đồng as Stripe counts them, for any amount."""

from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payment.money import CURRENCY, MOST, NotByCard, from_stripe, to_stripe

LEAST = settings.CARD_LEAST


@given(st.integers(LEAST, MOST))
def test_there_and_back_nothing_is_lost(amount: int) -> None:
    counted = to_stripe(Decimal(amount))
    assert isinstance(counted, int)
    assert counted == amount, "đồng has no smaller unit, and nothing is multiplied by a hundred"
    assert from_stripe(counted, CURRENCY) == Decimal(amount)


@given(st.integers(LEAST, MOST), st.sampled_from(["0", "0.0", "0.00"]))
def test_zeros_behind_the_point_are_no_fraction(amount: int, zeros: str) -> None:
    assert to_stripe(Decimal(amount) + Decimal(zeros)) == amount


@given(st.one_of(st.integers(-(10**12), LEAST - 1), st.integers(MOST + 1, 10**12)))
def test_what_is_too_little_or_too_much_is_refused_with_both_limits(amount: int) -> None:
    with pytest.raises(NotByCard) as caught:
        to_stripe(Decimal(amount))
    assert "99.999.999" in str(caught.value)


@given(st.integers(LEAST, MOST), st.integers(1, 99))
def test_a_fraction_is_never_rounded_away(amount: int, hundredths: int) -> None:
    with pytest.raises(ValueError, match="no whole number"):
        to_stripe(Decimal(amount) + Decimal(hundredths) / 100)


@given(st.integers(0, MOST), st.text(min_size=1, max_size=4).filter(lambda text: text != CURRENCY))
def test_another_currency_is_never_taken_for_dong(amount: int, currency: str) -> None:
    with pytest.raises(ValueError, match="Stripe speaks of"):
        from_stripe(amount, currency)


@given(st.lists(st.integers(LEAST, 10**6), min_size=1, max_size=20))
def test_parts_make_the_whole(parts: list[int]) -> None:
    assert sum(to_stripe(Decimal(part)) for part in parts) == to_stripe(Decimal(sum(parts)))
