"""The words the catalogue knows, and which of them a misspelt one may have been.

Neighbours one edit away (substitution, insertion, deletion, transposition) are found by
symmetric deletes: every known word is filed under itself without one letter.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.text.sounds import sound_key

MIN_FUZZY = 2
MAX_NEIGHBOURS = 24
ONE_EDIT = 0.7
OTHER_FIRST_LETTER = 0.55
SAME_SOUND = 0.75


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
        """A word run together from two or three known ones ("sapa" → "sa", "pa"), else nothing."""
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for cut in range(2, len(folded) - 1):
            head, tail = folded[:cut], folded[cut:]
            if head not in self.counts:
                continue
            parts = (head, tail) if tail in self.counts else self._split_two(head, tail)
            if parts:
                best = max(best, (min(self.counts[part] for part in parts) / len(parts), parts))
        return best[1]

    def _split_two(self, head: str, tail: str) -> tuple[str, ...]:
        for cut in range(2, len(tail) - 1):
            if tail[:cut] in self.counts and tail[cut:] in self.counts:
                return (head, tail[:cut], tail[cut:])
        return ()


def _edit_weight(typed: str, word: str) -> float:
    return ONE_EDIT if typed[0] == word[0] else OTHER_FIRST_LETTER
