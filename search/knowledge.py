"""What searches are understood with. Pure: the rows behind it are read in search/reference.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.query import ProductQuery, Sort
from search.result import Promotion
from search.text.lexicon import Key, Lexicon, Phrase
from search.text.tokens import folded_key, tokenise
from search.understanding import Gazetteer
from search.vocabulary import Vocabulary

MOST_PROMOTED = 3
"""So many products at most stand in front of the results of one text, labelled."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Names of places and sets, the catalogue's words, staff's synonyms and stop words, and promoted results.

    `promoted` holds them by the folded key of their text.
    """

    gazetteer: Gazetteer
    vocabulary: Vocabulary
    lexicon: Lexicon
    promoted: Mapping[Key, Sequence[Promotion]]

    def promoted_for(self, query: ProductQuery) -> list[Promotion]:
        """The products put in front of this list's first page, in order."""
        if query.start or query.sort is not Sort.RELEVANCE:
            return []
        tokens = tokenise(query.text)
        rows = [
            row
            for row in self.promoted.get(tuple(token.folded for token in tokens), ())
            if row.is_in_force(query.day) and _is_meant(tokens, tokenise(row.text))
        ]
        rows.sort(key=lambda row: (row.position, row.product_id))
        kept: dict[int, Promotion] = {}
        for row in rows:
            kept.setdefault(row.product_id, row)
        return list(kept.values())[:MOST_PROMOTED]


def _is_meant(typed: Phrase, text: Phrase) -> bool:
    """Whether tone marks agree where both have some."""
    return all(
        one.exact == other.exact or not (one.marked and other.marked)
        for one, other in zip(typed, text, strict=True)
    )


def by_text(promotions: Sequence[Promotion]) -> dict[Key, list[Promotion]]:
    found: dict[Key, list[Promotion]] = {}
    for promotion in promotions:
        found.setdefault(folded_key(promotion.text), []).append(promotion)
    return found
