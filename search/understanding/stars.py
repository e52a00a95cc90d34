"""Stars in a query: "5 sao", "4-5 sao", "từ 4 sao", "bốn sao trở lên"."""

from search.text.lexicon import Phrase
from search.understanding.words import Found, keys, size_at

STARS = range(3, 6)
_SIGNS = {"sao", "*", "star", "stars"}
_WORDS = {"ba": 3, "bốn": 4, "năm": 5}
_UPWARD = keys("tro len", "len", "+")


def find_stars(tokens: Phrase) -> Found | None:
    for index in range(1, len(tokens)):
        high = _star(tokens, index - 1) if tokens[index].folded in _SIGNS else None
        if high is None:
            continue
        low = _star(tokens, index - 2)
        if low is not None and low < high:
            return Found(index - 2, index + 1, tuple(range(low, high + 1)))
        return _open_upwards(tokens, index - 1, index + 1, high)
    return None


def _star(tokens: Phrase, index: int) -> int | None:
    if index < 0:
        return None
    token = tokens[index]
    value = int(token.written) if token.written in "12345" else _WORDS.get(token.exact)
    return value if value in STARS else None


def _open_upwards(tokens: Phrase, start: int, end: int, star: int) -> Found:
    after = size_at(tokens, end, _UPWARD)
    before = int(start > 0 and tokens[start - 1].folded == "tu")
    stars = tuple(range(star, STARS.stop)) if after or before else (star,)
    return Found(start - before, end + after, stars)
