"""How many of the demonstration's judged queries are answered as they should be, by category."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.demo.loading.judged import row_of

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


def judge(judged: Sequence[Judged], answer: Callable[[Judged], Sequence[Row]]) -> Verdict:
    verdict = Verdict()
    for query in judged:
        verdict.asked[query["category"]] += 1
        if row_of(query).judged.is_met(answer(query)):
            verdict.met[query["category"]] += 1
        else:
            verdict.missed.append(query["query"])
    return verdict
