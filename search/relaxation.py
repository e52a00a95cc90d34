"""Relaxation: what is tried when too little is found, step by step, and what to call each step.

1. every word as typed, in names, producers and places; then in sets and descriptions too
   (a word no one knows is read as a keyboard leftover, or as several words run together)
2. tone marks ignored, where the query has them
3. every word, or a neighbour one letter or one sound away for words no one knows; if all are known,
   for any one of them
4. most of the words
5. any of the words but the rarest

Spelling comes before fewer words: with fewer words three products are nearly always found, and
the misspelt word, often the one that matters, would never be corrected. But where the words as
typed find something, they are right: then only 4 and 5 follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.query import Alternative, ProductQuery, Term, TermGroup
from search.result import Chip, Step
from search.text.telex import decode
from search.text.tokens import tokenise
from search.understanding import Reading
from search.vocabulary import Vocabulary

ENOUGH = 3
MARKS_IGNORED = 0.5
DECODED = 0.9
SPLIT = 0.95


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an engine is asked: the query's filters, and `minimum` of the required groups.

    At least `sure` of the required groups must match by alternatives that are no guesses.
    `wide` looks into set names and descriptions too.
    """

    query: ProductQuery
    groups: tuple[TermGroup, ...]
    minimum: int
    sure: int = 0
    wide: bool = False
    chips: tuple[Chip, ...] = ()
    steps: tuple[Step, ...] = ()


def typed(*, reading: Reading, vocabulary: Vocabulary) -> Attempt:
    """The reading's words as they stand, narrow."""
    groups = tuple(_weighted(group, vocabulary) for group in reading.groups)
    if not reading.query.as_typed:
        groups = tuple(_known(group, vocabulary) for group in groups)
    decoded = any(before.words != after.words for before, after in zip(reading.groups, groups, strict=True))
    said = (reading.step, Step.KEYBOARD if decoded else None)
    steps = tuple(step for step in said if step)
    minimum = sum(group.required for group in groups)
    return Attempt(reading.query, groups, minimum, chips=reading.chips, steps=steps)


def _weighted(group: TermGroup, vocabulary: Vocabulary) -> TermGroup:
    terms = group.alternatives[0].terms
    rarity = max((vocabulary.rarity(term.folded) for term in terms), default=1.0)
    return replace(group, weight=group.weight * rarity)


def _known(group: TermGroup, vocabulary: Vocabulary) -> TermGroup:
    """A word nobody knows, read as a keyboard leftover or as several words run together."""
    first = group.alternatives[0]
    term = first.terms[0]
    if len(first.terms) > 1 or vocabulary.knows(term.folded) or len(group.alternatives) > 1:
        return group
    meant = decode(group.words)
    tokens = tokenise(meant) if meant else ()
    if len(tokens) == 1 and tokens[0].exact in vocabulary.exact_forms:
        word = tokens[0]
        decoded = Alternative((Term(word.folded, word.exact),), DECODED)
        return replace(group, words=word.written, alternatives=(first, decoded))
    parts = vocabulary.split(term.folded)
    more = (Alternative(tuple(Term(part) for part in parts), SPLIT),) if parts else ()
    return replace(group, alternatives=(*group.alternatives, *more))


def widened(*, attempt: Attempt) -> Attempt:
    return replace(attempt, wide=True)


