"""Groups: a query's tokens as what has to be found, each word with its synonyms.

Pure Python; the roles of the tokens are given by `search.understanding`.
"""

from collections.abc import Sequence
from enum import StrEnum

from search.query import Alternative, Term, TermGroup
from search.text.lexicon import MAX_PHRASE, Lexicon, Phrase, Sense, key_of
from search.text.tokens import Token

UNMARKED_SYNONYM = 0.8
"""A synonym of a word typed without its marks, which may be another word, counts this much."""


class Role(StrEnum):
    """What a token is for: text must be found, stop words, sizes and places only help."""

    TEXT = "text"
    STOP = "stop"
    SIZE = "size"
    PLACE = "place"
    GONE = "gone"


_OPTIONAL_WEIGHTS = {Role.STOP: 0.2, Role.SIZE: 0.5, Role.PLACE: 0.5}


def build_groups(tokens: Phrase, roles: Sequence[Role], lexicon: Lexicon) -> tuple[TermGroup, ...]:
    """One group per word or known phrase, in the order of the text; tokens with GONE left out."""
    marked = any(token.marked for token in tokens)
    groups: list[TermGroup] = []
    at = 0
    while at < len(tokens):
        found = _senses_at(tokens, roles, at, lexicon) if roles[at] is Role.TEXT else []
        size = len(found[0].trigger) if found else 1
        if roles[at] is not Role.GONE:
            groups.append(_group(tokens[at : at + size], found, roles[at], marked=marked))
        at += size
    return tuple(groups)


def phrase_size(tokens: Phrase, at: int, lexicon: Lexicon) -> int:
    """How many tokens the longest phrase of several words takes that the lexicon knows at this place."""
    found = _senses_at(tokens, [Role.TEXT] * len(tokens), at, lexicon)
    size = len(found[0].trigger) if found else 0
    return size if size > 1 else 0


def _senses_at(tokens: Phrase, roles: Sequence[Role], at: int, lexicon: Lexicon) -> list[Sense]:
    """The senses of the longest known phrase at this place, unless its neighbours forbid them."""
    for size in range(min(MAX_PHRASE, len(tokens) - at), 0, -1):
        piece = tokens[at : at + size]
        if any(role is not Role.TEXT for role in roles[at : at + size]):
            continue
        found = [sense for sense in lexicon.senses.get(key_of(piece), ()) if _is_meant(sense, tokens, at)]
        if found:
            return found
    return []


def _is_meant(sense: Sense, tokens: Phrase, at: int) -> bool:
    end = at + len(sense.trigger)
    for typed, word in zip(tokens[at:end], sense.trigger, strict=True):
        if typed.exact != word.exact and (typed.marked or not sense.unmarked):
            return False
    following = any(key_of(tokens[end : end + len(key)]) == key for key in sense.not_before)
    preceding = any(key_of(tokens[max(0, at - len(key)) : at]) == key for key in sense.not_after)
    return not following and not preceding


def _group(piece: Phrase, found: list[Sense], role: Role, *, marked: bool) -> TermGroup:
    typed = Alternative(tuple(_typed_term(token) for token in piece))
    others = [alternative for sense in found for alternative in _others(piece, sense)]
    return TermGroup(
        words=" ".join(token.written for token in piece),
        alternatives=(typed, *dict.fromkeys(others)),
        required=role is Role.TEXT,
        weight=_OPTIONAL_WEIGHTS.get(role, 1.0),
        preferred=tuple(token.exact for token in piece) if marked else (),
    )


def _typed_term(token: Token) -> Term:
    return Term(token.folded, token.exact if token.marked else None)


def _others(piece: Phrase, sense: Sense) -> list[Alternative]:
    """Synonyms are meant with their marks, whether or not the query has any."""
    unsure = any(typed.exact != word.exact for typed, word in zip(piece, sense.trigger, strict=True))
    weight = sense.weight * (UNMARKED_SYNONYM if unsure else 1)
    return [
        Alternative(
            tuple(Term(word.folded, word.exact) for word in other), weight, sense.not_before, sense.not_after
        )
        for other in sense.others
    ]
