"""Every product of the list is found by its name: without marks, decomposed, and misspelt."""

import random
import string
import unicodedata
from collections.abc import Callable

import pytest

from search.text.tokens import fold
from tests.search.exhaustive import rows
from tests.search.test_judged_queries import answer

TOP = 3
SOME = 20
"""Every twentieth name in the quick run, others for every seed."""


def _share_found(spell: Callable[[str], str], names: list[str]) -> float:
    return sum(_is_found(name, spell(name)) for name in names) / len(names)


def _is_found(name: str, text: str) -> bool:
    return name in [entry.candidate.name for entry in answer(text, adult=True).ranked[:TOP]]


def _names(seed: int = 0) -> list[str]:
    return [row["name"] for row in rows()][seed % SOME :: SOME]


def _without_marks(name: str) -> str:
    spread = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _decomposed(name: str) -> str:
    return unicodedata.normalize("NFD", name)


def _misspell(name: str, kind: str, dice: random.Random) -> str:
    places = [at for at, letter in enumerate(name) if letter.isalpha()]
    at, other = dice.choice(places), dice.choice(string.ascii_lowercase)
    if kind == "replace":
        return name[:at] + other + name[at + 1 :]
    if kind == "insert":
        return name[:at] + other + name[at:]
    if kind == "delete":
        return name[:at] + name[at + 1 :]
    at = dice.choice([place for place in places if name[place + 1 : place + 2].isalpha()])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


@pytest.mark.parametrize(
    ("spell", "least"), [(str, 1.0), (_decomposed, 1.0), (_without_marks, 0.98), (fold, 0.98)]
)
def test_a_name_finds_its_product(spell: Callable[[str], str], least: float) -> None:
    assert _share_found(spell, _names()) >= least


@pytest.mark.parametrize("kind", ["replace", "insert", "delete", "swap"])
def test_a_name_with_one_wrong_letter_finds_its_product(kind: str) -> None:
    dice = random.Random(7)
    assert _share_found(lambda name: _misspell(_without_marks(name), kind, dice), _names(3)) >= 0.95
    assert _share_found(lambda name: _misspell(name, kind, dice), _names(6)) >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize(("spell", "least"), [(_decomposed, 1.0), (_without_marks, 0.98)])
def test_all_names_find_their_products(spell: Callable[[str], str], least: float) -> None:
    assert _share_found(spell, [row["name"] for row in rows()]) >= least


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_all_names_with_one_wrong_letter_find_their_products(seed: int) -> None:
    dice = random.Random(seed)
    assert (
        _share_found(
            lambda name: _misspell(_without_marks(name), "replace", dice), [r["name"] for r in rows()]
        )
        >= 0.95
    )
