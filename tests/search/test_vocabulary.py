import itertools
import time

import pytest

from search.text.tokens import tokenise
from search.vocabulary import Vocabulary, one_edit

WORDS = Vocabulary(
    {"dong": 9, "quoc": 5, "sa": 3, "pa": 3, "sau": 4, "mien": 7, "ca": 9, "phe": 8}, ["phê", "sầu"], 100
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("dog", "dong"), ("qouc", "quoc"), ("miien", "mien"), ("xau", "sau"), ("miem", "mien")],
)
def test_a_misspelt_word_finds_its_neighbour(typed: str, meant: str) -> None:
    assert meant in dict(WORDS.neighbours(typed))


def test_the_first_letter_is_trusted_more_than_the_others() -> None:
    vocabulary = Vocabulary({"tam": 1, "cay": 9, "toi": 1, "boi": 9}, [], 10)
    assert vocabulary.neighbours("tol")[0][0] == "toi"


def test_words_run_together_are_split() -> None:
    assert WORDS.split("sapa") == ("sa", "pa")
    assert WORDS.split("caphe") == ("ca", "phe")
    assert WORDS.split("caphesapa") == ("ca", "phe", "sa", "pa")
    assert WORDS.split("dong") == ()
    assert WORDS.split("xyz") == ()


def test_the_fewest_and_commonest_words_are_meant() -> None:
    vocabulary = Vocabulary({"mat": 9, "ong": 9, "ma": 1, "ton": 1, "g": 9, "to": 9, "ng": 1}, [], 10)
    assert vocabulary.split("matong") == ("mat", "ong")


def test_a_text_is_spread_where_words_are_unknown() -> None:
    assert WORDS.spread(tokenise("Caphe miền")) == "ca phe miền"
    assert WORDS.spread(tokenise("miền")) == ""


def test_numbers_are_never_corrected() -> None:
    assert not WORDS.neighbours("500")


@pytest.mark.parametrize(("one", "other"), [("abc", "abd"), ("abc", "acb"), ("abc", "ab"), ("abc", "xabc")])
def test_one_edit_is_one_letter_or_one_swap(one: str, other: str) -> None:
    assert one_edit(one, other)
    assert not one_edit(one, one)


def test_ten_thousand_syllables_correct_within_milliseconds() -> None:
    letters = ["".join(word) for word in itertools.product("bcdghklmnt", "aeiou", "aeiouy", ["", *"cmnptgh"])]
    vocabulary = Vocabulary({f"{word}{end}": 1 for word in letters for end in "abcde"}, [], 20_000)
    start = time.process_time()
    for word in ("bxnan", "khoaic", "tranhe", "mneia") * 10:
        vocabulary.neighbours(word)
    assert (time.process_time() - start) / 40 < 0.003
