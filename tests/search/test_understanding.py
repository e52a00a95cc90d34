from decimal import Decimal
from typing import Any

import pytest

from search.query import ProductQuery
from search.result import ChipKind, Step
from search.text.lexicon import shipped
from search.understanding import Reading, understand
from tests.search.names import DAY, gazetteer


def _first(text: str, **filters: Any) -> Reading:
    return understand(
        query=ProductQuery(text=text, day=DAY, **filters), gazetteer=gazetteer(), lexicon=shipped()
    ).readings[0]


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
        query=ProductQuery(text="nước mắm Phú Quốc", day=DAY), gazetteer=gazetteer(), lexicon=shipped()
    ).readings
    assert not readings[0].chips
    assert readings[1].query.former_provinces == {"91"}
    assert readings[1].step is Step.WORDS_AS_PLACE


def test_marks_that_are_typed_must_be_the_places() -> None:
    assert not _first("hạ nam").chips


@pytest.mark.parametrize(
    ("text", "code"), [("đặc sản Đăk Nôg", None), ("đặc sản Hà Gìang", "02"), ("cá kho Vũ Đai", "35")]
)
def test_a_place_in_wrong_marks_is_a_later_reading(text: str, code: str | None) -> None:
    readings = understand(
        query=ProductQuery(text=text, day=DAY), gazetteer=gazetteer(), lexicon=shipped()
    ).readings
    assert not readings[0].chips
    later = [(reading.query.former_provinces, reading.step) for reading in readings[1:]]
    assert later == ([(frozenset({code}), Step.MARKS_IGNORED)] if code else [])


@pytest.mark.parametrize(("text", "code"), [("chả mực Hạ Long", "22"), ("cá kho làng Vũ Đại", "35")])
def test_a_towns_name_leads_to_its_former_province(text: str, code: str) -> None:
    readings = understand(
        query=ProductQuery(text=text, day=DAY), gazetteer=gazetteer(), lexicon=shipped()
    ).readings
    assert {code} in [reading.query.former_provinces for reading in readings]


def test_a_marker_makes_sure_of_a_place() -> None:
    assert _first("cá kho làng vũ đại").query.former_provinces == {"35"}
    assert not _first("cá kho vũ đại").chips


def test_goods_of_other_places_are_looked_for_without_the_places_words() -> None:
    readings = understand(
        query=ProductQuery(text="mật ong Hà Giang", day=DAY), gazetteer=gazetteer(), lexicon=shipped()
    ).readings
    assert [group.words for group in readings[-1].groups] == ["mật ong"]
    assert readings[-1].step is Step.OTHER_PLACES


@pytest.mark.parametrize(("text", "anything"), [("hàng OCOP", True), ("hàng OCOP tươi", False), ("", False)])
def test_stop_words_alone_may_ask_for_anything(text: str, anything: bool) -> None:
    understanding = understand(
        query=ProductQuery(text=text, day=DAY), gazetteer=gazetteer(), lexicon=shipped()
    )
    assert (understanding.anything is not None) == anything


@pytest.mark.parametrize("text", ["rượu cần", "hà nội rượu cần"])
def test_a_stop_word_in_a_known_phrase_is_a_word_of_it(text: str) -> None:
    assert "rượu cần" in [group.words for group in _first(text).groups if group.required]


def test_a_long_name_of_a_place_may_stand_in_front() -> None:
    assert _first("daklak coffee").query.provinces == {"66"}


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


@pytest.mark.parametrize(
    "text", ["mật ong 500ml", "nước mắm 40 độ", "gạo st25", "nem 99 vị tỏi", "đế 31%", "ruou de go den 41"]
)
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
