"""Says in words why a product stands where it does in a search, or why it is not there. For the command line."""

from collections.abc import Iterable, Iterator

from search.engines.filters import chosen
from search.finding import Finding
from search.matching import match_group
from search.models import Entry, EntryText
from search.ranking import FIRST_PAGE, MOST_OF_ONE_PRODUCER, MOST_RANKED, Ranked
from search.result import Promotion
from search.text.tokens import field

TEXTS = {
    "name": "name",
    "producer": "producer",
    "places": "place",
    "category": "set",
    "description": "description",
}
"""The texts of a product in the order in which they count, and what they are called."""


def explain(found: Finding, key: int, promoted: Iterable[Promotion] = ()) -> list[str]:
    """Sentences about the product with this key in what was found, and whether staff put it in front of that."""
    put = [f"Staff put it in front of this search: {one.reason}" for one in promoted if one.product_id == key]
    return [*put, *_ranked(found, key)]


def _ranked(found: Finding, key: int) -> list[str]:
    entry = Entry.objects.select_related("text").filter(pk=key).first()
    if entry is None:
        return [f"No listed product has the number {key}."]
    place = next((at for at, one in enumerate(found.ranked, 1) if one.candidate.id == key), 0)
    words = list(_words(found, entry.text))
    if not place:
        return [*_absent(found, entry), *words]
    ranked = found.ranked[place - 1]
    return [
        f"Place {place} of {found.total}, with {ranked.score:.2f} points.",
        *words,
        *_reasons(ranked),
        *_moved(found.ranked, place),
    ]


def _absent(found: Finding, entry: Entry) -> Iterator[str]:
    query = found.attempt.query
    if entry.adult and not query.adult:
        yield "It is held back: it is for visitors of 18 and over (--adult)."
    missed = [
        facet
        for facet, part in chosen(query).items()
        if part and not Entry.objects.filter(part, pk=entry.pk).exists()
    ]
    if missed:
        yield f"It is not found: what the search asks of {', '.join(missed)} leaves it out."
    elif found.total > MOST_RANKED:
        yield f"It is not among the first {MOST_RANKED}, which are all that is ranked."
    else:
        yield "It is not found by the words of this search."


def _words(found: Finding, text: EntryText) -> Iterator[str]:
    """Where each word is found best; sets and descriptions are looked into only where names do not suffice."""
    for group in found.attempt.groups:
        matches = {
            name: match_group(group, field(getattr(text, name)), scattered=name == "name")[0]
            for name in TEXTS
        }
        best = next((name for name in TEXTS if matches[name]), None)
        need = "" if group.required else " (it need not be)"
        if best is None:
            yield f"“{group.words}” is not found{need}."
        else:
            exactly = "as typed" if matches[best] >= 1 else f"by another form, for {matches[best]:.2f}"
            yield f"“{group.words}” is found in its {TEXTS[best]}, {exactly}{need}."


def _reasons(ranked: Ranked) -> Iterator[str]:
    if ranked.whole_name:
        yield "The search is its whole name."
    elif ranked.name_covered:
        yield f"The search covers {ranked.name_covered:.0%} of its name."
    if ranked.in_a_row >= 1 and len(ranked.positions) > 1:
        yield "The words stand in its name in the same order, side by side."
    if ranked.head_first:
        yield "Its name begins with what was asked for."
    if ranked.positions and not ranked.required_in_one_field:
        yield "No single text of it holds all the words, which costs points."
    if ranked.required_found < 1:
        yield f"It lacks words: {ranked.required_found:.0%} of them are found, which costs most points."
    star = ranked.candidate.star
    yield f"It has {star} stars today, a small boost." if star else "It has no star today."
    if ranked.candidate.in_stock:
        yield "It is in stock, a small boost."
    if ranked.candidate.opinion:
        yield f"Buyers' points move it by {ranked.candidate.opinion / 100:+.0%} of the small boost for opinions."


def _moved(ranked: Iterable[Ranked], place: int) -> Iterator[str]:
    """Whether somebody with fewer points stands before it."""
    ordered = list(ranked)
    own = ordered[place - 1]
    if any(one.score < own.score for one in ordered[: place - 1]):
        yield (
            f"It stands behind products with fewer points: the first {FIRST_PAGE} show at most"
            f" {MOST_OF_ONE_PRODUCER} of one producer, and what holds all words comes first."
        )
