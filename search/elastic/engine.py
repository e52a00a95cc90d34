"""The `elasticsearch` engine: the same answers as the database engine, from the index behind the alias."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from search.engines.filters import FACETS
from search.finding import Retrieved
from search.query import Place, ProductQuery, Sort
from search.ranking import FIRST_PAGE, MOST_OF_ONE_PRODUCER, MOST_RANKED, Candidate
from search.relaxation import Attempt

from . import requests
from .client import client, errors


class Adrift(LookupError):
    """The database named the last product alone, and that is not found any more: only the database can go on."""


class ElasticsearchEngine:
    """Answers the attempts of one search; raises Unavailable or Refused. It remembers what it was told."""

    name = "elasticsearch"

    def __init__(self, *, facets: bool = False) -> None:
        self._with_facets = facets
        self._answers: dict[Attempt, Any] = {}

    def expect(self, attempts: Sequence[Attempt]) -> None:
        """Nothing to read ahead: an attempt is one request."""

    def retrieve(self, attempt: Attempt) -> Retrieved:
        """The best 200 of all that match, by a rough score.

        Of a list as many as decide the page, and none where it stands behind the ranked.
        """
        answer = self._answer(attempt)
        read = _candidate if attempt.groups else _in_list
        candidates = tuple(read(hit, attempt.query.day) for hit in hits(answer))
        hidden = 0 if answer["hits"]["total"]["value"] else answer["aggregations"]["held"]["doc_count"]
        return Retrieved(answer["hits"]["total"]["value"], candidates, hidden)

    def page(
        self, attempt: Attempt, *, sort: Sort, start: int, size: int, after: Place | None = None
    ) -> list[Place]:
        """One page in the order of a field, or in the engine's own for relevance; raises Adrift."""
        if after and len(after) == 1:
            after = _whole(attempt, sort, after)
        found: list[Place] = []
        for best in _tries(attempt, sort):
            if len(found) < size:
                body = requests.page(attempt, sort=sort, start=start, size=size, after=after, best=best)
                found = _places(body)
        return found

    def facets(self, attempt: Attempt) -> dict[str, dict[str, int]]:
        """Counts by facet and value; a facet's own choice does not shrink its own counts."""
        counts = dict(_counts(self._answer(attempt)["aggregations"]))
        return counts | _none(attempt.query)

    def _answer(self, attempt: Attempt) -> Any:
        if attempt not in self._answers:
            self._answers[attempt] = self._first_answer(attempt)
        return self._answers[attempt]

    def _first_answer(self, attempt: Attempt) -> Any:
        if attempt.groups:
            return ask(requests.retrieve(attempt, facets=self._with_facets))
        if _is_ranked(attempt.query):
            return _listed(attempt, self._with_facets)
        return ask(requests.counted(attempt, facets=self._with_facets))


def _is_ranked(query: ProductQuery) -> bool:
    return query.sort is Sort.RELEVANCE and query.start < MOST_RANKED


FEW = 60
"""Candidates that decide the first pages of a list, if they are of enough producers."""


def _listed(attempt: Attempt, facets: bool) -> Any:
    """A list without words: candidates and counts apart, so that Elasticsearch may keep the counts until it changes."""
    counted = ask(requests.counted(attempt, facets=facets))
    query, total = attempt.query, counted["hits"]["total"]["value"]
    few = min(FEW, MOST_RANKED)
    found = _first(attempt, few, total) if query.start + query.page_size <= few else []
    if not _is_spread(found, total):
        found = _first(attempt, MOST_RANKED, total)
    return {**counted, "hits": {**counted["hits"], "hits": found}}


def _first(attempt: Attempt, size: int, total: int) -> list[Any]:
    """So many of a list, if there are as many; looked for among the best first."""
    found: list[Any] = []
    for best in _tries(attempt, Sort.RELEVANCE):
        if len(found) < min(size, total):
            found = hits(ask(requests.listed(attempt, best=best, size=size)))
    return found


