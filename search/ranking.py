"""The ranker: one order for the candidates of every engine.

What counts, most first: how much of the query is found and in which field (name over producer over
place and set over description), all of it in one field, the words in a row, the head noun first, how much of the name the
query covers; then, small, a valid certificate, availability and what buyers think. Pure: imports no Django.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from search.matching import NOTHING, Match, match_group
from search.query import TermGroup
from search.text.lexicon import classifiers
from search.text.tokens import Field, field, fold

MOST_RANKED = 200
FIRST_PAGE = 12
MOST_OF_ONE_PRODUCER = 3
NARROW = 2
"""So many texts beside the name say what a product is; sets and descriptions mention other goods too."""

NAME, PRODUCER, PLACE, CATEGORY, DESCRIPTION = 4.0, 1.5, 1.0, 1.0, 0.3
FOUND, ONE_FIELD, IN_A_ROW, HEAD_FIRST, WHOLE_NAME = 10.0, 5.0, 3.0, 1.5, 2.5
STAR, IN_STOCK, OPINION = 0.06, 0.1, 0.05
USUAL, DOUBT = 4.0, 10
"""A product is taken to have DOUBT reviews of USUAL points besides its own, so that one of 5 does not beat many."""
NEAR_HEAD = 0.3
ACROSS_FIELDS = 0.8
"""What is kept where no single field holds all required words: "sơn" in a name, "hòa" in a place."""
PARTIAL = 0.25
"""What a candidate keeps of its score when hardly any required word is found."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What ranking needs of a product; `star` and `rated_on` are those valid on the query's day."""

    id: int
    name: str
    producer_id: int | None = None
    producer: str = ""
    places: str = ""
    category: str = ""
    description: str = ""
    star: int | None = None
    in_stock: bool = True
    rated_on: date | None = None
    opinion: int = 0
    """What buyers think, from -100 to 100 (see `opinion`); 0 for what nobody has reviewed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place with its reasons.

    `required_in_one_field`: how well the weakest required word is found where one field holds them all;
    `required_together`: the same where at least two of them are neighbours there. `whole_name`: the query
    is the name, no more, no less. `neighbours`: the share of the query's neighbours that are neighbours in
    the name, however strong. `described`: a required word is in the set's name or the description alone.
    """

    candidate: Candidate
    score: float
    found: float
    in_a_row: float
    neighbours: float
    head_first: float
    name_covered: float
    required_found: float
    required_in_one_field: float
    required_together: float
    required_in_name: float
    described: bool
    positions: tuple[int, ...]

    @property
    def whole_name(self) -> bool:
        return self.required_found >= 1 and self.name_covered >= 1 and self.in_a_row >= 1


def opinion(*, points: float | None, reviews: int) -> int:
    """From the mean of 1 to 5 points over so many reviews: -100 to 100, near 0 while there are few."""
    if points is None:
        return 0
    return max(-100, round(100 * reviews * (points - USUAL) / (reviews + DOUBT)))


def rank(
    *, candidates: Iterable[Candidate], groups: Sequence[TermGroup], front: frozenset[int] = frozenset()
) -> list[Ranked]:
    """All candidates, best first, those of `front` before all others; equal scores by newest certificate, name, id.

    Without words only the boosts are left: engines order such candidates by them, and that order stands.
    """
    if not groups:
        return spread_producers([_unsaid(candidate) for candidate in candidates])
    scale = _Scale(groups)
    ranked = [_score(candidate, scale) for candidate in candidates]
    ranked.sort(key=lambda entry: (entry.candidate.id not in front, *_order(entry)))
    return spread_producers(ranked, front=front)


class _Scale:
    """What is the same for all candidates; the matches of a text are kept, since many share one."""

    def __init__(self, groups: Sequence[TermGroup]) -> None:
        self.groups = groups
        self.total = NAME * sum(group.weight for group in groups) or 1.0
        self.required = sum(group.weight for group in groups if group.required)
        self._seen: dict[str, _Matches] = {}

    def name(self, text: str) -> "_Matches":
        return _Matches(self.groups, field(text), scattered=True)

    def matches(self, text: str) -> "_Matches":
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = _Matches(self.groups, field(text))
        return found


class _Matches:
    """The matches of all groups in one text: each, the weakest required one, and the words in a row.

    `whole` is the weakest where at least two words are neighbours: "sơn" and "hòa" of two places
    in one list of places are no "Sơn Hòa".
    """

    __slots__ = ("each", "in_a_row", "weakest", "whole")

    def __init__(self, groups: Sequence[TermGroup], text: Field, *, scattered: bool = False) -> None:
        self.each = [match_group(group, text, scattered=scattered) for group in groups]
        strengths = [match[0] for group, match in zip(groups, self.each, strict=True) if group.required]
        self.weakest = min(strengths, default=0.0)
        self.in_a_row = _in_a_row(self.each)
        self.whole = self.weakest if self.in_a_row or len(strengths) < 2 else 0.0


def spread_producers(ranked: list[Ranked], *, front: frozenset[int] = frozenset()) -> list[Ranked]:
    """At most three products of one producer among the first twelve, where others can follow; `front` stays."""
    counts: dict[int, int] = {}
    first: list[Ranked] = []
    held: list[Ranked] = []
    for position, entry in enumerate(ranked):
        if len(first) == FIRST_PAGE:
            return [*first, *held, *ranked[position:]]
        producer = entry.candidate.producer_id
        seen = counts.get(producer, 0) if producer is not None else 0
        if seen >= MOST_OF_ONE_PRODUCER and entry.candidate.id not in front:
            held.append(entry)
            continue
        if producer is not None:
            counts[producer] = seen + 1
        first.append(entry)
    return [*first, *held]


