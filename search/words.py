"""How texts become postings, and names an order: pure functions of a document, without Django."""

from collections.abc import Iterator

from search.text.tokens import field, fold

LONGEST = 64
"""Letters of a word that are kept; longer ones are cut alike in the index and in queries."""

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SIGNS = {letter: place for place, letter in enumerate(_LETTERS, 1)}
_LETTERS_IN_ORDER = 12


def postings(texts: tuple[str, ...]) -> Iterator[tuple[str, str, int, int]]:
    """Folded word, exact word, number of the text, and first place in it; each exact word once a text."""
    for number, text in enumerate(texts):
        analysed = field(text)
        for exact, places in analysed.exact_at.items():
            yield analysed.folded[places[0]][:LONGEST], exact[:LONGEST], number, places[0]


def name_order(name: str) -> int:
    """The first letters of the folded name as one number, since every database sorts texts its own way."""
    order = 0
    for letter in fold(name)[:_LETTERS_IN_ORDER].ljust(_LETTERS_IN_ORDER):
        order = order * (len(_LETTERS) + 1) + _SIGNS.get(letter, 0)
    return order


def name_size(name: str) -> int:
    """How many words the name has."""
    return field(name).size


def spaced(text: str) -> str:
    """The folded words of a text, each between single spaces."""
    return f" {fold(text)} "
