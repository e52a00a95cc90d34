"""Keeps the index level with the catalogue, in the transaction of each change.

`deferred()` collects the changes of a bulk load and writes them once at its end.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When

from catalogue.models import Product

from .document import CHUNK, Document, documents, offer, products
from .models import Entry, EntryText, IndexState, Posting, StarSpan
from .sales import sold_of
from .words import name_order, name_size, postings, spaced

_waiting: ContextVar[set[int] | None] = ContextVar("deferred", default=None)


@contextmanager
def deferred() -> Iterator[None]:
    """Collect the ids of changed products while the block runs, and index them when it ends well."""
    if _waiting.get() is not None:
        yield
        return
    ids: set[int] = set()
    token = _waiting.set(ids)
    try:
        yield
    finally:
        _waiting.reset(token)
    refresh(ids)


def changed(ids: Iterable[int], *, stock_only: bool) -> None:
    """Bring the entries of these listed products up to date, now or at the end of `deferred`."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(ids)
    elif stock_only:
        refresh_stock(ids)
    else:
        refresh(ids)


@transaction.atomic
def refresh(ids: Iterable[int], *, told: Callable[[int], object] | None = None) -> int:
    """Write the entries of these products anew and drop those that are no longer listed.

    Returns how many entries were written; `told` hears of every chunk's size.
    """
    wanted = sorted(set(ids))
    written = 0
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        Entry.objects.filter(pk__in=part).delete()
        written += _write(documents(part))
        if told:
            told(len(part))
    if wanted:
        _raise_version()
    return written


@transaction.atomic
def rebuild(*, told: Callable[[int], object] | None = None) -> int:
    """Write every entry anew; readers see the old entries until the transaction ends."""
    Entry.objects.all().delete()
    written, rows = 0, documents()
    while part := list(islice(rows, CHUNK)):
        written += _write(part)
        if told:
            told(len(part))
    _raise_version()
    return written


def refresh_stock(ids: Iterable[int]) -> None:
    """Price and availability alone: what orders change."""
    entries = []
    for product in products(ids):
        price, in_stock = offer(product)
        entries.append(Entry(product_id=product.pk, price=price, in_stock=in_stock))
    Entry.objects.bulk_update(entries, ["price", "in_stock"], batch_size=CHUNK)


def refresh_sold(ids: Iterable[int]) -> None:
    """How many pieces were ordered: what a new order changes besides the stock."""
    ids = list(ids)
    sold = sold_of(ids)
    numbers = [When(pk=key, then=Value(number)) for key, number in sold.items()]
    level = Case(*numbers, default=Value(0), output_field=IntegerField())
    Entry.objects.filter(pk__in=ids).update(sold=level)


def count() -> int:
    """How many products the index holds."""
    return Entry.objects.count()


def drift() -> dict[str, list[int]]:
    """Products that are missing, superfluous or stale in the index, by id; all empty when it is level."""
    indexed = set(Entry.objects.values_list("pk", flat=True))
    listed = set(Product.objects.listed().filter(producer__isnull=False).values_list("pk", flat=True))
    entries = Entry.objects.select_related("text").prefetch_related("spans").in_bulk(sorted(indexed & listed))
    stale = [row.id for row in documents() if row.id in entries and not _is_level(row, entries[row.id])]
    return {"missing": sorted(listed - indexed), "superfluous": sorted(indexed - listed), "stale": stale}


def _is_level(row: Document, entry: Entry) -> bool:
    fresh, text, spans = _rows(row)
    same = _values(fresh) == _values(entry) and _values(text) == _values(entry.text)
    kept = [(span.first_day, span.last_day, span.stars) for span in entry.spans.all()]
    return same and kept == [(span.first_day, span.last_day, span.stars) for span in spans]


def _values(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def _write(rows: Iterable[Document]) -> int:
    made = [_rows(row) for row in rows]
    Entry.objects.bulk_create([entry for entry, _, _ in made], batch_size=CHUNK)
    EntryText.objects.bulk_create([text for _, text, _ in made], batch_size=CHUNK)
    StarSpan.objects.bulk_create([span for _, _, spans in made for span in spans], batch_size=CHUNK)
    Posting.objects.bulk_create([each for _, text, _ in made for each in _postings(text)], batch_size=CHUNK)
    return len(made)


def _rows(row: Document) -> tuple[Entry, EntryText, list[StarSpan]]:
    entry = Entry(
        product_id=row.id,
        producer_id=row.producer_id,
        province=row.province,
        former_province=row.former_province,
        region=row.region,
        group=row.group,
        cls=row.cls,
        set=row.set,
        form=row.form,
        price=row.price,
        in_stock=row.in_stock,
        adult=row.adult,
        sold=row.sold,
        opinion=row.opinion,
        name_order=name_order(row.name),
        name_size=name_size(row.name),
    )
    text = EntryText(
        entry_id=row.id,
        name=row.name,
        producer=row.producer,
        places=row.places,
        category=row.category[:400],
        description=row.description,
        name_folded=spaced(row.name),
        producer_folded=spaced(row.producer),
    )
    spans = [
        StarSpan(entry_id=row.id, first_day=span.first, last_day=span.last, stars=span.stars)
        for span in row.spans
    ]
    return entry, text, spans


def _postings(text: EntryText) -> Iterator[Posting]:
    texts = (text.name, text.producer, text.places, text.category, text.description)
    for term, exact, field, position in postings(texts):
        yield Posting(entry_id=text.entry_id, term=term, exact=exact, field=field, position=position)


def _raise_version() -> None:
    if not IndexState.objects.filter(pk=1).update(version=F("version") + 1):
        IndexState.objects.bulk_create([IndexState(pk=1, version=1)], ignore_conflicts=True)
