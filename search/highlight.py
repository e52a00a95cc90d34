"""Marks in a product's own name what was looked for: "che" marks "Chè". The same for every engine."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.matching import match_group
from search.query import TermGroup
from search.text.tokens import field, spans


def marked(title: str, groups: Sequence[TermGroup]) -> SafeString:
    """The title as HTML; words with nothing but space between them share one mark."""
    parts, done = [], 0
    for start, end in _stretches(title, groups):
        parts.append((title[done:start], title[start:end]))
        done = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), title[done:])


def _stretches(title: str, groups: Iterable[TermGroup]) -> list[tuple[int, int]]:
    """Where the words that the groups are found by begin and end."""
    words, places = field(title), spans(title)
    found = (match_group(group, words, scattered=True) for group in groups)
    positions = {at for strength, first, size in found if strength for at in range(first, first + size)}
    stretches: list[tuple[int, int]] = []
    for start, end in (places[at] for at in sorted(positions) if at < len(places)):
        joins = stretches and not title[stretches[-1][1] : start].strip()
        stretches.append((stretches.pop()[0] if joins else start, end))
    return stretches
