"""Relaxation: what is tried when too little is found, step by step, and what to call each step.

1. every word as typed, in names, producers and places; then in sets and descriptions too
   (a word no one knows is read as a keyboard leftover, or as several words run together)
2. tone marks ignored, where the query has them
3. every word, or a neighbour one letter or one sound away for words no one knows; if all are known,
   for any one of them
4. half of the words
5. any of the words

Spelling comes before fewer words: with fewer words three products are nearly always found, and
the misspelt word, often the one that matters, would never be corrected. But where the words as
typed find something, they are right: then only 4 and 5 follow, behind what was found.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.query import Alternative, ProductQuery, Term, TermGroup
from search.result import Chip, Step
from search.text.telex import decode
from search.text.tokens import tokenise
from search.understanding import Reading
from search.vocabulary import SAME_SOUND, Vocabulary

ENOUGH = 3
FEW = 2
LEAST_ALONE = 4
"""Letters a word needs to be corrected where no other word stands beside it."""
MARKS_IGNORED = 0.5
DECODED = 0.9
SPLIT = 0.95


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an engine is asked: the query's filters, and `minimum` of the required groups.

    At least `sure` of the required groups must match by alternatives that are no guesses.
    `wide` looks into set names and descriptions too. What `before`, an attempt with the same
    filters, finds is found by this one too, and stands in front.
    """

    query: ProductQuery
    groups: tuple[TermGroup, ...]
    minimum: int
    sure: int = 0
    wide: bool = False
    chips: tuple[Chip, ...] = ()
    steps: tuple[Step, ...] = ()
    before: "Attempt | None" = None

    @property
    def any_wide(self) -> bool:
        return self.wide or (self.before is not None and self.before.any_wide)


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
    if not parts:
        return group
    apart = Alternative(tuple(Term(part) for part in parts), SPLIT, run_together=True)
    return replace(group, alternatives=(first, apart))


def widened(*, attempt: Attempt) -> Attempt:
    return replace(attempt, wide=True, before=attempt)


def repaired(*, attempt: Attempt, vocabulary: Vocabulary) -> Iterator[Attempt]:
    """For words that find nothing: marks ignored, then spelling; then marks again, in descriptions too.

    Words that are to be taken as typed are not corrected.
    """
    loose = _ignore_marks(replace(attempt, before=None))
    if loose.steps != attempt.steps:
        yield loose
    corrected = None if attempt.query.as_typed else _corrected(loose, vocabulary)
    if corrected:
        yield corrected
    if loose.steps != attempt.steps:
        yield widened(attempt=loose)


def shortened(*, attempt: Attempt) -> Iterator[Attempt]:
    """For words that find too little: more of them, behind what they find together."""
    yield from _with_fewer(replace(attempt, wide=False, before=attempt))


def reduced(*, attempt: Attempt, vocabulary: Vocabulary, step: Step) -> Iterator[Attempt]:
    """For words that find nothing together: fewer of them, known phrases taken apart.

    `step` says how: SOME_WORDS, DROPPED_WORD for any of them, MARKS_IGNORED for some with other marks, or SPELLING
    for some with the unknown ones corrected.
    """
    groups = tuple(part for group in attempt.groups for part in _taken_apart(group, vocabulary))
    minimum = sum(group.required for group in groups)
    apart = replace(attempt, groups=groups, minimum=minimum, wide=False, before=None)
    if step in {Step.SOME_WORDS, Step.DROPPED_WORD}:
        yield from (fewer for fewer in _with_fewer(apart) if step in fewer.steps)
        return
    loose = _ignore_marks(apart)
    if step is Step.SPELLING:
        loose = (None if attempt.query.as_typed else _corrected(loose, vocabulary)) or apart
    if loose.steps != apart.steps and not loose.sure:
        yield from (fewer for fewer in _with_fewer(loose) if fewer.minimum > 1)


def _with_fewer(attempt: Attempt) -> Iterator[Attempt]:
    """Half of the words, the ranker putting those with more of them first; then any."""
    words, half = attempt.minimum, (attempt.minimum + 1) // 2
    if half > 1:
        yield replace(attempt, minimum=half, sure=0, steps=_and(attempt.steps, Step.SOME_WORDS))
    if words > 1:
        yield replace(attempt, minimum=1, sure=0, steps=_and(attempt.steps, Step.DROPPED_WORD))


def _and(steps: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    return steps if step in steps else (*steps, step)


def _taken_apart(group: TermGroup, vocabulary: Vocabulary) -> tuple[TermGroup, ...]:
    """Each word of a phrase in its own right; what the phrase may also be called stands for each."""
    typed_as, *others = group.alternatives
    if len(typed_as.terms) == 1 or not group.required:
        return (group,)
    words = group.words.split(" ")
    preferred = group.preferred or ("",) * len(words)
    kept = tuple(one for one in others if _key(one) != _key(typed_as))
    parts = [
        TermGroup(
            words=word,
            alternatives=(Alternative((term,)), *kept),
            weight=vocabulary.rarity(term.folded) / len(words),
            preferred=(form,) if form else (),
        )
        for word, term, form in zip(words, typed_as.terms, preferred, strict=True)
    ]
    return (replace(group, required=False), *parts)


def _key(alternative: Alternative) -> tuple[str, ...]:
    return tuple(term.folded for term in alternative.terms)


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


def _corrected(attempt: Attempt, vocabulary: Vocabulary) -> Attempt | None:
    """Unknown words get their neighbours; where there are none, any one of several words may be the wrong one."""
    guess = not any(group.required and _is_unknown(group, vocabulary) for group in attempt.groups)
    if attempt.minimum < 2 and (guess or _is_short(attempt)):
        return None
    groups = tuple(
        _with_neighbours(group, vocabulary, guess=guess, few=attempt.minimum <= FEW)
        if group.required
        else group
        for group in attempt.groups
    )
    steps = (*attempt.steps, Step.SPELLING)
    return replace(attempt, groups=groups, steps=steps, sure=attempt.minimum - 1 if guess else 0)


def _is_short(attempt: Attempt) -> bool:
    return all(len(group.words) < LEAST_ALONE for group in attempt.groups if group.required)


def _is_unknown(group: TermGroup, vocabulary: Vocabulary) -> bool:
    return all(
        one.run_together or any(not vocabulary.knows(term.folded) for term in one.terms)
        for one in group.alternatives
    )


def _with_neighbours(group: TermGroup, vocabulary: Vocabulary, *, guess: bool, few: bool) -> TermGroup:
    """Neighbours of every doubtful word of the group, one word at a time.

    One of few words is meant if its marks are right, unless another sounds like it.
    """
    terms = group.alternatives[0].terms
    found: list[Alternative] = []
    for at, term in enumerate(terms):
        if vocabulary.knows(term.folded) and not guess:
            continue
        meant = guess and few and term.exact in vocabulary.exact_forms
        for word, weight in vocabulary.neighbours(term.folded):
            if meant and weight < SAME_SOUND:
                continue
            changed = tuple(Term(word if index == at else other.folded) for index, other in enumerate(terms))
            found.append(Alternative(changed, weight, guess=guess))
    return replace(group, alternatives=(*group.alternatives, *found))
