"""Short lists of products that stand beside texts, such as the rails of the home page: many at once, in one query.

What can be bought comes first, then more stars, then newer certificates.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, QuerySet, Subquery, Value, When

from catalogue.models import Category
from producers.models import Province
from search.models import Entry
from search.text.tokens import fold


@dataclass(frozen=True)
class Wish:
    """What a list is to hold; slugs of place and category, words of the name. What is empty does not matter."""

    words: str = ""
    province: str = ""
    category: str = ""
    least_star: int = 0
    producer: int | None = None


class Found(NamedTuple):
    """A product of a list."""

    id: int
    producer: int
    in_stock: bool


def shelves(
    wishes: Sequence[Wish], *, day: date, adult: bool, most: int, without: Collection[int] = ()
) -> list[list[Found]]:
    """A list of at most `most` products for each wish, best first; none is in `without`.

    A product that fits several wishes stands in the first of their lists, and the others are so much shorter.
    """
    if not wishes:
        return []
    shown = Entry.objects.all() if adult else Entry.objects.filter(adult=False)
    free = _best_first(shown.exclude(pk__in=list(without)), day)
    inside = [Q(pk__in=free.filter(_fits(wish)).values("pk")[:most]) for wish in wishes]
    number = Case(
        *(When(condition, then=Value(place)) for place, condition in enumerate(inside)),
        output_field=IntegerField(),
    )
    rows = _best_first(Entry.objects.filter(reduce(or_, inside)), day).annotate(number=number)
    found: list[list[Found]] = [[] for _wish in wishes]
    for place, key, producer, in_stock in rows.values_list("number", "pk", "producer_id", "in_stock"):
        found[place].append(Found(key, producer, in_stock))
    return found


def _best_first(entries: QuerySet[Entry], day: date) -> QuerySet[Entry]:
    holds = Q(spans__first_day__lte=day, spans__last_day__gte=day)
    dated = entries.annotate(today=FilteredRelation("spans", condition=holds))
    stars = F("today__stars").desc(nulls_last=True)
    newest = F("today__first_day").desc(nulls_last=True)
    return dated.order_by("-in_stock", stars, newest, "name_order", "pk")


def _fits(wish: Wish) -> Q:
    condition = Q()
    if words := fold(wish.words):
        condition &= Q(text__name_folded__contains=f" {words} ")
    if wish.province:
        condition &= Q(province__in=Province.objects.filter(slug=wish.province).values("code"))
    if wish.category:
        code = Subquery(Category.objects.filter(slug=wish.category).values("code")[:1])
        condition &= Q(group=code) | Q(cls=code) | Q(set=code)
    if wish.least_star:
        condition &= Q(today__stars__gte=wish.least_star)
    if wish.producer is not None:
        condition &= Q(producer_id=wish.producer)
    return condition
