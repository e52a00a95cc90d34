"""What searches are understood with, read from the database and kept in the process for a while.

Places, sets and staff's words hardly change, the catalogue's words follow the index; whether there are others is asked
for at most every SEARCH_REFERENCE_SECONDS. The `make_…` functions take rows, so that what is not saved yet can be tried.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Count, QuerySet

from catalogue.models import Category
from producers.models import FormerProvince, PlaceAlias, PlaceAliasKind, ProducerForm, Province
from search.knowledge import Knowledge, by_text
from search.result import Promotion
from search.text.lexicon import Key, Lexicon, StopWords
from search.understanding import CategoryName, Gazetteer, PlaceName, PlaceSource, Strength
from search.vocabulary import Vocabulary

from .models import NARROW, Entry, IndexState, Posting, PromotedResult, StopWord, Synonym

T = TypeVar("T")

_STRENGTHS = {
    PlaceAliasKind.ALIAS: Strength.ALIAS,
    PlaceAliasKind.NICKNAME: Strength.NICKNAME,
    PlaceAliasKind.SPECIALTY: Strength.SPECIALTY,
}


class Kept(Generic[T]):
    """A value of this process, made again when its version, looked at now and then, has changed.

    Threads may make it twice, but none gets nothing, and what was forgotten meanwhile is not kept.
    """

    def __init__(self, make: Callable[[], T], version: Callable[[], Any]) -> None:
        self.make, self.version = make, version
        self._kept: tuple[T, Any, float] | None = None
        self._forgotten = 0

    def forget(self) -> None:
        self._forgotten += 1
        self._kept = None

    def get(self) -> T:
        kept, forgotten = self._kept, self._forgotten
        if kept and time.monotonic() - kept[2] <= settings.SEARCH_REFERENCE_SECONDS:
            return kept[0]
        version = self.version()
        value = kept[0] if kept and kept[1] == version else self.make()
        if forgotten == self._forgotten:
            self._kept = (value, version, time.monotonic())
        return value


def _place_names(aliases: Iterable[PlaceAlias]) -> list[PlaceName]:
    official = [
        PlaceName(text, Strength.NAME, PlaceSource.PROVINCE, province.code)
        for province in Province.objects.all()
        for text in {province.name, province.display_name, province.full_name}
    ]
    former = [
        PlaceName(place.name, Strength.NAME, PlaceSource.FORMER_PROVINCE, place.code)
        for place in FormerProvince.objects.all()
    ]
    return official + former + [_alias_name(alias) for alias in aliases]


def _alias_name(alias: PlaceAlias) -> PlaceName:
    source = PlaceSource.PROVINCE if alias.province else PlaceSource.FORMER_PROVINCE
    place = alias.province or alias.former_province
    assert place is not None  # a constraint of the table
    return PlaceName(alias.text.split(" (")[0], _STRENGTHS[PlaceAliasKind(alias.kind)], source, place.code)


def _categories() -> list[CategoryName]:
    numbered = Category.objects.filter(number__isnull=False).order_by("-depth", "path")
    return [CategoryName(category.name, str(category.code)) for category in numbered]


def make_gazetteer(aliases: Iterable[PlaceAlias]) -> Gazetteer:
    forms = [CategoryName(str(form.label), form.value) for form in ProducerForm]
    return Gazetteer.build(places=_place_names(aliases), categories=_categories(), forms=forms)


def make_lexicon(synonyms: Iterable[Synonym], stop_words: Iterable[StopWord]) -> Lexicon:
    """Rows that are not in use do not count."""
    dropped = [row for row in stop_words if row.active]
    return Lexicon.build(
        synonyms=[row.alike for row in synonyms if row.active],
        stop_words=StopWords(
            tuple(row.word for row in dropped), tuple(row.word for row in dropped if row.unmarked)
        ),
    )


def make_promoted(rows: Iterable[PromotedResult]) -> dict[Key, list[Promotion]]:
    return by_text([row.promotion for row in rows])


def aliases() -> QuerySet[PlaceAlias]:
    return PlaceAlias.objects.select_related("province", "former_province")


def _make_vocabulary() -> Vocabulary:
    """Words of names, producers and places with the number of products that carry them."""
    narrow = Posting.objects.filter(field__in=NARROW).order_by()
    counts = narrow.values_list("term").annotate(products=Count("entry_id", distinct=True))
    exact = narrow.values_list("exact", flat=True).distinct()
    return Vocabulary(dict(counts), exact, Entry.objects.count())


def _index_version() -> tuple[int, ...]:
    return tuple(IndexState.objects.filter(pk=1).values_list("version", flat=True))


def words_version() -> tuple[int, ...]:
    return tuple(IndexState.objects.filter(pk=1).values_list("words", flat=True))


def reference_version() -> tuple[int, ...]:
    """Sets are told by their number; what is renamed shows after a restart at the latest."""
    return (*words_version(), PlaceAlias.objects.count(), Category.objects.count())


gazetteer = Kept(lambda: make_gazetteer(aliases()), reference_version)
vocabulary = Kept(_make_vocabulary, _index_version)
lexicon = Kept(
    lambda: make_lexicon(Synonym.objects.order_by("pk"), StopWord.objects.order_by("pk")), words_version
)
promoted = Kept(lambda: make_promoted(PromotedResult.objects.all()), words_version)


def knowledge() -> Knowledge:
    """All of it, as it is in force now."""
    return Knowledge(gazetteer.get(), vocabulary.get(), lexicon.get(), promoted.get())


def forget_words() -> None:
    """Read what staff edit anew when it is asked for next."""
    for kept in (gazetteer, lexicon, promoted):
        kept.forget()
