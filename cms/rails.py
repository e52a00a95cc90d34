"""Which products the blocks of a page show, found at the moment of viewing: one query for all rails of a page."""

from collections import Counter
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Subquery, Value, When

from catalogue.cards import Card, cards, for_visitor, pieces_left
from catalogue.models import Category, Product
from marketplace import clock
from producers.models import Producer
from producers.places import fold

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
    found = _find([_stored_query(value, adult=adult) for value in stored], taken=ids)
    more = _more_of(producer, taken=ids, adult=adult) if producer else []
    drawn = _drawn([*ids, *(key for keys in found for key in keys), *more], adult=adult)
    for value in chosen:
        value.cards = _known(value.product_ids, drawn)
    for value, keys in zip(stored, found, strict=True):
        value.cards = _known(keys, drawn)
    told = [key for value in singles for key in value.product_ids]
    return _known(dict.fromkeys([*told, *more]), drawn)


def _more_of(producer: Producer, *, taken: list[int], adult: bool) -> list[int]:
    """Further products of the producer, best first, to fill two rows of cards."""
    listed = for_visitor(Product.objects.listed().filter(producer=producer), adult=adult)
    most = max(0, PRODUCER_CARDS - len(taken))
    return list(_ordered(listed.exclude(pk__in=taken)).values_list("pk", flat=True)[:most])


def _known(ids: Iterable[int], drawn: dict[int, Card]) -> list[Card]:
    return [drawn[key] for key in ids if key in drawn]


def _drawn(ids: list[int], *, adult: bool) -> dict[int, Card]:
    """Cards by product; a product that is gone, or not for this visitor, is missing."""
    return {card.pk: card for card in cards(ids, day=clock.today()) if adult or not card.adult}


def _stored_query(value: Any, *, adult: bool) -> "QuerySet[Product]":
    """Products of a rail's conditions, best first: what one can buy before what one cannot, then by stars."""
    found = Product.objects.listed().with_star(clock.today())
    if text := "-".join(fold(value.get("text") or "").split()):
        found = found.filter(slug__contains=text)
    if province := value.get("province"):
        found = found.filter(province__slug=province)
    if category := value.get("category"):
        root = Subquery(Category.objects.filter(slug=category).values("path")[:1])
        found = found.filter(categories__in=Category.objects.filter(path__startswith=root))
    if star := value.get("star"):
        found = found.filter(star__gte=int(star))
    return _ordered(for_visitor(found, adult=adult))


def _ordered(products: "QuerySet[Product]") -> "QuerySet[Product]":
    starred = products.with_star(clock.today()).annotate(left=pieces_left())  # type: ignore[attr-defined]
    best: QuerySet[Product] = starred.order_by(
        "-left", F("star").desc(nulls_last=True), "-date_created", "-pk"
    )
    return best


def _find(queries: "list[QuerySet[Product]]", *, taken: Iterable[int]) -> list[list[int]]:
    """The ids of every rail, best first, from one query; none stands in two of them or is in `taken`."""
    if not queries:
        return []
    inside = [Q(pk__in=query.exclude(pk__in=list(taken)).values("pk")[:SPARE]) for query in queries]
    rail = Case(
        *(When(condition, then=Value(number)) for number, condition in enumerate(inside)),
        output_field=IntegerField(),
    )
    rows = _ordered(Product.objects.annotate(rail=rail).filter(rail__isnull=False))
    found: list[list[tuple[int, int, bool]]] = [[] for _query in queries]
    for key, producer, left, number in rows.values_list("pk", "producer", "left", "rail"):
        found[number].append((key, producer, left))
    return [_spread(rail)[:RAIL] for rail in found]


def _spread(found: Iterable[tuple[int, int, bool]]) -> list[int]:
    """Products, one of each producer before the second of any, and those sold out last; else in the order they came."""
    turns: Counter[int] = Counter()
    ranked = []
    for key, producer, left in found:
        ranked.append(((not left, turns[producer]), key))
        turns[producer] += 1
    return [key for _rank, key in sorted(ranked, key=itemgetter(0))]
