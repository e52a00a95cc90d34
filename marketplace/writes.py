"""Mass writes tell what single ones do: Django sends no signal for `update()`, `bulk_update()` and `bulk_create()`.

What goes past the querysets (raw SQL, a base manager) tells nobody; `search_index check` finds what that changed.
So do rows that are put in or mended in one go (`update_conflicts`, `ignore_conflicts`): their writer knows which.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.dispatch import Signal

#: Sent inside the transaction of the write, by the model, with the keys of its rows (`ids`) and the names of the
#: fields that were written (`fields`), None where rows are new.
rows_written = Signal()


class TellingQuerySet(models.QuerySet[Any]):
    """A queryset whose mass writes send `rows_written`. Deleting sends Django's own signals, row by row."""

    def update(self, **values: Any) -> int:
        """As Django's; the rows are those that fit before the write, which afterwards may fit no more."""
        with transaction.atomic(using=self.db):
            ids = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**values)
            if ids:
                rows_written.send(sender=self.model, ids=ids, fields=frozenset(values))
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def untold(self, **values: Any) -> int:
        """An update whose writer tells of it itself, or that nobody needs to hear of."""
        return super().update(**values)

    untold.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's; what may meet rows that are there already goes untold."""
        with transaction.atomic(using=self.db):
            made: list[Any] = super().bulk_create(objs, *args, **kwargs)
            ids = [row.pk for row in made]
            if ids and not (kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts")):
                rows_written.send(sender=self.model, ids=ids, fields=None)
        return made
