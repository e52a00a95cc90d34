"""What a change of staff's words would do to the judged queries, before it is saved.

Only queries that are read otherwise, or have other products in front, can be answered otherwise: those are answered
twice, as it is and as it would be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from marketplace import clock
from producers.models import PlaceAlias
from search import reference
from search.judging import Judged
from search.knowledge import Knowledge
from search.models import JudgedQuery, PromotedResult, StopWord, Synonym
from search.query import ProductQuery
from search.report import report
from search.searching import search
from search.text.telex import decode_text
from search.text.tokens import tokenise
from search.understanding import understand

SHOWN = 3
LOOKED_AT = 200
"""So many results are judged, as many as are ranked."""

Tunable = Synonym | StopWord | PromotedResult | PlaceAlias


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a judged query is met, and the names of the first products."""

    met: bool
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A judged query that would be answered otherwise."""

    text: str
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Preview:
    """Of `judged` queries `looked_at` are read otherwise, and `changes` answered otherwise."""

    judged: int
    looked_at: int
    changes: tuple[Change, ...]

    @property
    def lost(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.before.met and not one.after.met)

    @property
    def won(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.after.met and not one.before.met)

    @property
    def others(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.before.met == one.after.met)


def preview(row: Tunable, *, deleted: bool = False) -> Preview:
    """What saving this row, or deleting it, would do."""
    reference.forget_words()
    before = reference.knowledge()
    after = _with(before, row, deleted=deleted)
    judged = [query.judged for query in JudgedQuery.objects.all()]
    read_otherwise = [one for one in judged if _readings(one, before) != _readings(one, after)]
    pairs = [(one, answer(one, before), answer(one, after)) for one in read_otherwise]
    changes = tuple(Change(one.text, old, new) for one, old, new in pairs if old != new)
    return Preview(len(judged), len(read_otherwise), changes)


def answer(judged: Judged, knowledge: Knowledge | None = None) -> Answer:
    """How the query is answered with this knowledge, or with what is in force."""
    query = replace(_query(judged), page_size=LOOKED_AT)
    rows = report(query, search(query, facets=False, knowledge=knowledge))["results"]
    return Answer(judged.is_met(rows), tuple(row["name"] for row in rows[:SHOWN]))


def _query(judged: Judged) -> ProductQuery:
    return ProductQuery(text=judged.text, day=clock.today(), adult=judged.adult)


def _with(known: Knowledge, row: Tunable, *, deleted: bool) -> Knowledge:
    """The knowledge as it would be with this row in place of the stored one, or without it."""
    if isinstance(row, Synonym | StopWord):
        lexicon = reference.make_lexicon(
            _rows(Synonym.objects.order_by("pk"), row, deleted=deleted),
            _rows(StopWord.objects.order_by("pk"), row, deleted=deleted),
        )
        return replace(known, lexicon=lexicon)
    if isinstance(row, PromotedResult):
        rows = _rows(PromotedResult.objects.all(), row, deleted=deleted)
        return replace(known, promoted=reference.make_promoted(rows))
    gazetteer = reference.make_gazetteer(_rows(reference.aliases(), row, deleted=deleted))
    return replace(known, gazetteer=gazetteer)


def _rows(stored: QuerySet[Any], row: Tunable, *, deleted: bool) -> list[Any]:
    """The stored rows; this one stands among them, in its own place, if it is of their kind and not deleted."""
    if not isinstance(row, stored.model):
        return list(stored)
    instead = [] if deleted else [row]
    rows = [one for old in stored for one in (instead if old.pk == row.pk else [old])]
    return rows if row.pk else [*rows, row]


def _readings(judged: Judged, known: Knowledge) -> list[Any]:
    """All that an answer depends on and that staff's words may change, for every form in which the text is read."""
    query = _query(judged)
    return [
        understand(query=replace(query, text=text), gazetteer=known.gazetteer, lexicon=known.lexicon)
        for text in _forms(query.text, known)
    ] + [known.promoted_for(query)]


def _forms(text: str, known: Knowledge) -> Iterator[str]:
    """The text as typed, and as the search reads it when it finds nothing (search/finding.py)."""
    yield text
    yield decode_text(text)
    yield known.vocabulary.spread(tokenise(text))
