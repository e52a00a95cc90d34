"""Small matches of folded word sequences, shared by the readers of stars and prices."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from search.text.lexicon import Key, Phrase


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start`..`end` (end exclusive) and what they say; prices in đồng."""

    start: int
    end: int
    stars: tuple[int, ...] = ()
    price_from: Decimal | None = None
    price_to: Decimal | None = None


def keys(*phrases: str) -> frozenset[Key]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


def size_at(tokens: Phrase, at: int, phrases: Collection[Key]) -> int:
    """How many tokens the longest of the phrases takes at `at`; 0 for none."""
    sizes = (
        len(phrase)
        for phrase in phrases
        if tuple(token.folded for token in tokens[at : at + len(phrase)]) == phrase
    )
    return max(sizes, default=0)
