import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.letters import clean, exact_form
from search.text.tokens import MAX_TOKENS, fold, tokenise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("mỳ", "mì"),
        ("quý", "quí"),
        ("kỹ", "kĩ"),
        ("Hoạ", "họa"),
    ],
)
def test_two_habits_of_spelling_are_one_form(one: str, other: str) -> None:
    assert exact_form(clean(one)) == exact_form(clean(other))


@pytest.mark.parametrize(
    ("one", "other"), [("hoàn", "hòan"), ("tay", "tai"), ("dừa", "dứa"), ("thủy", "thủi")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)


def test_decomposed_text_reads_like_composed_text() -> None:
    text = "Miến dong Tài Hoan, Đặng Thúy Quỳnh, trượt, Ấn Độ"
    assert tokenise(unicodedata.normalize("NFD", text)) == tokenise(text)


def test_marks_and_the_barred_d_are_folded_away() -> None:
    assert fold("Đường thốt nốt Mỹ Đức") == "duong thot not mi duc"


def test_a_number_equals_itself_with_and_without_a_space_before_its_unit() -> None:
    assert tokenise("500ml, 40° và ST25") == tokenise("500 ml 40 độ và ST 25")


def test_dashes_apostrophes_and_signs_are_unified() -> None:
    assert fold("H’Mông® – Tà–Xùa™") == fold("h'mông tà-xùa")


@pytest.mark.parametrize(
    "text", ["", "   ", "😀🎋", "\x00\x1b[31m", "\ud800", "' OR 1=1 --", "<script>", "a" * 2000]
)
def test_hostile_text_gives_tokens_or_none(text: str) -> None:
    assert all(token.folded for token in tokenise(text))


def test_long_text_is_cut() -> None:
    assert len(tokenise("mật ong " * 2000)) == MAX_TOKENS


@given(st.text(max_size=80))
def test_any_text_folds_to_itself_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)
