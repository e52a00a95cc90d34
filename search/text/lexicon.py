"""The lexicon: synonyms, stop words and place words.

Those that come with the shop stand in search/lexicon/*.toml: general words, spellings and places only; the files say
where each entry comes from. Synonyms and stop words are edited by staff and read from the database (search/reference.py).
"""

import tomllib
from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Alike:
    """Words that stand for each other; with `targets` the words are only looked for as those, too.

    `weight` is what another word counts against the one typed. The words do not mean this before one of `not_before`
    or behind one of `not_after`; with `unmarked` they are understood when typed without tone marks.
    """

    words: tuple[str, ...]
    targets: tuple[str, ...] = ()
    weight: float = 0.85
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unmarked: bool = True


@dataclass(frozen=True, slots=True)
class StopWords:
    """Words that tell nothing apart; `unmarked` ones are met without tone marks too."""

    words: tuple[str, ...]
    unmarked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What searches know of words: every sense by the folded key of its trigger, and the stop words."""

    senses: Mapping[Key, tuple[Sense, ...]]
    stop_words: Phrases

    @classmethod
    def build(cls, *, synonyms: Iterable[Alike], stop_words: StopWords) -> "Lexicon":
        found: dict[Key, tuple[Sense, ...]] = {}
        for alike in synonyms:
            for sense in _senses_of(alike):
                key = key_of(sense.trigger)
                found[key] = (*found.get(key, ()), sense)
        return cls(found, _phrases(stop_words.words, stop_words.unmarked))


def key_of(phrase: Phrase) -> Key:
    return tuple(token.folded for token in phrase)


def exact_key_of(phrase: Phrase) -> Key:
    return tuple(token.exact for token in phrase)


def _load(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _phrases(words: Iterable[str], unmarked: Iterable[str] = ()) -> Phrases:
    exact = frozenset(exact_key_of(tokenise(word)) for word in words)
    return Phrases(exact, frozenset(folded_key(word) for word in unmarked))


def shipped_stop_words() -> StopWords:
    """Shop and legal-form stop words that come with the shop."""
    found = _load("stopwords")
    sections = (found["shop"], found["legal_forms"])
    return StopWords(
        tuple(dict.fromkeys(word for section in sections for word in section["words"])),
        tuple(dict.fromkeys(word for section in sections for word in section["unmarked"])),
    )


def shipped_synonyms() -> list[tuple[Alike, str]]:
    """Synonyms that come with the shop, each with its source."""
    entries = [*_load("synonyms")["synonym"], *_load("english")["synonym"]]
    return [(_alike(entry), entry.get("source", "")) for entry in entries]


def _alike(entry: dict[str, Any]) -> Alike:
    return Alike(
        words=tuple(entry.get("words", entry.get("from", []))),
        targets=tuple(entry.get("to", [])),
        weight=float(entry.get("weight", 0.85)),
        not_before=tuple(entry.get("not_before", [])),
        not_after=tuple(entry.get("not_after", [])),
        unmarked=bool(entry.get("unmarked", True)),
    )


@cache
def shipped() -> Lexicon:
    """The lexicon as it comes with the shop."""
    return Lexicon.build(
        synonyms=[alike for alike, _source in shipped_synonyms()], stop_words=shipped_stop_words()
    )


@cache
def classifiers() -> frozenset[str]:
    """Exact syllables that may stand before the head noun without changing it."""
    return frozenset(
        token.exact for word in _load("stopwords")["classifiers"]["words"] for token in tokenise(word)
    )


def _of(section: str) -> dict[str, list[str]]:
    found = _load("places")[section]
    return {"words": found["words"], "unmarked": found.get("unmarked", [])}


@cache
def place_markers() -> Phrases:
    return _phrases(**_of("markers"))


@cache
def delivery_words() -> Phrases:
    return _phrases(**_of("delivery"))


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


def _senses_of(alike: Alike) -> list[Sense]:
    targets = [tokenise(word) for word in alike.targets or alike.words]
    return [_sense(alike, tokenise(word), targets) for word in alike.words]


def _sense(alike: Alike, source: Phrase, targets: list[Phrase]) -> Sense:
    return Sense(
        trigger=source,
        others=tuple(dict.fromkeys(target for target in targets if target != source)),
        weight=alike.weight,
        not_before=frozenset(folded_key(word) for word in alike.not_before),
        not_after=frozenset(folded_key(word) for word in alike.not_after),
        unmarked=alike.unmarked,
    )
