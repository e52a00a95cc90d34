"""Which products the blocks of a page show, found at the moment of viewing: one query for all rails of a page."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from catalogue.cards import Card, cards
from marketplace import clock
from producers.models import Producer
from search.shelves import Found, Wish, shelves

RAIL = 5
PRODUCER_CARDS = 8
SPARE = RAIL * 4
"""A rail looks for more than it shows: a product stands on a page once, in the first rail that finds it."""


def fill_cards(body: Iterable[Any], *, adult: bool, producer: Producer | None = None) -> list[Card]:
    """Give every product block of a page its cards.

    Returns the cards of single products in the order of the text, then further ones of `producer`.
    """
    rails = [block.value for block in body if block.block_type == "rail"]
    singles = [block.value for block in body if block.block_type == "product"]
    chosen = [value for value in [*rails, *singles] if value.product_ids]
    stored = [value for value in rails if not value.product_ids]
    ids = [key for value in chosen for key in value.product_ids]
    found = _find([_wish(value) for value in stored], taken=ids, adult=adult)
    more = _more_of(producer, taken=ids, adult=adult) if producer else []
    drawn = _drawn([*ids, *(key for keys in found for key in keys), *more], adult=adult)
    for value in chosen:
        value.cards = _known(value.product_ids, drawn)
    for value, keys in zip(stored, found, strict=True):
        value.cards = _known(keys, drawn)
    told = [key for value in singles for key in value.product_ids]
    return _known(dict.fromkeys([*told, *more]), drawn)


def _wish(value: Any) -> Wish:
    """The conditions of a rail."""
    return Wish(
        words=value.get("text") or "",
        province=value.get("province") or "",
        category=value.get("category") or "",
        least_star=int(value.get("star") or 0),
    )


def _find(wishes: list[Wish], *, taken: list[int], adult: bool) -> list[list[int]]:
    """The ids of every rail, best first."""
    found = shelves(wishes, day=clock.today(), adult=adult, most=SPARE, without=taken)
    return [_spread(shelf)[:RAIL] for shelf in found]


def _spread(shelf: list[Found]) -> list[int]:
    """One product of each producer before the second of any, and those sold out last; else in the order they came."""
    turns: Counter[int] = Counter()
    ranked = []
    for product in shelf:
        ranked.append((not product.in_stock, turns[product.producer], product.id))
        turns[product.producer] += 1
    return [key for _sold_out, _turn, key in sorted(ranked, key=lambda entry: entry[:2])]


def _more_of(producer: Producer, *, taken: list[int], adult: bool) -> list[int]:
    """Further products of the producer, best first, to fill two rows of cards."""
    wish = Wish(producer=producer.pk)
    most = max(0, PRODUCER_CARDS - len(taken))
    (shelf,) = shelves([wish], day=clock.today(), adult=adult, most=most, without=taken)
    return [product.id for product in shelf]


def _known(ids: Iterable[int], drawn: dict[int, Card]) -> list[Card]:
    return [drawn[key] for key in ids if key in drawn]


def _drawn(ids: list[int], *, adult: bool) -> dict[int, Card]:
    """Cards by product; a product that is gone, or not for this visitor, is missing."""
    return {card.pk: card for card in cards(ids, day=clock.today()) if adult or not card.adult}