def _is_spread(found: list[Any], total: int) -> bool:
    """Whether the ranker needs no more of them to fill the first places with a few of each producer's."""
    producers = Counter(hit["fields"]["producer_id"][0] for hit in found)
    return len(found) >= total or sum(min(n, MOST_OF_ONE_PRODUCER) for n in producers.values()) >= FIRST_PAGE


def _tries(attempt: Attempt, sort: Sort) -> list[bool]:
    """Whether to look among the best alone: first so, where that may do, then among all."""
    return [True, False] if requests.has_best(attempt, sort) else [False]


def _whole(attempt: Attempt, sort: Sort, last: Place) -> Place:
    """The place of the product that the database named by its id alone."""
    found = _places(requests.place(attempt, sort=sort, key=int(last[-1])))
    if not found:
        raise Adrift
    return found[0]


def _places(body: dict[str, Any]) -> list[Place]:
    return [tuple(hit["sort"]) for hit in hits(ask(body, read=["hits.hits.sort"]))]


def _none(query: ProductQuery) -> dict[str, dict[str, int]]:
    return {"adult": {}} if query.adult else {}


READ = ["hits.total", "hits.hits._id", "hits.hits._source", "hits.hits.fields", "aggregations"]
"""What is read of an answer. The rest, above all the sort values of two hundred hits, is not even sent."""


def ask(body: dict[str, Any], *, read: Sequence[str] = READ) -> Any:
    """Send one search to the index; raises Unavailable or Refused."""
    with errors():
        found = client().search(
            index=settings.ELASTICSEARCH_ALIAS,
            filter_path=read,
            allow_partial_search_results=False,
            **_arguments(body),
        )
    return found.body


def hits(answer: Any) -> list[Any]:
    """Those of an answer, which has no list where there are none."""
    found: list[Any] = answer.get("hits", {}).get("hits", [])
    return found


def _arguments(body: dict[str, Any]) -> dict[str, Any]:
    """The client's names of what the request's body holds."""
    names = {"_source": "source", "from": "from_"}
    return {names.get(name, name): value for name, value in body.items()}


def _counts(found: Any) -> Iterator[tuple[str, dict[str, int]]]:
    """The counts of each facet, '' for products without a value, as the database engine has it."""
    for together in found.values():
        total = together["doc_count"]
        for facet in FACETS:
            if facet in together:
                yield facet, _values(facet, total, together[facet])
    if "adult" in found:
        held = found["adult"]["doc_count"]
        yield "adult", {"1": held} if held else {}


def _values(facet: str, total: int, counted: Any) -> dict[str, int]:
    buckets = (counted["today"]["values"] if facet == "star" else counted)["buckets"]
    # What is out of stock (0) is no value of its own.
    found = {str(one["key"]): one["doc_count"] for one in buckets if facet != "stock" or one["key"]}
    without = total - sum(found.values())
    return {value: number for value, number in {**found, "": found.get("", 0) + without}.items() if number}


def _in_list(hit: Any, day: date) -> Candidate:
    """A candidate of a list without words: the ranker only looks at its producer."""
    return Candidate(id=int(hit["_id"]), name="", producer_id=hit["fields"]["producer_id"][0])


def _candidate(hit: Any, day: date) -> Candidate:
    kept = hit["_source"]
    today = day.isoformat()
    window = next((one for one in kept["stars"] if one["first"] <= today <= one["last"]), None)
    return Candidate(
        id=int(hit["_id"]),
        name=kept["name"],
        producer_id=kept["producer_id"],
        producer=kept["producer"],
        places=kept["places"],
        category=kept["category"],
        description=kept.get("description", ""),
        star=window["stars"] if window else None,
        in_stock=kept["in_stock"],
        rated_on=date.fromisoformat(window["first"]) if window else None,
        opinion=kept.get("opinion", 0),
    )
