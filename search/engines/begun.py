"""Names that go on as somebody has begun to type, from the shop's own database."""

from typing import Any

from django.db.models import Case, IntegerField, Min, Q, Value, When
from django.db.models.functions import Length

from search.models import EntryText
from search.result import Begun


def begun(typed: str, *, adult: bool, products: int, producers: int) -> Begun:
    """The first so many visible products and producers whose names hold the folded words `typed`."""
    texts = EntryText.objects.order_by() if adult else EntryText.objects.order_by().filter(entry__adult=False)
    return Begun(tuple(_products(texts, typed)[:products]), tuple(_producers(texts, typed)[:producers]))


def _holds(column: str, typed: str) -> Q:
    """Every word, the last one perhaps unfinished."""
    *whole, last = typed.split()
    condition = Q(**{f"{column}__contains": f" {last}"})
    for word in whole:
        condition &= Q(**{f"{column}__contains": f" {word} "})
    return condition


def _products(texts: Any, typed: str) -> Any:
    """Those whose name begins so come first, then the shortest."""
    begins = When(name_folded__startswith=f" {typed}", then=Value(0))
    at_head = Case(begins, default=Value(1), output_field=IntegerField())
    found = texts.filter(_holds("name_folded", typed)).order_by(at_head, Length("name_folded"), "pk")
    return found.values_list("pk", "name", "producer")


def _producers(texts: Any, typed: str) -> Any:
    """Producers of visible products."""
    found = texts.filter(_holds("producer_folded", typed)).values("entry__producer_id", "producer")
    named = found.annotate(first=Min("pk")).order_by("producer", "entry__producer_id")
    return named.values_list("entry__producer_id", "producer")
