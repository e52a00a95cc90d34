"""Synonyms and stop words that come with the shop, as rows beside those of staff.

Runs after each `migrate`: new ones are added, changed and dropped ones follow, and what staff edited stays as it is.
"""

from decimal import Decimal
from typing import TypeVar

from django.db.models import F, Manager

from search.models import IndexState, StopWord, Synonym
from search.text.lexicon import Alike, shipped_stop_words, shipped_synonyms
from search.text.tokens import folded_key

Row = TypeVar("Row", Synonym, StopWord)


def level() -> int:
    """Bring the rows level with search/lexicon/*.toml; returns how many changed."""
    changed = _level(
        Synonym.objects, _synonyms(), ["words", "targets", "weight", "not_before", "not_after", "unmarked"]
    )
    changed += _level(StopWord.objects, _stop_words(), ["word", "unmarked"])
    if changed:
        words_changed()
    return changed


def words_changed() -> None:
    """Tell every process that staff's words, promoted results or names of places are others now."""
    if not IndexState.objects.filter(pk=1).update(words=F("words") + 1):
        IndexState.objects.bulk_create([IndexState(pk=1, words=1)], ignore_conflicts=True)


def _level(rows: Manager[Row], wanted: list[Row], fields: list[str]) -> int:
    kept = {row.key: row for row in rows.filter(key__isnull=False)}
    new = [row for row in wanted if row.key not in kept]
    rows.bulk_create(new, ignore_conflicts=True)
    changed = []
    for row in wanted:
        old = kept.pop(row.key, None)
        if old and not old.edited and any(getattr(old, name) != getattr(row, name) for name in fields):
            row.pk = old.pk
            changed.append(row)
    rows.bulk_update(changed, fields)
    gone = [row.pk for row in kept.values() if not row.edited]
    rows.filter(pk__in=gone).delete()
    return len(new) + len(changed) + len(gone)


def _synonyms() -> list[Synonym]:
    rows = {}
    for alike, source in shipped_synonyms():
        row = _synonym(alike)
        row.key, row.note = str(row)[:300], source[:300]
        rows[row.key] = row
    return list(rows.values())


def _synonym(alike: Alike) -> Synonym:
    return Synonym(
        words=", ".join(alike.words),
        targets=", ".join(alike.targets),
        weight=round(Decimal(alike.weight), 2),
        not_before=", ".join(alike.not_before),
        not_after=", ".join(alike.not_after),
        unmarked=alike.unmarked,
    )


def _stop_words() -> list[StopWord]:
    """One row a word; one that is also met without marks is filed under its folded form there."""
    shipped = shipped_stop_words()
    unmarked = {folded_key(word) for word in shipped.unmarked}
    return [StopWord(word=word, unmarked=folded_key(word) in unmarked, key=word) for word in shipped.words]
