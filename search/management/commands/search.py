"""Search from the command line: one JSON object a query, for people, tests and other programs."""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace import clock
from search.elastic.client import Refused, Unavailable
from search.elastic.engine import ElasticsearchEngine
from search.engines.database import DatabaseEngine
from search.explain import explain
from search.query import ProductQuery
from search.report import report
from search.searching import found_by, search_with

ENGINES: dict[str, Any] = {"database": DatabaseEngine, "elasticsearch": ElasticsearchEngine}
MOST_TEXT = 2000
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What some programs take for the end of a line, and JSON leaves as it is."""


class Command(BaseCommand):
    help = "Answers QUERY, or each line of standard input, with one JSON object a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="?", default=None)
        parser.add_argument("--engine", choices=ENGINES, default="database")
        parser.add_argument("--adult", action="store_true", help="the 18+ choice is made")
        parser.add_argument("--limit", type=int, default=20, help="most results, 1 to 200")
        parser.add_argument("--explain", type=int, metavar="ID", help="why this product ranks where it does")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["engine"] == "elasticsearch" and not settings.ELASTICSEARCH_URL:
            raise CommandError("ELASTICSEARCH_URL is not set")
        lines = [_valid(options["query"])] if options["query"] is not None else _lines()
        plain = not _speaks_unicode(self.stdout)
        for line in lines:
            answer = json.dumps(self.answer(line, options), ensure_ascii=plain)
            self.stdout.write(_LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", answer))
            self.stdout.flush()

    def answer(self, text: str, options: dict[str, Any]) -> dict[str, Any]:
        """The result object, or an object with `error` that says what is wrong with the input."""
        if len(text) > MOST_TEXT:
            return {"query": text[:100], "error": f"the query has more than {MOST_TEXT} characters"}
        if not 1 <= options["limit"] <= 200:
            return {"query": text, "error": "--limit must be from 1 to 200"}
        query = ProductQuery(text=text, day=clock.today(), adult=options["adult"], page_size=options["limit"])
        try:
            return _found(ENGINES[options["engine"]](), query, options["explain"])
        except (Unavailable, Refused) as error:
            return {"query": text, "error": f"Elasticsearch: {error}"}


def _found(engine: Any, query: ProductQuery, explained: int | None) -> dict[str, Any]:
    result = search_with(engine, query, facets=False)
    answer = report(query, result)
    if explained is None:
        return answer
    return answer | {"explained": explain(found_by(engine, query), explained, result.promoted)}


def _valid(text: str) -> str:
    """The argument without what the system could not decode."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _speaks_unicode(stream: Any) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().startswith("utf")


def _lines() -> Iterator[str]:
    """Lines of standard input; bytes that are no UTF-8 become replacement characters."""
    for raw in sys.stdin.buffer:
        yield raw.decode("utf-8", errors="replace").rstrip("\r\n")
