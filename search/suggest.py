"""Suggestions while typing: products, producers and places whose names hold the words begun."""

from typing import Any

from django.db.models import Case, IntegerField, Min, Q, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from producers.places import fold as fold_place
from search.models import EntryText
from search.names import names
from search.text.tokens import fold

PRODUCTS, OTHERS = 6, 3
LEAST = 2
"""Letters from which on something is suggested."""


def suggestions(text: str, *, adult: bool) -> list[dict[str, Any]]:
    """Groups with items (label, note, url); never alcohol before the 18+ statement."""
    typed = fold(text)
    if len(typed) < LEAST:
        return []
    groups = [
        {"label": _("Sản phẩm"), "icon": "search", "items": _products(typed, adult=adult)},
        {"label": _("Nơi sản xuất"), "icon": "pin", "items": _places(typed)},
        {"label": _("Nhà sản xuất"), "icon": "user", "items": _producers(typed, adult=adult)},
    ]
    return [group for group in groups if group["items"]]


def _visible(*, adult: bool) -> Any:
    texts = EntryText.objects.order_by()
    return texts if adult else texts.filter(entry__adult=False)


def _holds(column: str, typed: str) -> Q:
    """Every word, the last one perhaps unfinished."""
    *whole, begun = typed.split()
    condition = Q(**{f"{column}__contains": f" {begun}"})
    for word in whole:
        condition &= Q(**{f"{column}__contains": f" {word} "})
    return condition


def _products(typed: str, *, adult: bool) -> list[dict[str, str]]:
    at_head = Case(
        When(name_folded__startswith=f" {typed}", then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = (
        _visible(adult=adult)
        .filter(_holds("name_folded", typed))
        .order_by(at_head, Length("name_folded"), "pk")
        .values_list("pk", "name", "entry__product__slug", "producer")[:PRODUCTS]
    )
    return [
        {
            "label": name,
            "note": producer,
            "url": reverse("catalogue:detail", kwargs={"product_slug": slug, "pk": key}),
        }
        for key, name, slug, producer in found
    ]


def _producers(typed: str, *, adult: bool) -> list[dict[str, str]]:
    """Producers of visible products whose name holds the words."""
    found = (
        _visible(adult=adult)
        .filter(_holds("producer_folded", typed))
        .values_list("entry__producer_id", "producer")
        .annotate(first=Min("pk"))
        .order_by("producer", "entry__producer_id")[:OTHERS]
    )
    return [
        {
            "label": name,
            "note": "",
            "url": reverse("producers:detail", kwargs={"slug": _slug(name), "pk": key}),
        }
        for key, name, _first in found
    ]


def _slug(producer: str) -> str:
    return slugify(fold_place(producer))[:140] or "nha-san-xuat"


def _places(typed: str) -> list[dict[str, str]]:
    book = names.get()
    items: list[dict[str, str]] = []
    for name in book.provinces:
        if f" {typed}" in f" {fold(name.name)}":
            url = reverse("places:province", kwargs={"slug": name.slug})
            items.append({"label": name.name, "note": "", "url": url})
    for name in book.former:
        today = book.find("provinces", code=name.above)
        if f" {typed}" in f" {fold(name.name)}" and today and today.name != name.name:
            url = reverse("places:province", kwargs={"slug": today.slug}) + f"?tinh_cu={name.slug}"
            note = _("nay thuộc %(province)s") % {"province": today.name}
            items.append({"label": name.name, "note": note, "url": url})
    return items[:OTHERS]
