"""The words the catalogue knows, and which of them a misspelt one may have been.

Neighbours one edit away (substitution, insertion, deletion, transposition) are found by
symmetric deletes: every known word is filed under itself without one letter.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search.text.sounds import sound_key
from search.text.tokens import Token

MIN_FUZZY = 2
MAX_NEIGHBOURS = 24
ONE_EDIT = 0.7
OTHER_FIRST_LETTER = 0.55
SAME_SOUND = 0.75
LONGEST_SYLLABLE = 7
MOST_PARTS = 6


def _deletes(word: str) -> set[str]:
    return {word[:cut] + word[cut + 1 :] for cut in range(len(word))}


def one_edit(first: str, second: str) -> bool:
    """Whether the words differ by exactly one edit, an adjacent swap counting as one."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    if len(one) == len(two):
        swapped = len(one) > 1 and one[0] == two[1] and one[1] == two[0] and one[2:] == two[2:]
        return one[1:] == two[1:] or swapped
    return one[1:] == two if len(one) > len(two) else one == two[1:]


class Vocabulary:
    """Folded words with the number of products that carry them, and the exact forms in use."""

    def __init__(self, counts: Mapping[str, int], exact_forms: Iterable[str], products: int) -> None:
        self.counts = dict(counts)
        self.exact_forms = frozenset(exact_forms)
        self.products = products
        self._by_delete: dict[str, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            if word[0].isdigit():
                continue
            self._by_sound[sound_key(word)].append(word)
            for shorter in _deletes(word) if len(word) > 1 else ():
                self._by_delete[shorter].append(word)

    def knows(self, folded: str) -> bool:
        return folded in self.counts

    def rarity(self, folded: str) -> float:
        """1 for a word in every product, rising to 2 for a word in one."""
        return 2 - math.log(self.counts.get(folded, 0) + 1) / math.log(self.products + 2)

    def neighbours(self, folded: str) -> tuple[tuple[str, float], ...]:
        """Known words one edit or one sound away, likeliest first, each with its weight."""
        if len(folded) < MIN_FUZZY or folded[0].isdigit():
            return ()
        weights = {word: _edit_weight(folded, word) for word in self._one_edit_away(folded)}
        for word in self._by_sound.get(sound_key(folded), ()):
            weights[word] = max(weights.get(word, 0), SAME_SOUND)
        weights.pop(folded, None)
        ordered = sorted(weights.items(), key=lambda item: (-item[1], -self.counts[item[0]], item[0]))
        return tuple(ordered[:MAX_NEIGHBOURS])

    def _one_edit_away(self, folded: str) -> set[str]:
        near = set(self._by_delete.get(folded, ()))
        for shorter in _deletes(folded):
            near.update(self._by_delete.get(shorter, ()))
            if shorter in self.counts:
                near.add(shorter)
        return {word for word in near if one_edit(folded, word)}

    def split(self, folded: str) -> tuple[str, ...]:
        """A word run together from two or more known ones ("sapa" → "sa", "pa"), else nothing.

        The fewer and the commoner the words, the better.
        """
        best: list[tuple[float, tuple[str, ...]]] = [(float(self.products), ())]
        for end in range(1, len(folded) + 1):
            found: tuple[float, tuple[str, ...]] = (0.0, ())
            for start in range(max(0, end - LONGEST_SYLLABLE), end - 1):
                part = folded[start:end]
                rarest, before = best[start]
                if rarest and part in self.counts and len(before) < MOST_PARTS and part != folded:
                    found = max(
                        found, (min(rarest, self.counts[part]), (*before, part)), key=_fewer_and_commoner
                    )
            best.append(found)
        return best[-1][1]

    def spread(self, tokens: Sequence[Token]) -> str:
        """The text with the unknown words taken apart that can be; '' where there are none."""
        apart = [self.split(token.folded) if token.folded not in self.counts else () for token in tokens]
        if not any(apart):
            return ""
        return " ".join(" ".join(parts) or token.written for parts, token in zip(apart, tokens, strict=True))


def _fewer_and_commoner(split: tuple[float, tuple[str, ...]]) -> tuple[float, tuple[str, ...]]:
    rarest, parts = split
    return rarest / len(parts) if parts else 0.0, parts


def _edit_weight(typed: str, word: str) -> float:
    return ONE_EDIT if typed[0] == word[0] else OTHER_FIRST_LETTER
