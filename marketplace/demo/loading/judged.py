"""Queries with what they must find in the demonstration catalogue (data/judged), as rows that staff can edit."""

import json
from typing import Any

from marketplace.demo.rows import DATA
from search.judging import LEADING, former
from search.models import JudgedQuery

KINDS = {
    "d-vs-đ": "d và đ",
    "diacritics-matter": "dấu phân biệt nghĩa",
    "english": "tiếng Anh",
    "intent": "ý định",
    "keyboard": "gõ dở dấu",
    "no-diacritics": "không dấu",
    "no-space": "viết liền",
    "place": "nơi sản xuất",
    "producer": "nhà sản xuất",
    "spelling-variant": "cách viết khác",
    "star-price": "sao và giá",
    "synonym": "từ cùng nghĩa",
    "tone-placement": "chỗ đặt dấu",
    "typo": "gõ nhầm",
    "unit-attribute": "đơn vị đo",
}
"""What staff call the categories of the files."""
FILES = ("search_queries", "more_queries")


def read_judged(name: str) -> list[dict[str, Any]]:
    """The entries of one file; data/judged/README.md says what their fields mean."""
    return list(json.loads((DATA / "judged" / f"{name}.json").read_text(encoding="utf-8")))


def load_judged() -> None:
    """Add the queries that are missing; an entry that is met by any answer is none for staff."""
    known = set(JudgedQuery.objects.values_list("text", flat=True))
    rows = {entry["query"]: row_of(entry) for name in FILES for entry in read_judged(name)}
    JudgedQuery.objects.bulk_create(
        row for text, row in rows.items() if text not in known and row.demands_something
    )


def row_of(entry: dict[str, Any]) -> JudgedQuery:
    top, expected = entry.get("any_in_top", (LEADING, []))
    return JudgedQuery(
        text=entry["query"],
        category=KINDS[entry["category"]],
        expected="\n".join(expected),
        top=top,
        anywhere="\n".join(entry.get("found", [])),
        not_above="\n".join(entry.get("not_above", [])),
        places="\n".join(_places(entry.get("place", {}))),
        star=entry.get("star"),
        price_from=entry.get("min_price"),
        price_to=entry.get("max_price"),
        adult=entry.get("adult", False),
        nothing=entry.get("nothing", False),
    )


def _places(place: dict[str, Any]) -> list[str]:
    found = []
    for kind, given in place.items():
        names = given if isinstance(given, list) else [given]
        found += [former(name) if kind == "former_province" else name for name in names]
    return found
