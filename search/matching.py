"""Matching: whether and where the alternatives of a group stand in an analysed text."""

from collections.abc import Collection

from search.query import Alternative, Term, TermGroup
from search.text.lexicon import Key
from search.text.tokens import Field

SCATTERED = 0.5
"""Words of one phrase that stand apart count half, and in a name only."""
OTHER_MARKS = 0.8
"""A word typed without marks in a query that has some, met with marks."""

Match = tuple[float, int, int]
"""Strength from 0 to 1, first position, number of tokens; strength 0 for no match."""
NOTHING: Match = (0.0, -1, 0)


def match_group(group: TermGroup, field: Field, *, sure: bool = False, scattered: bool = False) -> Match:
    """The strongest match of the group's alternatives; with `sure` of those that are no guesses.

    `scattered`: the words of a phrase may stand apart.
    """
    best = NOTHING
    for alternative in group.alternatives:
        if alternative.weight > best[0] and not (sure and alternative.guess):
            found = match_alternative(alternative, field, group.preferred, scattered=scattered)
            if found[0] > best[0]:
                best = found
    return best


def match_alternative(
    alternative: Alternative, field: Field, preferred: tuple[str, ...] = (), *, scattered: bool = False
) -> Match:
    terms = alternative.terms
    positions = _positions(terms[0], field)
    if not positions:
        return NOTHING
    if len(terms) > 1:
        return _phrase(alternative, field, positions, scattered=scattered)
    if alternative.not_before or alternative.not_after:
        positions = tuple(at for at in positions if _is_allowed(alternative, field, at, 1))
        if not positions:
            return NOTHING
    return _preferred(alternative, field, positions, preferred)


def _preferred(
    alternative: Alternative, field: Field, positions: tuple[int, ...], preferred: tuple[str, ...]
) -> Match:
    if terms_are_free(alternative) and len(preferred) == 1:
        for at in positions:
            if field.exact[at] == preferred[0]:
                return (alternative.weight, at, 1)
        return (alternative.weight * OTHER_MARKS, positions[0], 1)
    return (alternative.weight, positions[0], 1)


def terms_are_free(alternative: Alternative) -> bool:
    return alternative.terms[0].exact is None


def _positions(term: Term, field: Field) -> tuple[int, ...]:
    return field.folded_at.get(term.folded, ()) if term.exact is None else field.exact_at.get(term.exact, ())


def _phrase(alternative: Alternative, field: Field, positions: tuple[int, ...], *, scattered: bool) -> Match:
    terms = alternative.terms
    others = [_positions(term, field) for term in terms[1:]]
    if not all(others):
        return NOTHING
    size = len(terms)
    for at in positions:
        together = all(at + offset in places for offset, places in enumerate(others, 1))
        if together and _is_allowed(alternative, field, at, size):
            return (alternative.weight, at, size)
    if alternative.run_together or not scattered:
        return NOTHING
    return (alternative.weight * SCATTERED, positions[0], 1)


def _is_allowed(alternative: Alternative, field: Field, at: int, size: int) -> bool:
    return not (
        _stands(alternative.not_before, field, at + size, ahead=True)
        or _stands(alternative.not_after, field, at, ahead=False)
    )


def _stands(keys: Collection[Key], field: Field, at: int, *, ahead: bool) -> bool:
    for key in keys:
        piece = field.folded[at : at + len(key)] if ahead else field.folded[max(0, at - len(key)) : at]
        if piece == key:
            return True
    return False
