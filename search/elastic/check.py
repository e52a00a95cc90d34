"""Whether the index holds what the catalogue does, and mending what does not.

Both are read in the order of product ids, side by side and in chunks, so that memory stays bounded. What waits for
delivery is no drift. What differs is looked at once more at the end, since both go on changing meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from elasticsearch import Elasticsearch

from catalogue.changes import touch
from catalogue.models import ProductChange
from search.document import documents
from search.models import Rebuild, Waiting

from .client import client, errors
from .lifecycle import live
from .mapping import SCHEMA, source

CHUNK = 1_000
KEPT_FOR = "2m"

Seen = tuple[int, int, str]
"""A product's id, its producer's and the checksum of its document."""


@dataclass(slots=True)
class Drift:
    """Ids of what is missing, superfluous and stale in the index; the producers whose checksums differ."""

    in_database: int = 0
    in_index: int = 0
    missing: list[int] = field(default_factory=list)
    superfluous: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    producers: set[int] = field(default_factory=set)

    @property
    def ids(self) -> list[int]:
        return sorted({*self.missing, *self.superfluous, *self.stale})


@dataclass(frozen=True, slots=True)
class Status:
    """How the index stands; `oldest` is since when the oldest undelivered change waits."""

    index: str
    schema_fits: bool
    documents: int
    waiting: int
    oldest: datetime | None
    set_aside: int
    building: str


def status() -> Status:
    """Raises Unavailable when Elasticsearch does not answer."""
    connected = client()
    index = next(iter(live(connected)), "")
    count, schema = 0, None
    if index:
        with errors():
            count = connected.count(index=index, query={"term": {"listed": True}})["count"]
            schema = connected.indices.get_mapping(index=index)[index]["mappings"]["_meta"]["schema"]
    waiting = Waiting.objects.filter(refused="")
    return Status(
        index=index,
        schema_fits=schema == SCHEMA,
        documents=count,
        waiting=waiting.count(),
        oldest=waiting.order_by("since").values_list("since", flat=True).first(),
        set_aside=Waiting.objects.exclude(refused="").count(),
        building=Rebuild.objects.values_list("name", flat=True).first() or "",
    )


def drift() -> Drift:
    """Compare database and index, product by product and summed up by producer."""
    connected = client(seconds=settings.ELASTICSEARCH_REBUILD_TIMEOUT)
    with errors():
        connected.indices.refresh(index=settings.ELASTICSEARCH_ALIAS)
    found, sums = Drift(), _Sums()
    for ours, theirs in _side_by_side(_in_database(), _in_index(connected)):
        found.in_database += ours is not None
        found.in_index += theirs is not None
        sums.add(ours, theirs)
        if ours and theirs:
            if ours[2] != theirs[2]:
                found.stale.append(ours[0])
        elif ours:
            found.missing.append(ours[0])
        elif theirs:
            found.superfluous.append(theirs[0])
    found.producers = sums.differing()
    return _still(found, connected)


class _Sums:
    """Checksums of all of a producer's documents, on either side."""

    def __init__(self) -> None:
        self._ours: dict[int, int] = defaultdict(int)
        self._theirs: dict[int, int] = defaultdict(int)

    def add(self, ours: Seen | None, theirs: Seen | None) -> None:
        for sums, seen in ((self._ours, ours), (self._theirs, theirs)):
            if seen:
                sums[seen[1]] ^= int(seen[2], 16)

    def differing(self) -> set[int]:
        return {key for key in {*self._ours, *self._theirs} if self._ours[key] != self._theirs[key]}


def _in_database(ids: Iterable[int] | None = None) -> Iterator[Seen]:
    for document in documents(ids):
        yield document.id, document.producer_id, source(document)["checksum"]


def _in_index(connected: Elasticsearch) -> Iterator[Seen]:
    """All listed documents of one moment, by id, page after page."""
    with errors():
        moment = connected.open_point_in_time(index=settings.ELASTICSEARCH_ALIAS, keep_alive=KEPT_FOR)["id"]
    after: list[Any] = []
    try:
        while True:
            with errors():
                answer = connected.search(
                    pit={"id": moment, "keep_alive": KEPT_FOR},
                    query={"term": {"listed": True}},
                    sort=[{"id": "asc"}],
                    size=CHUNK,
                    source=False,
                    docvalue_fields=[{"field": "producer_id"}, {"field": "checksum"}],
                    track_total_hits=False,
                    search_after=after or None,
                )
            moment, hits = answer["pit_id"], answer["hits"]["hits"]
            for hit in hits:
                yield int(hit["_id"]), hit["fields"]["producer_id"][0], hit["fields"]["checksum"][0]
            if len(hits) < CHUNK:
                return
            after = hits[-1]["sort"]
    finally:
        with errors():
            connected.close_point_in_time(id=moment)


def _side_by_side(ours: Iterator[Seen], theirs: Iterator[Seen]) -> Iterator[tuple[Seen | None, Seen | None]]:
    """Both streams joined by id."""
    one, other = next(ours, None), next(theirs, None)
    while one or other:
        if one and (not other or one[0] < other[0]):
            yield one, None
            one = next(ours, None)
        elif other and (not one or other[0] < one[0]):
            yield None, other
            other = next(theirs, None)
        else:
            yield one, other
            one, other = next(ours, None), next(theirs, None)


def _still(found: Drift, connected: Elasticsearch) -> Drift:
    """Without what was delivered, or has come to wait, while we compared."""
    ids = found.ids
    if not ids:
        return found
    waiting = set(Waiting.objects.filter(pk__in=ids, refused="").values_list("pk", flat=True))
    ours = {seen[0]: seen[2] for seen in _in_database(ids)}
    theirs = {key: kept["checksum"] for key, kept in _kept(connected, ids).items() if kept["listed"]}
    level = {key for key in ids if key in waiting or ours.get(key) == theirs.get(key)}
    for name in ("missing", "superfluous", "stale"):
        setattr(found, name, [key for key in getattr(found, name) if key not in level])
    return found


def _kept(connected: Elasticsearch, ids: list[int]) -> dict[int, dict[str, Any]]:
    """Checksum, listed and version of the documents that are there, by product."""
    kept: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        wanted = [str(key) for key in ids[start : start + CHUNK]]
        with errors():
            answer = connected.mget(
                index=settings.ELASTICSEARCH_ALIAS, ids=wanted, source_includes=["checksum", "listed"]
            )
        for one in answer["docs"]:
            if one.get("found"):
                kept[int(one["_id"])] = {"checksum": "", **one["_source"], "version": one["_version"]}
    return kept


def mend(ids: list[int]) -> None:
    """Have these products delivered again, with numbers above those in the index.

    After an older database was restored, the index may hold higher numbers than the catalogue.
    """
    connected = client(seconds=settings.ELASTICSEARCH_REBUILD_TIMEOUT)
    versions = {key: kept["version"] for key, kept in _kept(connected, ids).items()}
    with transaction.atomic():
        ProductChange.objects.bulk_create(
            [ProductChange(product_id=key) for key in ids], ignore_conflicts=True
        )
        for key, version in versions.items():
            ProductChange.objects.filter(pk=key, number__lt=version).update(number=version)
        touch(ids)
