"""Search from the command line: one JSON object a query, for people, tests and other programs."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace import clock
from search.query import ProductQuery
from search.report import report
from search.searching import search

ENGINES = ("database",)
MOST_TEXT = 2000


class Command(BaseCommand):
    help = "Answers QUERY, or each line of standard input, with one JSON object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="?", default=None)
        parser.add_argument("--engine", choices=ENGINES, default="database")
        parser.add_argument("--adult", action="store_true", help="the 18+ choice is made")
        parser.add_argument("--limit", type=int, default=20, help="most results, 1 to 200")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = [options["query"]] if options["query"] is not None else _lines()
        for line in lines:
            self.stdout.write(json.dumps(self.answer(line, options), ensure_ascii=False))
            self.stdout.flush()

    def answer(self, text: str, options: dict[str, Any]) -> dict[str, Any]:
        """The result object, or an object with `error` that says what is wrong with the input."""
        if len(text) > MOST_TEXT:
            return {"query": text[:100], "error": f"the query has more than {MOST_TEXT} characters"}
        if not 1 <= options["limit"] <= 200:
            return {"query": text, "error": "--limit must be from 1 to 200"}
        query = ProductQuery(text=text, day=clock.today(), adult=options["adult"], page_size=options["limit"])
        return report(query, search(query, facets=False))


def _lines() -> Any:
    """Lines of standard input; bytes that are no UTF-8 become replacement characters."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n")
