"""Suggestions while typing: products, sets, places and producers whose names hold the words begun."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import product_url, slug_of_title
from producers.registration import slug_of
from search.names import names
from search.result import Begun
from search.searching import begun
from search.text.tokens import fold

PRODUCTS, OTHERS = 6, 3
LEAST = 2
"""Letters from which on something is suggested."""


def suggestions(text: str, *, adult: bool) -> list[dict[str, Any]]:
    """Groups with items (label, note, url); never alcohol before the 18+ statement."""
    typed = fold(text)
    if len(typed) < LEAST:
        return []
    found = begun(typed, adult=adult, products=PRODUCTS, producers=OTHERS)
    groups = [
        {"label": _("Sản phẩm"), "icon": "search", "items": _products(found)},
        {"label": _("Nhóm sản phẩm"), "icon": "seal", "items": _sets(typed)},
        {"label": _("Nơi sản xuất"), "icon": "pin", "items": _places(typed)},
        {"label": _("Nhà sản xuất"), "icon": "user", "items": _producers(found)},
    ]
    return [group for group in groups if group["items"]]


def _products(found: Begun) -> list[dict[str, str]]:
    return [
        {"label": name, "note": producer, "url": product_url(key, slug_of_title(name))}
        for key, name, producer in found.products
    ]


def _producers(found: Begun) -> list[dict[str, str]]:
    """A slug that is another leads on to the right one."""
    return [
        {
            "label": name,
            "note": "",
            "url": reverse("producers:detail", kwargs={"slug": slug_of(name), "pk": key}),
        }
        for key, name in found.producers
    ]


def _sets(typed: str) -> list[dict[str, str]]:
    """Groups and sets of OCOP, by their Vietnamese and English names."""
    found = [
        {"label": name.local, "note": "", "url": f"{reverse('search:browse')}?nhom={name.slug}"}
        for name in names.get().categories
        if any(f" {typed}" in f" {fold(text)}" for text in (name.name, name.name_en))
    ]
    return found[:OTHERS]


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
