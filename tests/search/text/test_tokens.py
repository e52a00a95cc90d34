import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.letters import clean
from search.text.tokens import field, fold, tokenise

MEGABYTE = 1_000_000


def kept_after(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        work()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def test_the_texts_of_a_large_catalogue_are_kept_in_little_memory() -> None:
    description = (
        "Mỗi mẻ là một lần lửa được canh bằng kinh nghiệm của người làng, màu tự nhiên, mùi sạch. " * 3
    )

    def analyse() -> None:
        for number in range(8_000):
            field(f"Khô ếch Minh Nhựt {number}")
            field(f"{number} {description}")

    assert kept_after(analyse) < 30 * MEGABYTE


@pytest.mark.parametrize("text", ["mật ong rừng " * 150, "a" * 1_900])
def test_what_only_visitors_type_is_not_kept(text: str) -> None:
    assert kept_after(lambda: [tokenise(f"{text}{number}") for number in range(2_000)]) < MEGABYTE


def test_every_place_of_a_word_is_known() -> None:
    text = field("Mật ong và sáp ong, ong")
    assert (text.exact_at["ong"], text.folded_at["sap"], text.size) == ((1, 4, 5), (3,), 6)


def test_a_long_text_is_read_like_a_short_one() -> None:
    words = "mật ong rừng tràm Hòa Thành "
    assert fold(words * 8) == " ".join([fold(words)] * 8)
    assert field(words * 8).folded == field(words).folded * 8


@given(st.text())
def test_text_without_hidden_letters_is_cleaned_like_any_other(text: str) -> None:
    assert clean(text) == clean(text + "\u200b")
