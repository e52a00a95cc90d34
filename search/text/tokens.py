"""Tokens: what is compared. A number and its unit are two tokens, so "500ml" equals "500 ml".

What was analysed is kept: words, short texts, and far fewer long ones, together about 40 MB when full. What only
visitors type, long texts and words no language has, is not kept by `tokenise`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.text.letters import clean, exact_form, folded_form, has_marks

MAX_TEXT = 2000
MAX_TOKENS = 60
SHORT_TEXT, SHORT_WORD = 200, 24
KEPT_WORDS, KEPT_SHORT, KEPT_LONG = 16_384, 16_384, 2_048
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%*]")


@dataclass(frozen=True, slots=True)
class Token:
    """One syllable or number: as written (lower-case NFC), with marks, and without."""

    written: str
    exact: str
    folded: str

    @property
    def marked(self) -> bool:
        return has_marks(self.exact)

    @property
    def is_number(self) -> bool:
        return self.written[0].isdecimal()


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; at most MAX_TOKENS of the first MAX_TEXT characters."""
    return _tokens_of_short(text) if len(text) <= SHORT_TEXT else _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    words = _WORD.findall(clean(text[:MAX_TEXT]))[:MAX_TOKENS]
    return tuple(_kept_token(word) if len(word) <= SHORT_WORD else _token(word) for word in words)


def spans(text: str) -> list[tuple[int, int]]:
    """Where each token begins and ends in the text itself, in the order of `tokenise`; none where cleaning moves letters."""
    cleaned = clean(text[:MAX_TEXT])
    if len(cleaned) != len(text[:MAX_TEXT]):
        return []
    return [found.span() for found in _WORD.finditer(cleaned)][:MAX_TOKENS]


_tokens_of_short = lru_cache(maxsize=KEPT_SHORT)(_tokens)


def _token(written: str) -> Token:
    plain = written.replace("'", "").replace(",", ".")
    return Token(written, exact_form(plain), folded_form(plain))


_kept_token = lru_cache(maxsize=KEPT_WORDS)(_token)


def fold(text: str) -> str:
    """A text as its folded tokens with single spaces."""
    return " ".join(token.folded for token in tokenise(text))


def folded_key(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenise(text))


class Field:
    """An analysed text: where each exact and folded form stands first."""

    __slots__ = ("exact", "exact_at", "folded", "folded_at", "size")

    def __init__(self, text: str) -> None:
        tokens = _tokens(text)
        self.exact = tuple(token.exact for token in tokens)
        self.folded = tuple(token.folded for token in tokens)
        self.exact_at = _positions(self.exact)
        self.folded_at = _positions(self.folded)
        self.size = len(tokens)


_FIRST = tuple((at,) for at in range(MAX_TOKENS))
"""Most words stand in a text once: their places are shared by all texts."""


def _positions(forms: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for position, form in enumerate(forms):
        found[form] = (*found[form], position) if form in found else _FIRST[position]
    return found


def field(text: str) -> Field:
    return _short_field(text) if len(text) <= SHORT_TEXT else _long_field(text)


_short_field = lru_cache(maxsize=KEPT_SHORT)(Field)
_long_field = lru_cache(maxsize=KEPT_LONG)(Field)
