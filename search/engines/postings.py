"""Looking words up: which entries hold enough of the required groups, and how well at a rough glance."""

import operator
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import NamedTuple

from django.db.models import Q

from search.models import NARROW, REST, Field, Posting
from search.query import Alternative, Term, TermGroup
from search.relaxation import Attempt
from search.words import LONGEST

IN_NAME, LAST_NARROW = Field.NAME.value, max(NARROW).value
WEIGHTS = {
    Field.NAME.value: 4.0,
    Field.PRODUCER.value: 1.5,
    Field.PLACES.value: 1.0,
    Field.CATEGORY.value: 1.0,
    Field.DESCRIPTION.value: 0.3,
}
OTHER_MARKS = 0.8
AHEAD = 1_000.0
HEAD = 1.5
"""For a product whose name begins with the first required word."""

Spot = tuple[int, int]
"""An entry and one of its texts."""

Places = dict[Spot, tuple[float, int]]
"""The weight of a word there, and its place in the text."""


class Hit(NamedTuple):
    """How well a group is found in an entry, its place in the name (-1 elsewhere), and by what.

    `sure`: by no guess; `free`: by an alternative whose neighbours do not matter.
    """

    score: float
    place: int
    sure: bool
    free: bool


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that holds enough words, some of them `in_name`. `doubtful`: its neighbours must be looked at."""

    score: float
    doubtful: bool
    in_name: bool

    def ahead(self) -> "Match":
        """The same, before all that was found later."""
        return replace(self, score=self.score + AHEAD)


class Lookup:
    """Reads the postings of words, each word once however many attempts ask for it."""

    def __init__(self) -> None:
        self._read: dict[tuple[Field, ...], set[str]] = {NARROW: set(), REST: set()}
        self._postings: dict[str, list[tuple[str, Spot, int]]] = defaultdict(list)
        self._expected: set[str] = set()
        self._found: dict[tuple[tuple[TermGroup, ...], int, int, bool], dict[int, Match]] = {}
        self._hits: dict[tuple[TermGroup, bool], dict[int, Hit]] = {}
        self._places: dict[tuple[Term, tuple[str, ...], bool], Places] = {}

    def expect(self, attempts: Iterable[Attempt]) -> None:
        """Words that are read together with the next ones."""
        self._expected = _terms(group for attempt in attempts for group in attempt.groups if group.required)

    def find(self, attempt: Attempt) -> dict[int, Match]:
        """The entries in which at least `attempt.minimum` required groups are found, whatever they are filtered by."""
        groups = tuple(group for group in attempt.groups if group.required)
        key = (groups, attempt.minimum, attempt.sure, attempt.wide)
        if key not in self._found:
            self._need(groups, wide=attempt.wide)
            hits = [self._hits_of(group, wide=attempt.wide) for group in groups]
            self._found[key] = {entry: _match(groups, found) for entry, found in _enough(hits, attempt)}
        return self._found[key]

    def _need(self, groups: Iterable[TermGroup], *, wide: bool) -> None:
        terms = _terms(groups)
        breadths = (NARROW, REST) if wide else (NARROW,)
        if all(terms <= self._read[fields] for fields in breadths):
            return
        terms |= self._expected
        wanted = [
            Q(term__in=sorted(new), field__in=fields)
            for fields in breadths
            if (new := terms - self._read[fields])
        ]
        self._fetch(reduce(operator.or_, wanted))
        for fields in breadths:
            self._read[fields] |= terms

    def _fetch(self, wanted: Q) -> None:
        rows = Posting.objects.filter(wanted).order_by()
        for term, exact, entry, field, position in rows.values_list(
            "term", "exact", "entry_id", "field", "position"
        ):
            self._postings[term].append((exact, (entry, field), position))

    def _hits_of(self, group: TermGroup, *, wide: bool) -> dict[int, Hit]:
        """The best hit of the group in every entry that holds it."""
        if (group, wide) not in self._hits:
            self._hits[group, wide] = self._best_hits(group, wide=wide)
        return self._hits[group, wide]

    def _best_hits(self, group: TermGroup, *, wide: bool) -> dict[int, Hit]:
        best: dict[int, Hit] = {}
        for one in group.alternatives:
            anywhere = not (one.not_before or one.not_after)
            for (entry, field), (weight, position) in self._spots(one, group.preferred, wide=wide).items():
                if field > LAST_NARROW and not wide:
                    continue
                in_name = field == IN_NAME
                free = anywhere and (len(one.terms) == 1 or (in_name and not one.run_together))
                hit = Hit(weight * WEIGHTS[field], position if in_name else -1, not one.guess, free)
                best[entry] = _joined(best[entry], hit) if entry in best else hit
        return best

    def _spots(self, one: Alternative, preferred: tuple[str, ...], *, wide: bool) -> Places:
        """Where all terms of an alternative stand in one text: its weight there, and the first one's place."""
        first, *others = (self._places_of(term, preferred, wide=wide) for term in one.terms)
        for other in others:
            first = {spot: found for spot, found in first.items() if spot in other}
        if one.weight == 1:
            return first
        return {spot: (one.weight * weight, position) for spot, (weight, position) in first.items()}

    def _places_of(self, term: Term, preferred: tuple[str, ...], *, wide: bool) -> Places:
        """Where a term stands, as far as it has been read: everywhere for a wide attempt."""
        key = (term, preferred, wide)
        if key not in self._places:
            self._places[key] = self._stand(term, preferred)
        return self._places[key]

    def _stand(self, term: Term, preferred: tuple[str, ...]) -> Places:
        found: Places = {}
        wanted = term.exact[:LONGEST] if term.exact is not None else None
        for exact, spot, position in self._postings.get(term.folded[:LONGEST], ()):
            if wanted is None or exact == wanted:
                weight = 1.0 if wanted or not preferred or exact in preferred else OTHER_MARKS
                if spot not in found or found[spot][0] < weight:
                    found[spot] = (weight, position)
        return found


def _terms(groups: Iterable[TermGroup]) -> set[str]:
    return {term.folded[:LONGEST] for group in groups for one in group.alternatives for term in one.terms}


def _joined(one: Hit, other: Hit) -> Hit:
    best = max(one, other)
    return Hit(best.score, best.place, one.sure or other.sure, one.free or other.free)


def _enough(hits: list[dict[int, Hit]], attempt: Attempt) -> Iterable[tuple[int, list[Hit | None]]]:
    """Entries with enough groups, with the hits of all groups."""
    entries = set(hits[0]).intersection(*hits[1:]) if attempt.minimum >= len(hits) else set().union(*hits)
    for entry in entries:
        found = [each.get(entry) for each in hits]
        met = [hit for hit in found if hit]
        if len(met) >= attempt.minimum and sum(hit.sure for hit in met) >= attempt.sure:
            yield entry, found


def _match(groups: Sequence[TermGroup], found: list[Hit | None]) -> Match:
    score = sum(group.weight * hit.score for group, hit in zip(groups, found, strict=True) if hit)
    head = next((hit.place == 0 for hit in found if hit), False)
    doubtful = any(hit and not hit.free for hit in found)
    return Match(score + HEAD * head, doubtful, any(hit and hit.place >= 0 for hit in found))
