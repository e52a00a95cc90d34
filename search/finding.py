"""Finding: the attempts on an engine until enough is found, then the ranker's order.

1. every reading as typed, until one finds three; a product named exactly like the text beats a
   place filter that would hide it
2. if nothing is found: marks and spelling, for every reading
3. if still nothing is found: fewer words, the first reading first; then the same words elsewhere
4. if less than three are found: fewer words of what found them
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from search.query import ProductQuery, TermGroup
from search.ranking import Candidate, Ranked, rank
from search.relaxation import ENOUGH, Attempt, repaired, shortened, typed, widened
from search.result import Step
from search.text.lexicon import Phrase
from search.text.telex import decode_text
from search.text.tokens import fold, tokenise
from search.understanding import Gazetteer, understand
from search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Up to 200 candidates of `total`, those with the most found first."""

    total: int
    candidates: tuple[Candidate, ...]


class Engine(Protocol):
    """Where candidates come from. `retrieve` is called several times for one query."""

    name: str

    def retrieve(self, attempt: Attempt) -> Retrieved: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """The attempt that answered, how many there are, and the candidates in order."""

    attempt: Attempt
    total: int
    ranked: tuple[Ranked, ...]


def find(*, query: ProductQuery, engine: Engine, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Finding:
    """Answer the query; a text that finds nothing is read once more with its VNI digits as marks."""
    best = _find(query, engine, gazetteer, vocabulary)
    meant = decode_text(query.text) if not best.total or best.attempt.steps else query.text
    if meant == query.text or query.as_typed:
        return best
    decoded = _find(replace(query, text=meant), engine, gazetteer, vocabulary)
    if not decoded.total or decoded.attempt.steps:
        return best
    return replace(decoded, attempt=replace(decoded.attempt, steps=(Step.KEYBOARD,)))


def _find(query: ProductQuery, engine: Engine, gazetteer: Gazetteer, vocabulary: Vocabulary) -> Finding:
    understanding = understand(query=query, gazetteer=gazetteer)
    first = [typed(reading=reading, vocabulary=vocabulary) for reading in understanding.readings]
    best = _as_typed(first, engine)
    if understanding.names_first:
        best = _named(best, first[1], engine) or best
    if not best.total:
        best = _first_found(best, _repairs(first, vocabulary), engine)
    if not best.total:
        best = _first_found(best, _reductions(first, vocabulary), engine)
    if best.total < ENOUGH:
        for attempt in shortened(attempt=best.attempt, vocabulary=vocabulary):
            best = _better(best, attempt, engine)
            if best.total >= ENOUGH:
                break
    return best


def _as_typed(first: list[Attempt], engine: Engine) -> Finding:
    """The first reading that finds something, narrow before wide.

    A specialty place's words that find less than three give way to its province if that finds more.
    """
    best = _ranked(first[0], engine.retrieve(first[0]))
    if best.total < ENOUGH and best.attempt.minimum:
        best = _better(best, widened(attempt=first[0]), engine)
    for attempt in first[1:]:
        gives_way = Step.WORDS_AS_PLACE in attempt.steps and not _is_named(best)
        if not best.total or (gives_way and best.total < ENOUGH):
            best = _better(best, attempt, engine)
        if not best.total:
            best = _better(best, widened(attempt=attempt), engine)
    return best


def _repairs(first: list[Attempt], vocabulary: Vocabulary) -> Iterator[Attempt]:
    tries = [list(repaired(attempt=attempt, vocabulary=vocabulary)) for attempt in first if attempt.minimum]
    for stage in range(max(map(len, tries), default=0)):
        yield from (attempts[stage] for attempts in tries if stage < len(attempts))


def _reductions(first: list[Attempt], vocabulary: Vocabulary) -> Iterator[Attempt]:
    for attempt in first:
        if attempt.minimum:
            *_, corrected = attempt, *repaired(attempt=attempt, vocabulary=vocabulary)
            yield from shortened(attempt=corrected if not corrected.sure else attempt, vocabulary=vocabulary)


def _first_found(best: Finding, tried: Iterator[Attempt], engine: Engine) -> Finding:
    for attempt in tried:
        found = _ranked(attempt, engine.retrieve(attempt))
        if found.ranked and _is_convincing(found):
            return found
    return best


def _is_convincing(found: Finding) -> bool:
    """Words read otherwise than typed must stand together: a guess in a name, other marks in one field."""
    best = found.ranked[0]
    if found.attempt.sure:
        return best.required_in_name > 0
    return (
        Step.MARKS_IGNORED not in found.attempt.steps
        or best.required_in_one_field > 0
        or _is_shortened(found)
    )


def _is_shortened(found: Finding) -> bool:
    return bool({Step.SPELLING, Step.SOME_WORDS, Step.DROPPED_WORD} & set(found.attempt.steps))


def _better(best: Finding, attempt: Attempt, engine: Engine) -> Finding:
    retrieved = engine.retrieve(attempt)
    return _ranked(attempt, retrieved) if retrieved.total > best.total else best


def corrected_text(finding: Finding) -> str:
    """The words as the best product spells them, where any were repaired; '' where none were."""
    steps = finding.attempt.steps
    if not finding.ranked or not {Step.SPELLING, Step.KEYBOARD} & set(steps):
        return ""
    best = finding.ranked[0]
    name = tokenise(best.candidate.name)
    placed = zip(finding.attempt.groups, best.positions, strict=True)
    words = [(group, position) for group, position in placed if not _is_taken_apart(group)]
    typed_as = " ".join(group.words for group, _ in words)
    spelled = " ".join(_spelled(group, name, position) for group, position in words)
    return spelled if Step.KEYBOARD in steps or fold(spelled) != fold(typed_as) else ""


def _is_taken_apart(group: TermGroup) -> bool:
    """A phrase whose words follow, each for itself."""
    return not group.required and len(group.alternatives[0].terms) > 1


def _spelled(group: TermGroup, name: Phrase, position: int) -> str:
    """The name's word in place of a misspelt one; synonyms and words as typed stay."""
    if position < 0 or len(group.alternatives[0].terms) > 1:
        return group.words
    found, typed_as = name[position], group.alternatives[0].terms[0]
    repaired_as = {
        one.terms[0].folded
        for one in group.alternatives
        if len(one.terms) == 1 and one.terms[0].exact is None
    }
    return found.written if found.folded in repaired_as - {typed_as.folded} else group.words


def _is_named(finding: Finding) -> bool:
    return bool(finding.ranked) and finding.ranked[0].whole_name


def _ranked(attempt: Attempt, retrieved: Retrieved) -> Finding:
    ranked = rank(candidates=retrieved.candidates, groups=attempt.groups)
    return Finding(attempt, retrieved.total, tuple(ranked))


def _named(best: Finding, text: Attempt, engine: Engine) -> Finding | None:
    """The reading as text, if it names a product that the first reading's filter hides."""
    found = _ranked(text, engine.retrieve(text))
    shown = {entry.candidate.id for entry in best.ranked}
    return found if _is_named(found) and found.ranked[0].candidate.id not in shown else None
