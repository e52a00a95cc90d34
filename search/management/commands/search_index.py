"""Looks after the indices of both engines."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalogue.models import Product
from marketplace import clock
from search import indexing
from search.elastic import check, lifecycle
from search.elastic.client import Refused, Unavailable
from search.elastic.delivery import deliver_all

ENGINES = ("database", "elasticsearch")
SHOWN = 20


class Command(BaseCommand):
    help = "Makes a search index anew (rebuild), compares it with the catalogue (check), or says how it stands (status)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild", "check", "status"])
        parser.add_argument("--engine", choices=ENGINES, help="the one in use, if not said")
        parser.add_argument("--mend", action="store_true", help="with check: index again what has drifted")

    def handle(self, *args: Any, **options: Any) -> None:
        engine = options["engine"] or ("elasticsearch" if settings.ELASTICSEARCH_URL else "database")
        if engine == "database":
            self._database(options["action"], mend=options["mend"])
            return
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set")
        try:
            self._elasticsearch(options["action"], mend=options["mend"])
        except (Unavailable, Refused, lifecycle.Busy) as error:
            raise CommandError(f"Elasticsearch: {error}") from error

    def _database(self, action: str, *, mend: bool) -> None:
        if action == "rebuild":
            self.stdout.write(f"{indexing.rebuild(told=self._progress())} products indexed")
        elif action == "check":
            drift = indexing.drift()
            self._say(drift)
            ids = [key for part in drift.values() for key in part]
            self._end(ids, indexing.refresh if mend else None)
        else:
            self.stdout.write(f"engine: database\ndocuments: {indexing.count()}")

    def _elasticsearch(self, action: str, *, mend: bool) -> None:
        if action == "rebuild":
            self.stdout.write(f"{lifecycle.rebuild(told=self._progress())} serves")
        elif action == "check":
            drift = check.drift()
            self.stdout.write(f"in the database: {drift.in_database}, in the index: {drift.in_index}")
            self._say({"missing": drift.missing, "superfluous": drift.superfluous, "stale": drift.stale})
            self.stdout.write(f"producers whose checksums differ: {len(drift.producers)}")
            self._end(drift.ids, self._mend if mend else None)
        else:
            self._status()

    def _mend(self, ids: list[int]) -> None:
        check.mend(ids)
        deliver_all()

    def _status(self) -> None:
        found = check.status()
        lag = f"{(clock.now() - found.oldest).total_seconds():.0f} s" if found.oldest else "none"
        self.stdout.write(
            f"engine: elasticsearch\n"
            f"alias: {settings.ELASTICSEARCH_ALIAS} -> {found.index or 'no index yet: search_index rebuild'}\n"
            f"mapping: {'up to date' if found.schema_fits else 'of another version: search_index rebuild'}\n"
            f"documents: {found.documents}\n"
            f"waiting: {found.waiting}\n"
            f"oldest waiting change: {found.oldest.isoformat() if found.oldest else 'none'}\n"
            f"lag: {lag}\n"
            f"set aside: {found.set_aside}\n"
            f"being made: {found.building or 'none'}"
        )

    def _progress(self) -> Any:
        total, done = Product.objects.listed().count(), 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            filled = 30 * done // max(total, 1)
            bar = f"\r[{'#' * filled}{'.' * (30 - filled)}] {done} / {total}"
            self.stderr.write(bar, ending="" if done < total else "\n")

        return told

    def _say(self, drift: dict[str, list[int]]) -> None:
        for kind, ids in drift.items():
            some = f" ({', '.join(map(str, ids[:SHOWN]))}{', …' if len(ids) > SHOWN else ''})" if ids else ""
            self.stdout.write(f"{kind}: {len(ids)}{some}")

    def _end(self, ids: list[int], mend: Any) -> None:
        if ids and mend:
            mend(ids)
            self.stdout.write(f"{len(ids)} mended")
        elif ids:
            sys.exit(1)
