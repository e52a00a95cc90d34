from datetime import date

import pytest

from search.query import ProductQuery, TermGroup
from search.ranking import Candidate, rank
from search.text.lexicon import shipped
from search.understanding import understand
from tests.search.names import DAY, gazetteer


def _groups(text: str) -> tuple[TermGroup, ...]:
    return (
        understand(query=ProductQuery(text=text, day=DAY), gazetteer=gazetteer(), lexicon=shipped())
        .readings[0]
        .groups
    )


def _names(text: str, *products: str | Candidate) -> list[str]:
    groups = _groups(text)
    entries = [product if isinstance(product, Candidate) else Candidate(9, product) for product in products]
    return [entry.candidate.name for entry in rank(candidates=entries, groups=groups)]


def test_the_name_beats_the_producer_and_the_producer_the_description() -> None:
    by_name, by_producer = Candidate(3, "Kẹo gừng"), Candidate(2, "Kẹo", producer="HTX Gừng")
    by_text = Candidate(1, "Mứt", description="vị gừng")
    assert _names("gừng", by_text, by_producer, by_name) == ["Kẹo gừng", "Kẹo", "Mứt"]


def test_with_marks_typed_the_exact_form_decides() -> None:
    assert _names("dưa", "Dừa", "Dưa hấu miền quê")[0] == "Dưa hấu miền quê"


def test_without_marks_only_the_folded_form_counts() -> None:
    assert _names("dua", "Dưa hấu miền quê", "Dừa")[0] == "Dừa"


def test_the_head_noun_comes_first() -> None:
    assert _names("lụa", "Chả lụa", "Lụa tơ sen đẹp")[0] == "Lụa tơ sen đẹp"


def test_a_classifier_does_not_hide_the_head_noun() -> None:
    assert _names("bưởi", "Trà bưởi", "Quả bưởi")[0] == "Quả bưởi"


def test_a_sweet_soup_is_not_tea() -> None:
    assert _names("trà", "Chè lam", "Chè đinh hương")[0] == "Chè đinh hương"


def test_words_in_a_row_beat_words_apart() -> None:
    assert _names("tinh dầu quế", "Tinh bột quế dầu", "Tinh dầu quế xanh")[0] == "Tinh dầu quế xanh"


def test_a_producers_whole_name_beats_its_words_scattered() -> None:
    scattered = Candidate(1, "Ổi Sơn Tây", places="Khánh Hòa")
    whole = Candidate(2, "Thịt chua", producer="HTX Sơn Hòa")
    assert _names("htx sơn hòa", scattered, whole)[0] == "Thịt chua"


def test_certificate_and_stock_break_ties_only() -> None:
    poor, rich = Candidate(1, "Mật ong", in_stock=False), Candidate(2, "Mật ong", star=5)
    other = Candidate(3, "Sáp ong mật", star=5)
    assert _names("mật ong", other, poor, rich)[:2] == ["Mật ong", "Mật ong"]
    ranked = rank(candidates=[other, poor, rich], groups=_groups("mật ong"))
    assert [entry.candidate.id for entry in ranked] == [2, 1, 3]


def test_equal_products_stand_in_one_order_whatever_came_first() -> None:
    older, newer = (
        Candidate(1, "Gạo", rated_on=date(2024, 1, 1)),
        Candidate(2, "Gạo", rated_on=date(2026, 1, 1)),
    )
    twin = Candidate(3, "Gạo", rated_on=date(2026, 1, 1))
    groups = _groups("gạo")
    assert [entry.candidate.id for entry in rank(candidates=[twin, older, newer], groups=groups)] == [2, 3, 1]
    assert [entry.candidate.id for entry in rank(candidates=[newer, twin, older], groups=groups)] == [2, 3, 1]


def test_without_words_the_engines_order_stands() -> None:
    listed = [Candidate(3, "Gạo"), Candidate(1, "Trà", star=5), Candidate(2, "Mật ong")]
    assert [entry.candidate.id for entry in rank(candidates=listed, groups=())] == [3, 1, 2]


@pytest.mark.parametrize("text", ["", "trà"])
def test_one_producer_has_three_of_the_first_twelve(text: str) -> None:
    many = [Candidate(number, "Trà", producer_id=1) for number in range(20)]
    others = [Candidate(100 + number, "Trà xanh lá to", producer_id=100 + number) for number in range(20)]
    ranked = rank(candidates=[*many, *others], groups=_groups(text))
    first = [entry.candidate.producer_id for entry in ranked[:12]]
    assert first.count(1) == 3
    assert len(ranked) == 40
    assert len({entry.candidate.id for entry in ranked}) == 40


def test_what_was_found_first_stays_in_front() -> None:
    groups = _groups("mật ong")
    candidates = [Candidate(1, "Mật ong"), Candidate(2, "Sáp ong mật")]
    assert [entry.candidate.id for entry in rank(candidates=candidates, groups=groups)] == [1, 2]
    front = rank(candidates=candidates, groups=groups, front=frozenset({2}))
    assert [entry.candidate.id for entry in front] == [2, 1]


def test_a_part_of_the_words_in_one_field_beats_the_same_part_in_several() -> None:
    scattered = Candidate(1, "Mật ong hoa bưởi", producer="HTX Phúc Lộc", star=5)
    assert _names("bưởi phúc trạch", scattered, "Bưởi") == ["Bưởi", "Mật ong hoa bưởi"]


def test_the_words_of_a_phrase_may_stand_apart_in_a_name_only() -> None:
    apart = Candidate(1, "Trà", description="tỏi này do cô làm, đơn giản")
    (in_text,) = rank(candidates=[apart], groups=_groups("tỏi cô đơn"))
    (in_name,) = rank(candidates=[Candidate(1, "Mực ống khô")], groups=_groups("mực khô"))
    assert (in_text.found, in_name.found > 0) == (0, True)


def test_no_producer_is_held_back_behind_what_lacks_words() -> None:
    whole = [Candidate(number, "Trà xanh", producer_id=1) for number in range(5)]
    others = [Candidate(100 + number, "Trà lài", producer_id=100 + number) for number in range(20)]
    ranked = rank(candidates=[*others, *whole], groups=_groups("trà xanh"), front=frozenset(range(5)))
    assert [entry.candidate.producer_id for entry in ranked[:5]] == [1] * 5


def test_one_producer_alone_fills_the_page() -> None:
    assert (
        len(rank(candidates=[Candidate(number, "Trà", producer_id=1) for number in range(20)], groups=()))
        == 20
    )
