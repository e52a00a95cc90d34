"""Finding: the attempts on an engine until enough is found, then the ranker's order.

1. every reading as typed, until one finds three; a product named exactly like the text beats a
   place filter that would hide it
2. if nothing is found: marks and spelling, for every reading
3. if still nothing is found: fewer words, the first reading first
4. if less than three are found: behind them what holds fewer of the words

What an attempt finds has to be convincing (`_is_convincing`): words scattered over a description, or
read otherwise than typed, are no answer as long as there may be a better one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from search.knowledge import Knowledge
from search.query import Place, ProductQuery, Sort, TermGroup
from search.ranking import FIRST_PAGE, Candidate, Ranked, rank
from search.relaxation import ENOUGH, Attempt, reduced, repaired, shortened, typed, widened
from search.result import Step
from search.text.lexicon import Phrase
from search.text.telex import decode_text
from search.text.tokens import fold, tokenise
from search.understanding import understand
from search.vocabulary import Vocabulary

HALF = 0.5
SOUNDS_ALIKE = 0.6
"""What a word is worth that was typed with marks and sounds like the name's; without marks one letter may differ."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Up to 200 candidates of `total`, those with the most found first.

    Where there are none, `hidden` counts those held back before the 18+ statement whose name has the words.
    """

    total: int
    candidates: tuple[Candidate, ...]
    hidden: int = 0


class Engine(Protocol):
    """Where candidates, pages and counts come from; one answers one search. `retrieve` is called several times.

    `expect` names attempts that are likely to follow, so that an engine can read for all of them at once. A page is
    behind `after`, where that is given; that place is also number `start`.
    """

    name: str

    def expect(self, attempts: Sequence[Attempt]) -> None: ...

    def retrieve(self, attempt: Attempt) -> Retrieved: ...

    def page(
        self, attempt: Attempt, *, sort: Sort, start: int, size: int, after: Place | None = None
    ) -> list[Place]: ...

    def facets(self, attempt: Attempt) -> dict[str, dict[str, int]]: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """The attempt that answered, how many there are, and the candidates in order.

    `exact` of them, in front, hold all the words; `hidden` are held back before the 18+ statement.
    """

    attempt: Attempt
    total: int
    ranked: tuple[Ranked, ...]
    exact: int = 0
    hidden: int = 0


def find(*, query: ProductQuery, engine: Engine, knowledge: Knowledge) -> Finding:
    """Answer the query.

    A text that finds nothing is read once more with its VNI digits as marks, or with the words taken apart
    that are run together.
    """
    best = _find(query, engine, knowledge)
    if query.as_typed:
        return best
    meant = decode_text(query.text) if not best.total or best.attempt.steps else query.text
    if meant != query.text:
        decoded = _find(replace(query, text=meant), engine, knowledge)
        if (decoded.total or decoded.hidden) and not decoded.attempt.steps:
            return replace(decoded, attempt=replace(decoded.attempt, steps=(Step.KEYBOARD,)))
    apart = "" if best.total or best.hidden else knowledge.vocabulary.spread(tokenise(query.text))
    return _find(replace(query, text=apart), engine, knowledge) if apart else best


def _find(query: ProductQuery, engine: Engine, knowledge: Knowledge) -> Finding:
    vocabulary = knowledge.vocabulary
    understanding = understand(query=query, gazetteer=knowledge.gazetteer, lexicon=knowledge.lexicon)
    first = [typed(reading=reading, vocabulary=vocabulary) for reading in understanding.readings]
    engine.expect(first)
    best = _as_typed(first, engine)
    if understanding.names_first:
        best = _named(best, first[1], engine) or best
    if best.total or best.hidden:
        return _extended(_meant(best, first, engine, vocabulary), engine)
    if understanding.anything:
        anything = typed(reading=understanding.anything, vocabulary=vocabulary)
        return _spare(first, engine) or _ranked(anything, engine)
    return _otherwise(best, first, engine, vocabulary)


def _as_typed(first: list[Attempt], engine: Engine) -> Finding:
    """The first reading that finds something, narrow before wide.

    A specialty place's words that find less than three give way to its province if that finds as many.
    What only a visitor of 18 may see is found too: no other reading is looked for. What the descriptions of one
    place's goods mention is no answer where other places may make it.
    """
    best = _ranked(first[0], engine)
    here = [attempt for attempt in first if not _is_elsewhere(attempt)]
    for at, attempt in enumerate(here):
        gives_way = Step.WORDS_AS_PLACE in attempt.steps and best.total < ENOUGH and not _is_named(best)
        if at and (not best.total or gives_way):
            best = _better(best, attempt, engine, least=best.total)
        if not at and best.hidden and not best.total:
            return best
        if attempt.minimum and best.total < (1 if at else ENOUGH):
            wide = _better(best, widened(attempt=attempt), engine)
            elsewhere = wide.ranked and wide.ranked[0].described and len(here) < len(first)
            best = best if elsewhere else wide
    return best


def _meant(best: Finding, first: list[Attempt], engine: Engine, vocabulary: Vocabulary) -> Finding:
    """What stands scattered over descriptions gives way to a name that holds the words but for one letter."""
    first_of_all = best.ranked[:ENOUGH] if best.attempt.wide else ()
    if not first_of_all or any(entry.required_together or not entry.described for entry in first_of_all):
        return best
    here = [attempt for attempt in first if not _is_elsewhere(attempt)]
    tried = (_ranked(attempt, engine) for attempt in _repairs(here, engine, vocabulary) if not attempt.wide)
    return next((found for found in tried if found.ranked and _is_in_one_name(found.ranked[0])), best)


def _is_in_one_name(best: Ranked) -> bool:
    return best.required_in_name >= SOUNDS_ALIKE and best.neighbours == 1


def _otherwise(best: Finding, first: list[Attempt], engine: Engine, vocabulary: Vocabulary) -> Finding:
    """Other spellings, then other places, then fewer words, then what was not convincing."""
    here = [attempt for attempt in first if not _is_elsewhere(attempt)]
    elsewhere = [attempt for attempt in first if _is_elsewhere(attempt)]
    found = (
        _first_convincing(_repairs(here, engine, vocabulary), engine)
        or _first_convincing(_reductions(here, vocabulary, Step.SPELLING), engine)
        or _first_convincing(_reductions(here, vocabulary, Step.SOME_WORDS), engine)
        or _first_convincing(_both(elsewhere), engine)
        or _first_convincing(_reductions(here, vocabulary, Step.DROPPED_WORD), engine)
        or _first_convincing(_repairs(elsewhere, engine, vocabulary), engine)
        or _first_convincing(_reductions(elsewhere, vocabulary, Step.SOME_WORDS), engine)
        or _first_convincing(_reductions(elsewhere, vocabulary, Step.DROPPED_WORD), engine)
        or _first_convincing(_reductions(first, vocabulary, Step.MARKS_IGNORED), engine)
        or _spare(first, engine)
        or best
    )
    return _extended(found, engine)


def _repairs(first: list[Attempt], engine: Engine, vocabulary: Vocabulary) -> Iterator[Attempt]:
    tries = [list(repaired(attempt=attempt, vocabulary=vocabulary)) for attempt in first if attempt.minimum]
    engine.expect([attempt for attempts in tries for attempt in attempts if not attempt.wide])
    for stage in range(max(map(len, tries), default=0)):
        yield from (attempts[stage] for attempts in tries if stage < len(attempts))


def _both(attempts: list[Attempt]) -> Iterator[Attempt]:
    for attempt in attempts:
        yield attempt
        yield widened(attempt=attempt)


def _is_elsewhere(attempt: Attempt) -> bool:
    return Step.OTHER_PLACES in attempt.steps


def _reductions(attempts: list[Attempt], vocabulary: Vocabulary, step: Step) -> Iterator[Attempt]:
    for attempt in sorted(attempts, key=lambda attempt: Step.WORDS_AS_PLACE not in attempt.steps):
        if Step.PLACE_AS_TEXT not in attempt.steps:
            yield from reduced(attempt=attempt, vocabulary=vocabulary, step=step)


def _spare(first: list[Attempt], engine: Engine) -> Finding | None:
    """What the words find in descriptions, convincing or not."""
    wide = (widened(attempt=attempt) for attempt in first if attempt.minimum)
    tried = (_ranked(attempt, engine) for attempt in wide if Step.PLACE_AS_TEXT not in attempt.steps)
    return next((found for found in tried if found.total), None)


def _extended(best: Finding, engine: Engine) -> Finding:
    """Behind less than three, or a few that descriptions had to add, what holds fewer of the words."""
    enough = FIRST_PAGE if best.attempt.wide else ENOUGH
    if not 0 < best.total < enough:
        return best
    longer = best
    for attempt in shortened(attempt=best.attempt):
        if longer.total < ENOUGH or longer is best:
            found = _ranked(attempt, engine, ahead=best)
            longer = found if found.total > longer.total else longer
    return longer


def _first_convincing(tried: Iterator[Attempt], engine: Engine) -> Finding | None:
    return next(
        (found for found in (_ranked(attempt, engine) for attempt in tried) if _is_convincing(found)), None
    )


def _is_convincing(found: Finding) -> bool:
    """Whether the best one holds the words as they were meant.

    Words read otherwise than typed must stand together, a guess in a name; what only descriptions add,
    or a place's words as text, in one text, or the first of them in the name.
    """
    if not found.ranked:
        return found.total > 0 and not found.attempt.groups  # a list's page behind the ranked
    best, attempt = found.ranked[0], found.attempt
    if attempt.sure:
        return best.required_in_name > 0 and best.neighbours >= HALF
    if _is_shortened(attempt):
        together = best.neighbours > 0 or best.required_together > 0
        return together or (best.name_covered > 0 and Step.SPELLING not in attempt.steps)
    if Step.PLACE_AS_TEXT in attempt.steps:
        return best.required_in_one_field > 0 and not attempt.wide
    return _is_close(best, attempt)


def _is_close(best: Ranked, attempt: Attempt) -> bool:
    """Whether the words stand near enough to each other for the way they were read."""
    misread = {Step.SPELLING, Step.MARKS_IGNORED} & set(attempt.steps)
    if attempt.minimum < 2:
        return not (misread and attempt.minimum) or best.required_in_name > 0
    one_field, begins = best.required_in_one_field > 0, best.head_first > 0
    if best.required_together > 0 or not (misread or attempt.wide):
        return True
    if misread:
        return (one_field and Step.SPELLING not in misread) or (begins and best.neighbours > 0)
    return begins or one_field


def _is_shortened(attempt: Attempt) -> bool:
    return bool({Step.SOME_WORDS, Step.DROPPED_WORD} & set(attempt.steps))


def _better(best: Finding, attempt: Attempt, engine: Engine, *, least: int = 0) -> Finding:
    """What the attempt finds, if that is more (or at least `least`) and convincing, with the best so far in front."""
    found = _ranked(attempt, engine, ahead=best)
    more = found.total > best.total or 0 < least <= found.total
    if more and (best.total or _is_convincing(found)):
        return found
    return best


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


def _ranked(attempt: Attempt, engine: Engine, *, ahead: Finding | None = None) -> Finding:
    """The attempt's answer; what is found ahead of it stays in front, unless words are scattered over its texts."""
    retrieved = engine.retrieve(attempt)
    found = ahead.ranked if ahead else ()
    front = frozenset(entry.candidate.id for entry in found if entry.required_together or not entry.described)
    ranked = rank(candidates=retrieved.candidates, groups=attempt.groups, front=front)
    exact = len(front) if _is_shortened(attempt) else retrieved.total
    return Finding(attempt, retrieved.total, tuple(ranked), exact, retrieved.hidden)


def _named(best: Finding, text: Attempt, engine: Engine) -> Finding | None:
    """The reading as text, if it names a product that the first reading's filter hides."""
    found = _ranked(text, engine)
    shown = {entry.candidate.id for entry in best.ranked}
    return found if _is_named(found) and found.ranked[0].candidate.id not in shown else None
