from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from marketplace.look import figures


def test_a_price_is_whole_and_does_not_break_before_its_sign() -> None:
    with translation.override("vi"):
        assert figures.dong(Decimal("185000.00")) == "185.000\N{NO-BREAK SPACE}₫"


def test_an_english_reader_sees_english_groups() -> None:
    with translation.override("en"):
        assert figures.dong(1250000) == "1,250,000\N{NO-BREAK SPACE}₫"


def test_a_fraction_is_rounded_to_the_nearest_dong() -> None:
    with translation.override("vi"):
        assert figures.dong(Decimal("999.5")).startswith("1.000")


@pytest.mark.parametrize(("language", "text"), [("vi", "14/03/2028"), ("en", "14 Mar 2028")])
def test_a_day_is_written_as_its_reader_writes_it(language: str, text: str) -> None:
    with translation.override(language):
        assert figures.day(date(2028, 3, 14)) == text


def test_a_moment_is_shown_as_the_day_in_vietnam() -> None:
    with translation.override("vi"):
        assert figures.day(datetime(2026, 11, 21, 20, tzinfo=UTC)) == "22/11/2026"
