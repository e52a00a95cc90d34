"""Tokens: what is compared. A number and its unit are two tokens, so "500ml" equals "500 ml"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from search.text.letters import clean, exact_form, folded_form, has_marks

MAX_TEXT = 2000
MAX_TOKENS = 60
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


@lru_cache(maxsize=65536)
def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; at most MAX_TOKENS of the first MAX_TEXT characters."""
    words = _WORD.findall(clean(text[:MAX_TEXT]))[:MAX_TOKENS]
    return tuple(_token(word) for word in words)


@lru_cache(maxsize=65536)
def _token(written: str) -> Token:
    plain = written.replace("'", "").replace(",", ".")
    return Token(written, exact_form(plain), folded_form(plain))


def fold(text: str) -> str:
    """A text as its folded tokens with single spaces."""
    return " ".join(token.folded for token in tokenise(text))


def folded_key(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokenise(text))


class Field:
    """An analysed text: where each exact and folded form stands first."""

    __slots__ = ("exact", "exact_at", "folded", "folded_at", "size")

    def __init__(self, text: str) -> None:
        tokens = tokenise(text)
        self.exact = tuple(token.exact for token in tokens)
        self.folded = tuple(token.folded for token in tokens)
        self.exact_at = _positions(self.exact)
        self.folded_at = _positions(self.folded)
        self.size = len(tokens)


def _positions(forms: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for position, form in enumerate(forms):
        found[form] = (*found.get(form, ()), position)
    return found


@lru_cache(maxsize=65536)
def field(text: str) -> Field:
    return Field(text)
