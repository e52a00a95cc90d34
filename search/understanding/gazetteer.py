"""The gazetteer: which words name which places, sets and producer forms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from search.text.lexicon import Key, Phrase, exact_key_of, key_of, region_words, town_words
from search.text.tokens import tokenise

MIN_SQUASHED = 6


class Strength(IntEnum):
    """How surely the words mean the place, weakest first."""

    SPECIALTY = 1
    NICKNAME = 2
    ALIAS = 3
    NAME = 4
    REGION = 5


class PlaceSource(StrEnum):
    PROVINCE = "province"
    FORMER_PROVINCE = "former-province"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of one place, as the place data holds it."""

    text: str
    strength: Strength
    source: PlaceSource
    code: str


@dataclass(frozen=True, slots=True)
class CategoryName:
    """A name of a group, class or set (or of a producer form) and its code."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class PlaceMeaning:
    """What the words filter: codes of one kind, and how surely."""

    source: PlaceSource
    codes: tuple[str, ...]
    strength: Strength


@dataclass
class Gazetteer:
    """Look-up of names by folded key; several readings of one key differ in their marks."""

    places: dict[Key, list[tuple[Key, PlaceMeaning]]] = field(default_factory=dict)
    categories: dict[Key, tuple[Key, str]] = field(default_factory=dict)
    forms: dict[Key, tuple[Key, str]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def build(
        cls,
        *,
        places: Iterable[PlaceName],
        categories: Iterable[CategoryName] = (),
        forms: Iterable[CategoryName] = (),
    ) -> "Gazetteer":
        gazetteer = cls()
        gazetteer._add_places([*_region_names(), *_town_names(), *places])
        gazetteer.categories = _by_key(categories)
        gazetteer.forms = _by_key(forms)
        return gazetteer

    def place_at(self, piece: Phrase, *, any_marks: bool = False) -> PlaceMeaning | None:
        """The place these tokens name; marks that are typed must agree, unless any will do."""
        for exact, meaning in self.places.get(key_of(piece), ()):
            if any_marks or agrees(piece, exact):
                return meaning
        return None

    def category_of(self, piece: Phrase) -> str | None:
        return _named(self.categories, piece)

    def form_of(self, piece: Phrase) -> str | None:
        return _named(self.forms, piece)

    def _add_places(self, names: list[PlaceName]) -> None:
        grouped: dict[Key, list[PlaceName]] = defaultdict(list)
        for name in names:
            grouped[exact_key_of(tokenise(name.text))].append(name)
        for exact, same in grouped.items():
            meaning = _meaning(same)
            self._file(tuple(token.folded for token in tokenise(same[0].text)), exact, meaning)
        for same in grouped.values():
            self._file_squashed(tokenise(same[0].text), _meaning(same))

    def _file(self, key: Key, exact: Key, meaning: PlaceMeaning) -> None:
        self.places.setdefault(key, []).append((exact, meaning))
        self.places[key].sort(key=lambda entry: -entry[1].strength)
        self.longest = max(self.longest, len(key))

    def _file_squashed(self, tokens: Phrase, meaning: PlaceMeaning) -> None:
        """Names typed without spaces, as in addresses and hashtags: "thainguyen"."""
        squashed = "".join(token.folded for token in tokens)
        if len(tokens) > 1 and len(squashed) >= MIN_SQUASHED and (squashed,) not in self.places:
            self._file((squashed,), (squashed,), meaning)


def agrees(piece: Phrase, exact: Key) -> bool:
    """Whether every token typed with marks has the marks of the name."""
    return all(not token.marked or token.exact == form for token, form in zip(piece, exact, strict=True))


def _meaning(same: list[PlaceName]) -> PlaceMeaning:
    """Which place a name means when the data gives it to several.

    A region's words first; then an official name of today, of formerly; then a specialty place,
    whose former province is the smaller and surer area; then aliases and nicknames.
    """
    for strength, sources in _ORDER:
        chosen = [name for name in same if name.strength == strength and name.source in sources]
        if chosen:
            source = min((name.source for name in chosen), key=sources.index)
            codes = tuple(sorted({name.code for name in chosen if name.source == source}))
            return PlaceMeaning(source, codes, strength)
    raise ValueError(f"no meaning for {same[0].text!r}")


_ORDER: tuple[tuple[Strength, tuple[PlaceSource, ...]], ...] = (
    (Strength.REGION, (PlaceSource.REGION, PlaceSource.FORMER_PROVINCE, PlaceSource.PROVINCE)),
    (Strength.NAME, (PlaceSource.PROVINCE, PlaceSource.FORMER_PROVINCE, PlaceSource.REGION)),
    (Strength.SPECIALTY, (PlaceSource.FORMER_PROVINCE, PlaceSource.PROVINCE, PlaceSource.REGION)),
    (Strength.ALIAS, (PlaceSource.PROVINCE, PlaceSource.FORMER_PROVINCE, PlaceSource.REGION)),
    (Strength.NICKNAME, (PlaceSource.FORMER_PROVINCE, PlaceSource.PROVINCE, PlaceSource.REGION)),
)


def _region_names() -> list[PlaceName]:
    return [
        PlaceName(text, Strength.REGION, source, code)
        for entry in region_words()
        for text in entry.words
        for source, codes in (
            (PlaceSource.REGION, entry.regions),
            (PlaceSource.FORMER_PROVINCE, entry.former_provinces),
        )
        for code in codes
    ]


def _town_names() -> list[PlaceName]:
    return [
        PlaceName(word, Strength.SPECIALTY, PlaceSource.FORMER_PROVINCE, code)
        for word, code in town_words().items()
    ]


def _by_key(names: Iterable[CategoryName]) -> dict[Key, tuple[Key, str]]:
    found: dict[Key, tuple[Key, str]] = {}
    for name in names:
        tokens = tokenise(name.text)
        if len(tokens) > 1:  # one syllable ("chè", "hoa") is a word of names before it is a set
            found.setdefault(key_of(tokens), (exact_key_of(tokens), name.code))
    return found


def _named(names: dict[Key, tuple[Key, str]], piece: Phrase) -> str | None:
    exact, code = names.get(key_of(piece), ((), ""))
    return code if exact and agrees(piece, exact) else None