def repaired(*, attempt: Attempt, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """For words that find nothing: marks ignored, then spelling, unless the words are to be taken as typed."""
    loose = _ignore_marks(widened(attempt=attempt))
    if loose.steps != attempt.steps:
        yield loose
    if not attempt.query.as_typed:
        yield _corrected(loose, vocabulary)


def shortened(*, attempt: Attempt, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """For words that find too little together: most of them, then any but the rarest."""
    groups = tuple(part for group in attempt.groups for part in _taken_apart(group, vocabulary))
    minimum = sum(group.required for group in groups)
    wide = replace(attempt, groups=groups, minimum=minimum, wide=True, sure=0)
    if minimum > 2:
        yield _with_minimum(wide)
    if minimum > 1:
        yield _without_rarest(wide, vocabulary)


def _taken_apart(group: TermGroup, vocabulary: Vocabulary) -> tuple[TermGroup, ...]:
    """A phrase with its synonyms, now only a help, and each of its words in its own right."""
    terms = group.alternatives[0].terms
    if len(terms) == 1 or not group.required:
        return (group,)
    words = group.words.split(" ")
    preferred = group.preferred or ("",) * len(terms)
    parts = [
        TermGroup(
            words=word,
            alternatives=(Alternative((term,)),),
            weight=vocabulary.rarity(term.folded) / len(terms),
            preferred=(form,) if form else (),
        )
        for word, term, form in zip(words, terms, preferred, strict=True)
    ]
    return (replace(group, required=False), *parts)


def _ignore_marks(attempt: Attempt) -> Attempt:
    groups = tuple(_without_marks(group) for group in attempt.groups)
    if groups == attempt.groups:
        return attempt
    return replace(attempt, groups=groups, steps=(*attempt.steps, Step.MARKS_IGNORED))


def _without_marks(group: TermGroup) -> TermGroup:
    terms = group.alternatives[0].terms
    if not any(term.exact for term in terms):
        return group
    bare = Alternative(tuple(Term(term.folded) for term in terms), MARKS_IGNORED)
    return replace(group, alternatives=(*group.alternatives, bare))


def _corrected(attempt: Attempt, vocabulary: Vocabulary) -> Attempt:
    """Unknown words get their neighbours; where there are none, any one word may be the wrong one."""
    guess = not any(group.required and _is_unknown(group, vocabulary) for group in attempt.groups)
    groups = tuple(
        _with_neighbours(group, vocabulary, guess=guess) if group.required else group
        for group in attempt.groups
    )
    steps = (*attempt.steps, Step.SPELLING)
    return replace(attempt, groups=groups, steps=steps, sure=attempt.minimum - 1 if guess else 0)


def _is_unknown(group: TermGroup, vocabulary: Vocabulary) -> bool:
    return all(
        any(not vocabulary.knows(term.folded) for term in alternative.terms)
        for alternative in group.alternatives
    )


def _with_neighbours(group: TermGroup, vocabulary: Vocabulary, *, guess: bool) -> TermGroup:
    """Neighbours of every doubtful word of the group, one word at a time."""
    terms = group.alternatives[0].terms
    found: list[Alternative] = []
    for at, term in enumerate(terms):
        if vocabulary.knows(term.folded) and not guess:
            continue
        for word, weight in vocabulary.neighbours(term.folded):
            changed = tuple(Term(word if index == at else other.folded) for index, other in enumerate(terms))
            found.append(Alternative(changed, weight, guess=guess))
    return replace(group, alternatives=(*group.alternatives, *found))


def _with_minimum(attempt: Attempt) -> Attempt:
    least = max(1, attempt.minimum - max(1, attempt.minimum // 3))
    return replace(attempt, minimum=least, steps=(*attempt.steps, Step.SOME_WORDS))


def _without_rarest(attempt: Attempt, vocabulary: Vocabulary) -> Attempt:
    """Any one of the words will do; the rarest, likeliest the wrong one, only helps in ranking."""
    required = [group for group in attempt.groups if group.required]
    rarest = min(required, key=lambda group: _commonness(group, vocabulary))
    groups = tuple(replace(group, required=False) if group is rarest else group for group in attempt.groups)
    return replace(attempt, groups=groups, minimum=1, steps=(*attempt.steps, Step.DROPPED_WORD))


def _commonness(group: TermGroup, vocabulary: Vocabulary) -> int:
    return min(vocabulary.counts.get(term.folded, 0) for term in group.alternatives[0].terms)
