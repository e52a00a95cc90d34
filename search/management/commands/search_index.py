"""Looks after the database engine's index."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalogue.models import Product
from search import indexing


class Command(BaseCommand):
    help = "Makes the search index anew (rebuild), or compares it with the catalogue (check, --mend)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild", "check"])
        parser.add_argument("--mend", action="store_true", help="with check: index again what has drifted")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rebuild":
            self._rebuild()
        else:
            self._compare(mend=options["mend"])

    def _rebuild(self) -> None:
        total, done = Product.objects.listed().count(), 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            self.stderr.write(f"\r{done} / {total}", ending="" if done < total else "\n")

        written = indexing.rebuild(told=told)
        self.stdout.write(f"{written} products indexed")

    def _compare(self, *, mend: bool) -> None:
        drift = indexing.drift()
        for kind, ids in drift.items():
            self.stdout.write(f"{kind}: {len(ids)}" + (f" ({', '.join(map(str, ids[:20]))})" if ids else ""))
        drifted = [key for ids in drift.values() for key in ids]
        if drifted and mend:
            indexing.refresh(drifted)
            self.stdout.write(f"{len(drifted)} mended")
        elif drifted:
            sys.exit(1)
