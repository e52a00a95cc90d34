"""What a list shows instead when nothing fits: what the text may have meant, the groups of goods, and the best."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from catalogue.cards import cards
from catalogue.ocop import CERTIFIED_FROM
from search.names import NameBook
from search.query import ProductQuery, Sort
from search.shelves import Wish, shelves
from search.text.tokens import Token, tokenise
from search.vocabulary import Vocabulary

SHOWN = 5
MOST_MEANT = 4
ALIKE = 0.7
SHORTEST = 3
"""Letters a word needs to be like another one."""
MOST_UNKNOWN = 4
"""A text with more words that nobody knows is not guessed at."""

Link = dict[str, str]


def instead(asked: ProductQuery, names: NameBook) -> dict[str, Any]:
    """`suggestions` (label, url) and `rail` (title, cards, more_url, more_label) of templates/search/_nothing.html."""
    browse = reverse("search:browse")
    (best,) = shelves([Wish(least_star=CERTIFIED_FROM)], day=asked.day, adult=asked.adult, most=SHOWN)
    return {
        "suggestions": [
            {"label": group.local, "url": f"{browse}?nhom={group.slug}"}
            for group in names.categories
            if group.code.startswith("group-")
        ],
        "rail": {
            "title": _("Sản phẩm nhiều sao"),
            "cards": cards([found.id for found in best], day=asked.day),
            "more_url": f"{browse}?sap_xep={Sort.STARS}",
            "more_label": _("Xem tất cả"),
        },
    }


def meant(text: str, vocabulary: Vocabulary, names: NameBook) -> list[Link]:
    """Searches, places and sets that the text may have meant: `label`, `url`, `local` if in the visitor's language."""
    tokens = tokenise(text)
    unknown = [token for token in tokens if not vocabulary.knows(token.folded)]
    if not 0 < len(unknown) <= MOST_UNKNOWN:
        return []
    pieces = dict.fromkeys(["".join(token.folded for token in tokens), *(token.folded for token in unknown)])
    return [*_reworded(tokens, vocabulary), *_named(pieces, names)][:MOST_MEANT]


def _reworded(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[Link]:
    """The text with known words alone: the nearest ones stand for the unknown."""
    words = [
        token.written if vocabulary.knows(token.folded) else _nearest(token.folded, vocabulary)
        for token in tokens
    ]
    if text := " ".join(filter(None, words)):
        yield {"label": text, "url": f"{reverse('search:search')}?{urlencode({'q': text})}"}


def _nearest(word: str, vocabulary: Vocabulary) -> str:
    for known, _weight in vocabulary.neighbours(word):
        return known
    near = [known for known in vocabulary.counts if known[0] == word[0] and abs(len(known) - len(word)) <= 2]
    return next(iter(_alike(word, near)), "")


def _named(pieces: Iterable[str], names: NameBook) -> Iterator[Link]:
    """Provinces, former provinces and groups, classes and sets."""
    links: dict[str, Link] = {}
    for link in _links(names):
        links.setdefault("".join(token.folded for token in tokenise(link["label"])), link)
    found = dict.fromkeys(name for piece in pieces for name in _alike(piece, links))
    yield from (links[name] for name in found)


def _links(names: NameBook) -> Iterator[Link]:
    for place in (*names.provinces, *names.former):
        yield {"label": place.name, "url": reverse("places:province", kwargs={"slug": place.slug})}
    for category in names.categories:
        url = f"{reverse('search:browse')}?nhom={category.slug}"
        yield {"label": category.local, "url": url, "local": "1"}


def _alike(word: str, known: Iterable[str]) -> list[str]:
    return get_close_matches(word, known, n=2, cutoff=ALIKE) if len(word) >= SHORTEST else []
