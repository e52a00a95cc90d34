"""The lexicon: synonyms, stop words and place words, parsed once from search/lexicon/*.toml.

It holds general words, spellings and places only; the files say where each entry comes from.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from search.text.tokens import Token, folded_key, tokenise

FOLDER = Path(__file__).resolve().parent.parent / "lexicon"
MAX_PHRASE = 6

Phrase = tuple[Token, ...]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to read a phrase: what else it may be called, and where it does not mean that."""

    trigger: Phrase
    others: tuple[Phrase, ...]
    weight: float
    not_before: frozenset[Key]
    not_after: frozenset[Key]
    unmarked: bool


@dataclass(frozen=True, slots=True)
class RegionWords:
    words: tuple[str, ...]
    regions: tuple[str, ...]
    former_provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases; one with marks is met without them only where `unmarked` lists it."""

    exact: frozenset[Key]
    unmarked: frozenset[Key]

    def length_at(self, tokens: Phrase, start: int) -> int:
        """How many tokens from `start` the longest phrase takes; 0 for none."""
        for size in range(min(MAX_PHRASE, len(tokens) - start), 0, -1):
            piece = tokens[start : start + size]
            if tuple(token.exact for token in piece) in self.exact:
                return size
            if not any(token.marked for token in piece) and key_of(piece) in self.unmarked:
                return size
        return 0


def key_of(phrase: Phrase) -> Key:
    return tuple(token.folded for token in phrase)


def exact_key_of(phrase: Phrase) -> Key:
    return tuple(token.exact for token in phrase)


def _load(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _phrases(section: dict[str, Any]) -> Phrases:
    exact = frozenset(exact_key_of(tokenise(word)) for word in section["words"])
    return Phrases(exact, frozenset(folded_key(word) for word in section.get("unmarked", [])))


@cache
def stop_words() -> Phrases:
    """Shop and legal-form stop words."""
    found = _load("stopwords")
    shop, legal = _phrases(found["shop"]), _phrases(found["legal_forms"])
    return Phrases(shop.exact | legal.exact, shop.unmarked | legal.unmarked)


@cache
def classifiers() -> frozenset[str]:
    """Exact syllables that may stand before the head noun without changing it."""
    return frozenset(
        token.exact for word in _load("stopwords")["classifiers"]["words"] for token in tokenise(word)
    )


@cache
def place_markers() -> Phrases:
    return _phrases(_load("places")["markers"])


@cache
def delivery_words() -> Phrases:
    return _phrases(_load("places")["delivery"])


@cache
def place_homographs() -> frozenset[Key]:
    """Folded place names that, without marks, are read as other words."""
    return frozenset(folded_key(word) for word in _load("places")["homographs"]["words"])


@cache
def region_words() -> tuple[RegionWords, ...]:
    return tuple(
        RegionWords(
            tuple(entry["words"]), tuple(entry.get("regions", [])), tuple(entry.get("former_provinces", []))
        )
        for entry in _load("places")["region"]
    )


@cache
def town_words() -> dict[str, str]:
    """Towns, each with the code of its former province."""
    return {word: entry["former_province"] for entry in _load("places")["town"] for word in entry["words"]}


@cache
def senses() -> dict[Key, tuple[Sense, ...]]:
    """Every sense by the folded key of its trigger."""
    found: dict[Key, tuple[Sense, ...]] = {}
    for entry in [*_load("synonyms")["synonym"], *_load("english")["synonym"]]:
        for sense in _senses_of(entry):
            key = key_of(sense.trigger)
            found[key] = (*found.get(key, ()), sense)
    return found


def _senses_of(entry: dict[str, Any]) -> list[Sense]:
    sources = [tokenise(word) for word in entry.get("words", entry.get("from", []))]
    targets = [tokenise(word) for word in entry.get("words", entry.get("to", []))]
    return [_sense(entry, source, targets) for source in sources]


def _sense(entry: dict[str, Any], source: Phrase, targets: list[Phrase]) -> Sense:
    return Sense(
        trigger=source,
        others=tuple(dict.fromkeys(target for target in targets if target != source)),
        weight=float(entry.get("weight", 0.85)),
        not_before=frozenset(folded_key(word) for word in entry.get("not_before", [])),
        not_after=frozenset(folded_key(word) for word in entry.get("not_after", [])),
        unmarked=bool(entry.get("unmarked", True)),
    )
