from decimal import Decimal
from typing import Any

import pytest

from search.query import ProductQuery
from search.result import ChipKind, Step
from search.understanding import Reading, understand
from tests.search.exhaustive import DAY, gazetteer


def _first(text: str, **filters: Any) -> Reading:
    return understand(query=ProductQuery(text=text, day=DAY, **filters), gazetteer=gazetteer()).readings[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Hoà Bình", "17"), ("đặc sản Bắc Kạn", "06"), ("bắc cạn", "06"), ("ben tre", "83"), ("hagiang", "02")],
)
def test_a_former_province_filters_by_its_own_area(text: str, code: str) -> None:
    assert _first(text).query.former_provinces == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [("Khánh Hoà", "56"), ("quà sài gòn", "79"), ("TP.HCM", "79"), ("dak lak", "66"), ("huế", "46")],
)
def test_a_province_of_today_filters_with_all_its_members(text: str, code: str) -> None:
    reading = _first(text)
    assert reading.query.provinces == {code}
    assert not reading.has_words


@pytest.mark.parametrize(("text", "codes"), [("miền tây", {"dbscl"}), ("miền bắc", {"tdmnpb", "dbsh"})])
def test_a_region_word_filters_by_region(text: str, codes: set[str]) -> None:
    assert _first(f"đặc sản {text}").query.regions == codes


def test_the_highlands_are_their_five_former_provinces() -> None:
    assert _first("tây nguyên").query.former_provinces == {"62", "64", "66", "67", "68"}


def test_a_specialty_place_beside_other_words_is_text_first() -> None:
    readings = understand(
        query=ProductQuery(text="nước mắm Phú Quốc", day=DAY), gazetteer=gazetteer()
    ).readings
    assert not readings[0].chips
    assert readings[1].query.former_provinces == {"91"}
    assert readings[1].step is Step.WORDS_AS_PLACE


def test_marks_that_are_typed_must_be_the_places() -> None:
    assert not _first("hạ nam").chips


def test_a_place_to_deliver_to_is_no_origin() -> None:
    assert not _first("hàng tươi giao hà nội").chips


def test_noodles_are_not_the_east() -> None:
    assert not _first("mien dong").chips


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dưới 500k", None, 500_000), ("từ 200 nghìn đến nửa triệu", 200_000, 500_000), ("200-500k", 200_000, 500_000),
        ("trên 1tr5", 1_500_000, None), ("khoảng 300k", 240_000, 360_000), ("500.000đ", None, 500_000),
        ("hai trăm năm mươi nghìn", None, 250_000), ("200k trở xuống", None, 200_000), ("giá dưới 500", None, 500_000),
        ("100.000 - 200.000", 100_000, 200_000), ("1 triệu rưỡi trở lên", 1_500_000, None),
    ],
)  # fmt: skip
def test_prices_become_bounds(text: str, low: int | None, high: int | None) -> None:
    query = _first(f"mật ong {text}").query
    bounds = [None if value is None else Decimal(value) for value in (low, high)]
    assert [query.price_from, query.price_to] == bounds


@pytest.mark.parametrize("text", ["mật ong 500ml", "nước mắm 40 độ", "gạo st25", "nem 99 vị tỏi", "đế 31%"])
def test_sizes_and_names_are_no_prices(text: str) -> None:
    reading = _first(text)
    assert reading.query.price_to is None
    assert reading.has_words


@pytest.mark.parametrize(
    ("text", "stars"),
    [("5 sao", {5}), ("từ 4 sao", {4, 5}), ("3-4 sao", {3, 4}), ("bốn sao trở lên", {4, 5}), ("5★", {5})],
)
def test_stars_are_recognised(text: str, stars: set[int]) -> None:
    assert _first(f"trà {text}").query.stars == stars


@pytest.mark.parametrize(
    ("text", "code"), [("đồ ăn nhanh", "set:5"), ("my pham", "class:10"), ("đồ uống", "group:2")]
)
def test_the_whole_name_of_a_set_filters(text: str, code: str) -> None:
    assert _first(text).query.categories == {code}


def test_a_set_name_beside_other_words_is_text() -> None:
    assert not _first("thủ công mỹ nghệ Thạch Su").query.categories


def test_a_chip_that_is_switched_off_is_text_again() -> None:
    chip = _first("mật ong bến tre").chips[0]
    assert chip.kind is ChipKind.FORMER_PROVINCE
    reading = _first("mật ong bến tre", switched_off=frozenset({chip.key}))
    assert not reading.chips
    assert sum(group.required for group in reading.groups) > 1
