"""Names that go on as somebody has begun to type, in one request."""

from typing import Any

from search.result import Begun

from .engine import ask, hits

Clause = dict[str, Any]
MOST_PRODUCERS = 20


def begun(typed: str, *, adult: bool, products: int, producers: int) -> Begun:
    """The same as the database engine's; raises Unavailable or Refused."""
    answer = ask(request(typed, adult=adult, products=products))
    made = answer["aggregations"]["made"]["producers"]["buckets"]
    named = sorted((_name(bucket), int(bucket["key"])) for bucket in made)
    return Begun(
        tuple((int(hit["_id"]), hit["_source"]["name"], hit["_source"]["producer"]) for hit in hits(answer)),
        tuple((key, name) for name, key in named[:producers]),
    )


def request(typed: str, *, adult: bool, products: int) -> Clause:
    """Products by their names are the hits, producers by theirs the one aggregation."""
    *whole, last = typed.split()
    named, made = (_holds(field, whole, last) for field in ("name_begun", "producer_begun"))
    seen: list[Clause] = [{"term": {"listed": True}}, *([] if adult else [{"term": {"adult": False}}])]
    either = {"bool": {"should": [named, made], "minimum_should_match": 1}}
    example = {"top_hits": {"size": 1, "_source": ["producer"]}}
    by_producer = {"terms": {"field": "producer_id", "size": MOST_PRODUCERS}, "aggs": {"one": example}}
    return {
        "size": products,
        "query": {"bool": {"filter": [*seen, either], "should": [_at_head(whole, last)]}},
        "post_filter": named,
        "aggs": {"made": {"filter": made, "aggs": {"producers": by_producer}}},
        "sort": [{"_score": "desc"}, {"name_size": "asc"}, {"id": "asc"}],
        "_source": ["name", "producer"],
        "track_total_hits": False,
    }


def _holds(field: str, whole: list[str], last: str) -> Clause:
    """Every word, the last one perhaps unfinished."""
    return {"bool": {"filter": [*({"term": {field: word}} for word in whole), {"prefix": {field: last}}]}}


def _at_head(whole: list[str], last: str) -> Clause:
    """The name begins so."""
    words: list[Clause] = [{"span_term": {"name_begun": word}} for word in whole]
    words.append({"span_multi": {"match": {"prefix": {"name_begun": {"value": last}}}}})
    together = words[0] if len(words) == 1 else {"span_near": {"clauses": words, "slop": 0, "in_order": True}}
    begins = {"span_first": {"match": together, "end": len(words)}}
    return {"constant_score": {"filter": begins, "boost": 1.0}}


def _name(bucket: Any) -> str:
    return str(bucket["one"]["hits"]["hits"][0]["_source"]["producer"])
