"""Marks in a product's own name what was looked for: "che" marks "Chè". The same for every engine."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.matching import match_group
from search.query import TermGroup
from search.text.tokens import field, spans


def marked(title: str, groups: Sequence[TermGroup]) -> SafeString:
    """The title as HTML; words that stand beside one another share one mark."""
    places = spans(title)
    parts, done = [], 0
    for first, last in _runs(sorted(_positions(title, groups))) if places else ():
        start, end = places[first][0], places[last][1]
        parts.append((title[done:start], title[start:end]))
        done = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), title[done:])


def _positions(title: str, groups: Iterable[TermGroup]) -> set[int]:
    """Which of the title's words the groups are found by."""
    words = field(title)
    found = (match_group(group, words, scattered=True) for group in groups)
    return {at for strength, first, size in found if strength for at in range(first, first + size)}


def _runs(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    first = last = -2
    for at in positions:
        if at != last + 1:
            if last >= 0:
                yield first, last
            first = at
        last = at
    if last >= 0:
        yield first, last
