"""Names that searches are understood with, read from the database and kept in the process for a while.

Places and sets hardly change; the vocabulary follows the index, whose version is asked for at most every
SEARCH_REFERENCE_SECONDS.
"""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Count

from catalogue.models import Category
from producers.models import FormerProvince, PlaceAlias, PlaceAliasKind, ProducerForm, Province
from search.understanding import CategoryName, Gazetteer, PlaceName, PlaceSource, Strength
from search.vocabulary import Vocabulary

from .models import NARROW, Entry, IndexState, Posting

T = TypeVar("T")

_STRENGTHS = {
    PlaceAliasKind.ALIAS: Strength.ALIAS,
    PlaceAliasKind.NICKNAME: Strength.NICKNAME,
    PlaceAliasKind.SPECIALTY: Strength.SPECIALTY,
}


class Kept(Generic[T]):
    """A value of this process, made again when its version, looked at now and then, has changed."""

    def __init__(self, make: Callable[[], T], version: Callable[[], Any]) -> None:
        self.make, self.version = make, version
        self.forget()

    def forget(self) -> None:
        self.value: T | None = None
        self.made_from: Any = None
        self.looked = 0.0

    def get(self) -> T:
        if self.value is None or time.monotonic() - self.looked > settings.SEARCH_REFERENCE_SECONDS:
            version = self.version()
            if self.value is None or version != self.made_from:
                self.value = self.make()
            self.made_from, self.looked = version, time.monotonic()
        return self.value


def _place_names() -> list[PlaceName]:
    official = [
        PlaceName(text, Strength.NAME, PlaceSource.PROVINCE, province.code)
        for province in Province.objects.all()
        for text in {province.name, province.display_name, province.full_name}
    ]
    former = [
        PlaceName(place.name, Strength.NAME, PlaceSource.FORMER_PROVINCE, place.code)
        for place in FormerProvince.objects.all()
    ]
    aliases = PlaceAlias.objects.select_related("province", "former_province")
    return official + former + [_alias_name(alias) for alias in aliases]


def _alias_name(alias: PlaceAlias) -> PlaceName:
    source = PlaceSource.PROVINCE if alias.province else PlaceSource.FORMER_PROVINCE
    place = alias.province or alias.former_province
    assert place is not None  # a constraint of the table
    return PlaceName(alias.text.split(" (")[0], _STRENGTHS[PlaceAliasKind(alias.kind)], source, place.code)


def _categories() -> list[CategoryName]:
    numbered = Category.objects.filter(number__isnull=False).order_by("-depth", "path")
    return [CategoryName(category.name, str(category.code)) for category in numbered]


def _make_gazetteer() -> Gazetteer:
    forms = [CategoryName(str(form.label), form.value) for form in ProducerForm]
    return Gazetteer.build(places=_place_names(), categories=_categories(), forms=forms)


def _make_vocabulary() -> Vocabulary:
    """Words of names, producers and places with the number of products that carry them."""
    narrow = Posting.objects.filter(field__in=NARROW).order_by()
    counts = narrow.values_list("term").annotate(products=Count("entry_id", distinct=True))
    exact = narrow.values_list("exact", flat=True).distinct()
    return Vocabulary(dict(counts), exact, Entry.objects.count())


def _index_version() -> tuple[int, ...]:
    return tuple(IndexState.objects.filter(pk=1).values_list("version", flat=True))


def reference_version() -> tuple[int, int]:
    """Staff may add or drop names; their number tells, and edits show after a restart at the latest."""
    return PlaceAlias.objects.count(), Category.objects.count()


gazetteer = Kept(_make_gazetteer, reference_version)
vocabulary = Kept(_make_vocabulary, _index_version)
