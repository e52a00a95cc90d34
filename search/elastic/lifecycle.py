"""Making the index anew without a moment in which searches see an empty or half one.

1. a new index with a name of its own, and a row that makes deliveries go there as well (search/elastic/delivery.py)
2. every product in bulk, read in chunks, each chunk with its numbers in one snapshot, and sent while the next is read
3. what changed meanwhile and still waits
4. refresh, compare the number of documents, and move the alias in one call
5. the old index goes

When any of it fails, the new index goes and the old one serves on. A maker that was killed leaves a row whose last
sign of life grows old; the next one clears it away.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from catalogue.models import Product, ProductChange
from marketplace import clock
from search.models import Rebuild, Waiting

from .client import Refused, Unavailable, client, errors
from .delivery import Item, deliver_all, read, send, set_aside, snapshot
from .mapping import MAPPING, SETTINGS

logger = logging.getLogger(__name__)

CHUNK = 1_000
DEAD_AFTER = timedelta(minutes=10)
"""A maker that has said nothing for so long is taken for dead."""


LOOKS = 3
"""How often numbers are compared: what is written and delivered in the middle of a look makes them differ."""


class Busy(RuntimeError):
    """Another process is making the index."""


def live(connected: Elasticsearch) -> list[str]:
    """The indices behind the alias: one, or none before the first rebuild."""
    with errors():
        if not connected.indices.exists_alias(name=settings.ELASTICSEARCH_ALIAS):
            return []
        return sorted(connected.indices.get_alias(name=settings.ELASTICSEARCH_ALIAS).body)


def rebuild(*, told: Callable[[int], object] | None = None) -> str:
    """Make the index anew and return its name. Raises Busy, Unavailable or Refused, and leaves the old one then."""
    connected = client(seconds=settings.ELASTICSEARCH_REBUILD_TIMEOUT)
    with _building(connected) as building:
        _fill(connected, building, told)
        deliver_waiting(connected, building)
        _seen(building)
        _compare(connected, building.name)
        old = live(connected)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": settings.ELASTICSEARCH_ALIAS}} for name in old
        ]
        actions.append(
            {"add": {"index": building.name, "alias": settings.ELASTICSEARCH_ALIAS, "is_write_index": True}}
        )
        with errors():
            connected.indices.update_aliases(actions=actions)
    try:
        _drop_left_over(connected, besides=building.name)
    except (Unavailable, Refused) as error:
        logger.warning("Old indices could not be dropped, the next rebuild will: %s", error)
    return building.name


def _drop_left_over(connected: Elasticsearch, *, besides: str) -> None:
    """Indices that rebuilds have made, and that neither serve nor are being made: those of a moment ago and older."""
    with errors():
        found = connected.indices.get(index=f"{settings.ELASTICSEARCH_ALIAS}-*", features="aliases").body
        made = re.compile(re.escape(settings.ELASTICSEARCH_ALIAS) + r"-\d{20}")
        for name, told in found.items():
            if made.fullmatch(name) and name != besides and not told["aliases"]:
                connected.indices.delete(index=name, ignore_unavailable=True)


@contextmanager
def _building(connected: Elasticsearch) -> Iterator[Rebuild]:
    """A new index and its row; both go when the block fails, the row alone when it ends well."""
    _clear_dead(connected)
    moment = clock.now()
    name = f"{settings.ELASTICSEARCH_ALIAS}-{moment:%Y%m%d%H%M%S%f}"
    building, first = Rebuild.objects.get_or_create(pk=1, defaults={"name": name, "seen_at": moment})
    if not first:
        raise Busy(building.name)
    try:
        with errors():
            connected.indices.create(
                index=name,
                mappings=MAPPING,
                settings=SETTINGS
                | {"refresh_interval": "-1", "number_of_replicas": settings.ELASTICSEARCH_REPLICAS},
            )
        yield building
    except BaseException:
        _give_up(connected, building)
        raise
    building.delete()


def _give_up(connected: Elasticsearch, building: Rebuild) -> None:
    """Drop the unfinished index now, or leave its row as that of a dead maker, for the next one to clear away."""
    try:
        _drop_unless_live(connected, building.name)
        building.delete()
    except (Unavailable, Refused) as error:
        logger.warning("The unfinished index %s could not be dropped: %s", building.name, error)
        building.seen_at = clock.now() - 2 * DEAD_AFTER
        building.save(update_fields=["seen_at"])


def _drop_unless_live(connected: Elasticsearch, name: str) -> None:
    """A switch whose answer was lost may have happened all the same."""
    if name not in live(connected):
        with errors():
            connected.indices.delete(index=name, ignore_unavailable=True)


def _clear_dead(connected: Elasticsearch) -> None:
    for dead in Rebuild.objects.filter(seen_at__lt=clock.now() - DEAD_AFTER):
        _drop_unless_live(connected, dead.name)
        dead.delete()


def _fill(connected: Elasticsearch, building: Rebuild, told: Callable[[int], object] | None) -> None:
    """All listed products by id; memory holds two chunks."""
    for items, refused in _sent(connected, building.name):
        if refused:
            _set_aside(items, refused)
        _seen(building)
        if told:
            told(len(items))


def _sent(connected: Elasticsearch, name: str) -> Iterator[tuple[list[Item], dict[int, str]]]:
    """Each chunk with what was refused of it. One is read while the one before it is on the way."""
    under_way: deque[tuple[list[Item], Future[dict[int, str]]]] = deque()
    with ThreadPoolExecutor(1) as sender:
        for items in _chunks():
            under_way.append((items, sender.submit(send, connected, name, items)))
            if len(under_way) > 1:
                before, answer = under_way.popleft()
                yield before, answer.result()
        for last, answer in under_way:
            yield last, answer.result()


def _chunks() -> Iterator[list[Item]]:
    """Numbers and documents of all listed products by id, those of a chunk in one snapshot."""
    listed = Product.objects.listed().filter(producer__isnull=False).order_by("pk")
    last = 0
    while keys := list(listed.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        _number(keys)
        with snapshot():
            items = read(keys)
        yield items
        last = keys[-1]


def _number(keys: list[int]) -> None:
    """Products from before the first change number get their row; most of the time there is none to write."""
    numbered = set(ProductChange.objects.filter(pk__in=keys).values_list("pk", flat=True))
    ProductChange.objects.bulk_create(
        [ProductChange(product_id=key, number=1) for key in keys if key not in numbered],
        ignore_conflicts=True,
    )


def _set_aside(items: list[Item], refused: dict[int, str]) -> None:
    """Products that nobody waits for get their row here."""
    Waiting.objects.bulk_create(
        [Waiting(product_id=key, number=number) for key, number, _sent in items if key in refused],
        ignore_conflicts=True,
    )
    set_aside(items, refused)


def deliver_waiting(connected: Elasticsearch, building: Rebuild) -> None:
    """What changed while the index was filled; before the first index there is no alias to deliver to."""
    if live(connected):
        deliver_all(told=lambda: _seen(building))


def _seen(building: Rebuild) -> None:
    building.seen_at = clock.now()
    building.save(update_fields=["seen_at"])


def _compare(connected: Elasticsearch, name: str) -> None:
    """An index that lacks products is not put in place."""
    with errors():
        connected.indices.put_settings(
            index=name, settings={"refresh_interval": SETTINGS["refresh_interval"]}
        )
    for look in range(LOOKS, 0, -1):
        found, listed, allowed = _counts(connected, name)
        if abs(listed - found) <= allowed:
            return
        if look == 1:
            raise Refused(f"{found} of {listed} products arrived in {name}")


def _counts(connected: Elasticsearch, name: str) -> tuple[int, int, int]:
    """Documents of the index, listed products, and by how many they may differ: those set aside, and those that wait."""
    with errors():
        connected.indices.refresh(index=name)
        found = connected.count(index=name, query={"term": {"listed": True}})["count"]
    return found, Product.objects.listed().filter(producer__isnull=False).count(), Waiting.objects.count()
