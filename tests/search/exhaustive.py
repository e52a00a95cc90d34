"""An engine that looks at every product: slow, simple, and right by definition."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from search.finding import Retrieved
from search.matching import match_group
from search.query import ProductQuery
from search.ranking import MOST_RANKED, Candidate, rank
from search.relaxation import Attempt
from search.text.tokens import field
from search.understanding import CategoryName, Gazetteer, PlaceName, PlaceSource, Strength
from search.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)


@cache
def rows() -> tuple[dict[str, str], ...]:
    with (ROOT / "marketplace/demo/data/products.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def places() -> dict[str, Any]:
    return json.loads((ROOT / "producers/data/provinces.json").read_text(encoding="utf-8"))


@cache
def taxonomy() -> dict[str, Any]:
    return json.loads((ROOT / "catalogue/data/taxonomy.json").read_text(encoding="utf-8"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.build(places=_place_names(), categories=_categories(), forms=_forms())


def _place_names() -> list[PlaceName]:
    found = []
    for source, key in ((PlaceSource.PROVINCE, "current"), (PlaceSource.FORMER_PROVINCE, "former")):
        for entry in places()[key]:
            named = [(entry["name"], Strength.NAME), (entry["full_name"], Strength.NAME)]
            named += [(text, Strength.ALIAS) for text in entry["aliases"]]
            named += [(text, Strength.NICKNAME) for text in entry["nicknames"]]
            found += [PlaceName(text, strength, source, entry["code"]) for text, strength in named]
    for entry in places()["places"]:
        text = entry["place"].split(" (")[0]
        found.append(PlaceName(text, Strength.SPECIALTY, PlaceSource.FORMER_PROVINCE, entry["former_code"]))
    return found


def _categories() -> list[CategoryName]:
    found = [CategoryName(entry["name_vi"], f"set:{entry['no']}") for entry in taxonomy()["sets"]]
    found += [CategoryName(entry["name_vi"], f"class:{entry['no']}") for entry in taxonomy()["classes"]]
    return found + [CategoryName(entry["name_vi"], f"group:{entry['no']}") for entry in taxonomy()["groups"]]


def _forms() -> list[CategoryName]:
    return [CategoryName(entry["vi"], entry["code"]) for entry in taxonomy()["producer_types"]]


@cache
def _codes() -> dict[str, tuple[str, str]]:
    """Former and current code by the province name of a row."""
    found = {entry["name"]: (entry["code"], entry["current_code"]) for entry in places()["former"]}
    return {entry["name"]: (entry["code"], entry["code"]) for entry in places()["current"]} | found


def former_code(row: dict[str, str]) -> str:
    return _codes()[row["province"]][0]


def current_code(row: dict[str, str]) -> str:
    return row["province_current_code"] or _codes()[row["province"]][1]


def region_code(row: dict[str, str]) -> str:
    return next(entry["region_code"] for entry in places()["current"] if entry["code"] == current_code(row))


def star(row: dict[str, str]) -> int | None:
    certified = row["demo_certificate"] in {"valid", "expiring"} and row["star"] in {"3", "4", "5"}
    return int(row["star"]) if certified else None


@cache
def candidates() -> tuple[Candidate, ...]:
    producers: dict[str, int] = {}
    return tuple(_candidate(number, row, producers) for number, row in enumerate(rows()))


def _candidate(number: int, row: dict[str, str], producers: dict[str, int]) -> Candidate:
    producer = row["producer"] or f"Nhà sản xuất {row['province']} (minh họa)"
    where = (row["commune"], row["district"], row["province"], row["province_current"])
    return Candidate(
        id=number,
        name=row["name"],
        producer_id=producers.setdefault(producer, len(producers)),
        producer=producer,
        places=", ".join(dict.fromkeys(part for part in where if part)),
        category=f"{row['set_vi']}, {row['group_vi']}",
        star=star(row),
    )


@cache
def vocabulary() -> Vocabulary:
    counts: Counter[str] = Counter()
    exact: set[str] = set()
    for candidate in candidates():
        fields = [
            field(text) for text in (candidate.name, candidate.producer, candidate.places, candidate.category)
        ]
        counts.update({form for text in fields for form in text.folded})
        exact.update(form for text in fields for form in text.exact)
    return Vocabulary(counts, exact, len(candidates()))


@cache
def _category_of(set_no: int) -> frozenset[str]:
    entry = next(entry for entry in taxonomy()["sets"] if entry["no"] == set_no)
    classes = {f"class:{one['no']}" for one in taxonomy()["classes"] if set_no in one["sets"]}
    return frozenset({f"set:{set_no}", f"group:{entry['group']}"} | classes)


class ExhaustiveEngine:
    name = "exhaustive"

    def retrieve(self, attempt: Attempt) -> Retrieved:
        likely = (candidates()[number] for number in sorted(_likely(attempt)))
        allowed = (candidate for candidate in likely if _is_allowed(attempt.query, candidate.id))
        found = [candidate for candidate in allowed if _is_found(attempt, candidate)]
        best = rank(candidates=found, groups=attempt.groups)[:MOST_RANKED]
        return Retrieved(len(found), tuple(entry.candidate for entry in best))


def _is_allowed(query: ProductQuery, number: int) -> bool:
    row = rows()[number]
    if "alcohol" in row["flags"] and not query.adult:
        return False
    if query.stars and star(row) not in query.stars:
        return False
    if query.categories and not query.categories & _category_of(int(row["set_no"])):
        return False
    if not (query.provinces or query.former_provinces or query.regions):
        return True
    codes = (former_code(row) in query.former_provinces, current_code(row) in query.provinces)
    return any(codes) or region_code(row) in query.regions


@cache
def _numbers_by_word() -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for candidate in candidates():
        for text in (candidate.name, candidate.producer, candidate.places, candidate.category):
            for form in field(text).folded:
                found[form].add(candidate.id)
    return found


def _likely(attempt: Attempt) -> Iterable[int]:
    """Those that hold the first word of any alternative of enough groups."""
    if not attempt.minimum:
        return range(len(candidates()))
    counts: Counter[int] = Counter()
    for group in attempt.groups:
        words = (
            {alternative.terms[0].folded for alternative in group.alternatives} if group.required else set()
        )
        counts.update(set().union(*(_numbers_by_word().get(word, set()) for word in words)))
    return [number for number, count in counts.items() if count >= attempt.minimum]


def _is_found(attempt: Attempt, candidate: Candidate) -> bool:
    texts = [candidate.name, candidate.producer, candidate.places]
    texts += [candidate.category] if attempt.wide else []
    fields = [field(text) for text in texts]
    required = [group for group in attempt.groups if group.required]
    if sum(any(match_group(group, text)[0] for text in fields) for group in required) < attempt.minimum:
        return False
    sure = (any(match_group(group, text, sure=True)[0] for text in fields) for group in required)
    return not attempt.sure or sum(sure) >= attempt.sure
