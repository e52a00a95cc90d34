"""Whether results are what a judged query asks for; the fields are explained in data/README.md."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
LEADING = 10
NOWHERE = 10_000

Row = Mapping[str, Any]
Judged = dict[str, Any]


@dataclass
class Verdict:
    """How many queries of each category were answered as expected, and which were not."""

    asked: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.met.total() / self.asked.total()

    def __str__(self) -> str:
        lines = [f"{category}: {self.met[category]} of {self.asked[category]}" for category in self.asked]
        total = f"all: {self.met.total()} of {self.asked.total()}"
        return "\n".join([*lines, total, *(f"missed: {query}" for query in self.missed)])


def queries(name: str) -> list[Judged]:
    return list(json.loads((DATA / f"{name}.json").read_text(encoding="utf-8")))


def judge(judged: Sequence[Judged], answer: Callable[[Judged], Sequence[Row]]) -> Verdict:
    verdict = Verdict()
    for query in judged:
        verdict.asked[query["category"]] += 1
        if is_met(query, answer(query)):
            verdict.met[query["category"]] += 1
        else:
            verdict.missed.append(query["query"])
    return verdict


def is_met(judged: Judged, found: Sequence[Row]) -> bool:
    names = [str(row["name"]) for row in found]
    top, wanted = judged.get("any_in_top", (0, []))
    everywhere = judged.get("found", [])
    first = min((_position(name, names) for name in [*wanted, *everywhere]), default=NOWHERE)
    return (
        (not wanted or any(_position(name, names) < top for name in wanted))
        and (not everywhere or any(_position(name, names) < NOWHERE for name in everywhere))
        and all(_position(name, names) > first for name in judged.get("not_above", []))
        and all(_fits(judged, row) for row in found[:LEADING])
        and not (judged.get("nothing") and found)
    )


def _position(expected: str, names: Sequence[str]) -> int:
    return next((at for at, name in enumerate(names) if expected.lower() in name.lower()), NOWHERE)


def _fits(judged: Judged, row: Row) -> bool:
    place = judged.get("place", {})
    there = all(row[key] in (value if isinstance(value, list) else [value]) for key, value in place.items())
    rated = "star" not in judged or row["star"] == judged["star"]
    cheap = "max_price" not in judged or (row["price"] or NOWHERE * NOWHERE) <= judged["max_price"]
    dear = "min_price" not in judged or (row["price"] or 0) >= judged["min_price"]
    return there and rated and cheap and dear
