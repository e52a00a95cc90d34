"""Brings changed products into the index.

1. whoever changes a product raises its number, and in the same transaction leaves a Waiting row (search/receivers.py)
2. `deliver` reads waiting numbers and whole documents in one snapshot
3. it sends them in bulk, with the number as external version, to the live index and to one that is being made:
   what arrives late or twice is refused by Elasticsearch and counts as delivered
4. rows of delivered numbers go; a row that was raised meanwhile stays
5. a document that Elasticsearch refuses is set aside with its reason, for staff; when nothing answers, rows wait on
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from elasticsearch import Elasticsearch

from catalogue.models import ProductChange
from marketplace import clock
from search.document import documents
from search.models import Rebuild, Waiting

from .client import BUSY, Unavailable, client, errors
from .mapping import source, tombstone

logger = logging.getLogger(__name__)

AT_ONCE = 500
PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=5)

Item = tuple[int, int, dict[str, Any]]
"""A product's id, its number, and what is sent."""


def leave(keys: Iterable[int]) -> None:
    """Leave word that these products changed, in the transaction of the change, after its number was raised."""
    numbers = ProductChange.objects.filter(pk__in=list(keys)).order_by("pk").values_list("pk", "number")
    Waiting.objects.bulk_create(
        [Waiting(product_id=key, number=number) for key, number in numbers],
        update_conflicts=True,
        unique_fields=["product_id"],
        update_fields=["number", "due_at", "attempts", "refused"],
        batch_size=5000,
    )


def deliver_all(*, most: int | None = None, told: Callable[[], object] | None = None) -> int:
    """Deliver what is due until nothing is left, or `most` rows were looked at. Raises Unavailable.

    `told` hears of every batch.
    """
    seen = 0
    while most is None or seen < most:
        count = deliver()
        seen += count
        if not count:
            break
        if told:
            told()
    return seen


def deliver() -> int:
    """Deliver one batch of what is due; the number of rows looked at. Raises Unavailable when nothing answers."""
    with snapshot():
        due = Waiting.objects.filter(due_at__lte=clock.now(), refused="").order_by("due_at", "pk")
        keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
        items = read(keys)
    if not items:
        return 0
    connected = client(seconds=settings.ELASTICSEARCH_REBUILD_TIMEOUT)
    # Looked up before the live index is written to: should the alias move in between, the new one gets it here.
    building = [rebuild.name for rebuild in Rebuild.objects.all()]
    try:
        refused = send(connected, settings.ELASTICSEARCH_ALIAS, items)
        for name in building:
            send_if_there(connected, name, items)
    except Unavailable:
        _wait_on(keys)
        raise
    _settle(items, refused)
    return len(items)


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction that sees one moment of the database from its first look to its last."""
    inner = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not inner:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read(keys: Iterable[int]) -> list[Item]:
    """Numbers and documents of these products; a tombstone for what is listed no more."""
    keys = list(keys)
    numbers = dict(ProductChange.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "number"))
    found = {document.id: source(document) for document in documents(keys)} if numbers else {}
    return [(key, number, found.get(key) or tombstone(key)) for key, number in numbers.items()]


def send(connected: Elasticsearch, index: str, items: Iterable[Item]) -> dict[int, str]:
    """Send documents in one bulk; the reasons of those that were refused, by product. Raises Unavailable."""
    lines: list[dict[str, Any]] = []
    for key, number, sent in items:
        lines += [{"index": {"_id": str(key), "version": number, "version_type": "external"}}, sent]
    if not lines:
        return {}
    with errors():
        answer = connected.bulk(
            index=index, operations=lines, require_alias=index == settings.ELASTICSEARCH_ALIAS
        )
    return dict(_refusals(answer["items"]))


def _refusals(results: list[Any]) -> Iterator[tuple[int, str]]:
    """409 says that this number or a newer one is there already."""
    for result in results:
        (outcome,) = result.values()
        error = outcome.get("error")
        if not error or outcome["status"] == 409:
            continue
        if outcome["status"] in BUSY or error["type"] in NOT_THE_DOCUMENT:
            raise Unavailable(f"{outcome['status']} {error['type']}: {error['reason']}")
        cause = error.get("caused_by", {}).get("reason", "")
        yield int(outcome["_id"]), f"{error['type']}: {error['reason']}{': ' if cause else ''}{cause}"[:1000]


NOT_THE_DOCUMENT = ("cluster_block_exception", "index_not_found_exception", "unavailable_shards_exception")
"""What is wrong with the index (read-only, closed, gone) is no document's fault: they wait."""


def send_if_there(connected: Elasticsearch, index: str, items: Iterable[Item]) -> None:
    """Send to an index that is being made; when its maker has given it up meanwhile, nothing is lost."""
    with errors():
        there = connected.indices.exists(index=index)
    if there:
        send(connected, index, items)


def _settle(items: list[Item], refused: dict[int, str]) -> None:
    """Rows go up to the number that was sent, so that a change made meanwhile waits on."""
    set_aside(items, refused)
    done = [(key, number) for key, number, _sent in items if key not in refused]
    numbers = dict(Waiting.objects.filter(pk__in=[key for key, _ in done]).values_list("pk", "number"))
    level = [key for key, number in done if numbers.get(key, 0) <= number]
    _delete(level, dict(done))


def set_aside(items: list[Item], refused: dict[int, str]) -> None:
    """Keep the reason beside what was refused; a newer change than that waits on."""
    for key, number, _sent in items:
        if key in refused:
            Waiting.objects.filter(pk=key, number__lte=number).update(refused=refused[key])
            logger.error("Elasticsearch refuses product %s: %s", key, refused[key])


def _delete(keys: list[int], numbers: dict[int, int]) -> None:
    by_number: dict[int, list[int]] = {}
    for key in keys:
        by_number.setdefault(numbers[key], []).append(key)
    for number, same in by_number.items():
        Waiting.objects.filter(pk__in=same, number__lte=number).delete()


def _wait_on(keys: list[int]) -> None:
    """Longer with every try in vain, at most some minutes."""
    waiting = Waiting.objects.filter(pk__in=keys)
    attempts = max(waiting.values_list("attempts", flat=True), default=0)
    pause = min(PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE)
    waiting.update(attempts=F("attempts") + 1, due_at=clock.now() + pause)
