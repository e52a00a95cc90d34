import csv
import tomllib
from pathlib import Path

import pytest

from search.groups import Role, build_groups
from search.text.lexicon import FOLDER, shipped
from search.text.tokens import fold, tokenise

ROOT = Path(__file__).resolve().parents[3]


def _others(text: str) -> set[str]:
    tokens = tokenise(text)
    groups = build_groups(tokens, [Role.TEXT] * len(tokens), shipped())
    return {
        " ".join(term.exact for term in alternative.terms)
        for group in groups
        for alternative in group.alternatives[1:]
    }


@pytest.mark.parametrize(
    ("query", "synonym"),
    [
        ("chè", "trà"), ("thịt heo", "lợn"), ("rượu bắp", "ngô"), ("muối mè", "vừng"), ("chà bông", "ruốc"),
        ("macca", "mắc ca"), ("yaourt", "sữa chua"), ("pottery", "gốm"), ("ca phe", "coffee"), ("cacao", "ca cao"),
    ],
)  # fmt: skip
def test_a_word_brings_its_synonyms(query: str, synonym: str) -> None:
    assert synonym in _others(query)


@pytest.mark.parametrize("query", ["chè lam", "bắp bò", "cá mè", "mắm ruốc", "gạo thơm", "an lạc"])
def test_a_word_that_means_something_else_here_brings_none(query: str) -> None:
    assert not _others(query)


def test_cabbage_is_no_maize() -> None:
    assert _others("cải bắp") == {"bắp cải"}


def test_marks_that_are_typed_must_be_the_words_own() -> None:
    assert "vừng" not in _others("mẻ")


def test_a_risky_word_without_marks_is_left_alone() -> None:
    assert not _others("to")


@pytest.mark.parametrize(
    ("text", "dropped"), [("đặc sản", 2), ("dac san", 2), ("giá", 1), ("gia", 0), ("tai", 0)]
)
def test_stop_words_need_their_marks_unless_they_are_clear_without(text: str, dropped: int) -> None:
    assert shipped().stop_words.length_at(tokenise(text), 0) == dropped


@pytest.mark.parametrize("name", ["synonyms", "english"])
def test_every_synonym_says_where_it_comes_from(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["synonym"]
    assert all("source" in entry for entry in entries) or "Source: the shop" in text


def test_no_product_or_producer_is_in_the_lexicon() -> None:
    with (ROOT / "marketplace/demo/data/products.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = " | ".join(fold(row["name"]) for row in rows)
    of_one = {name for row in rows if names.count(name := fold(row["name"])) == 1 and name.count(" ") >= 3}
    brands = of_one | {fold(row["producer"]) for row in rows if row["producer"].count(" ") >= 2}
    words = {" ".join(key) for key in shipped().senses} | {
        " ".join(key) for key in shipped().stop_words.exact
    }
    assert not words & brands