def _order(entry: Ranked) -> tuple[float, int, str, int]:
    rated_on = entry.candidate.rated_on
    return (
        -entry.score,
        -rated_on.toordinal() if rated_on else 0,
        fold(entry.candidate.name),
        entry.candidate.id,
    )


def _score(candidate: Candidate, scale: _Scale) -> Ranked:
    name, in_name = field(candidate.name), scale.name(candidate.name)
    others = [(weight, scale.matches(text)) for weight, text in _other_texts(candidate)]
    found = sum(
        group.weight
        * max(NAME * in_name.each[at][0], *(weight * matches.each[at][0] for weight, matches in others))
        for at, group in enumerate(scale.groups)
    )
    found /= scale.total
    coverage = _coverage(scale, in_name, [matches for _, matches in others])
    head = _head(name, scale.groups, in_name.each)
    name_covered = _name_covered(name, in_name.each)
    one_field = max(in_name.weakest, *(matches.whole for _, matches in others))
    text = FOUND * found + _together(in_name, others) + HEAD_FIRST * head + WHOLE_NAME * name_covered
    text *= 1.0 if one_field or not scale.required else ACROSS_FIELDS
    score = round(text * (PARTIAL + (1 - PARTIAL) * coverage * coverage) + _boosts(candidate), 6)
    return Ranked(
        candidate=candidate,
        score=score,
        found=found,
        in_a_row=in_name.in_a_row,
        neighbours=_neighbours(in_name.each),
        head_first=head,
        name_covered=name_covered,
        required_found=coverage,
        required_in_one_field=one_field,
        required_together=max(in_name.whole, *(matches.whole for _, matches in others)),
        required_in_name=in_name.weakest,
        described=_is_described(scale, in_name, [matches for _, matches in others[:NARROW]]),
        positions=tuple(match[1] for match in in_name.each),
    )


def _coverage(scale: _Scale, in_name: _Matches, others: Iterable[_Matches]) -> float:
    """The share of the required words that are found: all of them anywhere, or the most of one field.

    A part of the words found in several fields is a coincidence more often than not.
    """
    fields = [in_name, *others]
    needed = [(at, group.weight) for at, group in enumerate(scale.groups) if group.required]
    if all(any(matches.each[at][0] for matches in fields) for at, _ in needed):
        return 1.0
    return (
        max(sum(weight for at, weight in needed if matches.each[at][0]) for matches in fields)
        / scale.required
    )


def _is_described(scale: _Scale, in_name: _Matches, others: Sequence[_Matches]) -> bool:
    return any(
        group.required and not any(matches.each[at][0] for matches in (in_name, *others))
        for at, group in enumerate(scale.groups)
    )


def _boosts(candidate: Candidate) -> float:
    return STAR * (candidate.star or 0) + IN_STOCK * candidate.in_stock + OPINION * candidate.opinion / 100


def _unsaid(candidate: Candidate) -> Ranked:
    """A candidate of a list without words."""
    return Ranked(
        candidate=candidate,
        score=_boosts(candidate),
        found=0.0,
        in_a_row=0.0,
        neighbours=0.0,
        head_first=0.0,
        name_covered=0.0,
        required_found=1.0,
        required_in_one_field=0.0,
        required_together=0.0,
        required_in_name=0.0,
        described=False,
        positions=(),
    )


def _other_texts(candidate: Candidate) -> tuple[tuple[float, str], ...]:
    return (
        (PRODUCER, candidate.producer),
        (PLACE, candidate.places),
        (CATEGORY, candidate.category),
        (DESCRIPTION, candidate.description),
    )


def _together(in_name: _Matches, others: list[tuple[float, _Matches]]) -> float:
    """The bonus for all required words in one field and for words in a row: the name's, or a lower field's."""
    best = ONE_FIELD * in_name.weakest + IN_A_ROW * in_name.in_a_row
    for weight, matches in others:
        bonus = ONE_FIELD * matches.whole + IN_A_ROW * matches.in_a_row
        best = max(best, math.sqrt(weight / NAME) * bonus)
    return best


def _in_a_row(matches: Sequence[Match]) -> float:
    """The share of neighbouring words that are neighbours in the name too, weighed by their strength."""
    if len(matches) < 2:
        return matches[0][0] if matches else 0.0
    joined = [
        min(first[0], second[0]) if _touch(first, second) else 0.0 for first, second in pairwise(matches)
    ]
    return sum(joined) / len(joined)


def _neighbours(matches: Sequence[Match]) -> float:
    if len(matches) < 2:
        return float(any(match is not NOTHING for match in matches))
    return sum(_touch(first, second) for first, second in pairwise(matches)) / (len(matches) - 1)


def _touch(first: Match, second: Match) -> bool:
    return first is not NOTHING and second[1] == first[1] + first[2]


def _head(name: Field, groups: Sequence[TermGroup], matches: Sequence[Match]) -> float:
    """1 where the query's first required word opens the name, behind classifiers at most; else less."""
    for group, match in zip(groups, matches, strict=True):
        if group.required and match[1] >= 0:
            before = sum(name.exact[at] not in classifiers() for at in range(match[1]))
            return match[0] * (NEAR_HEAD / before if before else 1.0)
        if group.required:
            break
    return 0.0


def _name_covered(name: Field, matches: Sequence[Match]) -> float:
    """The share of the name's words that the query holds, weighed by the strength of the match."""
    if not name.size:
        return 0.0
    strengths: dict[int, float] = {}
    for strength, start, size in matches:
        for at in range(start, start + size):
            strengths[at] = max(strengths.get(at, 0.0), strength)
    return sum(strengths.values()) / name.size
