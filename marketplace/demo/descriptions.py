"""Product descriptions put together from sentences, so that neighbours in the list do not read the same.

Sentences are data: the kind's in data/kinds, first and last ones in data/sentences.toml. No sentence promises
an effect on health; functional food carries the warning the law asks for.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from marketplace.demo.kinds import Kind
from marketplace.demo.rows import DATA, Row

FUNCTIONAL_FOOD_SET = 18
WARNING = "Thực phẩm này không phải là thuốc, không có tác dụng thay thế thuốc chữa bệnh."


@dataclass(frozen=True)
class Topic:
    sets: tuple[int, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


@cache
def _topics() -> tuple[Topic, ...]:
    entries = tomllib.loads((DATA / "sentences.toml").read_text(encoding="utf-8")).values()
    return tuple(Topic(tuple(e["sets"]), tuple(e["first"]), tuple(e["last"])) for e in entries)


def describe(row: Row, kind: Kind) -> str:
    """Three or four Vietnamese sentences; for functional food the legal warning follows."""
    topic = next(topic for topic in _topics() if row.set_no in topic.sets)
    first = [text for text in topic.first if row.producer or "{maker}" not in text]
    n = row.number
    opening = _turn(first, n).format(name=_spoken(row.name), place=_place(row), maker=row.producer)
    sentences = [opening, _turn(kind.taste, n), _turn(kind.use, n // len(kind.taste))]
    if n % 3 == 0:
        sentences.append(_turn(topic.last, n // 3))
    if row.set_no == FUNCTIONAL_FOOD_SET:
        sentences.append(WARNING)
    return " ".join(sentences)


def _turn(options: Sequence[str], number: int) -> str:
    """The next one at every row."""
    return options[number % len(options)]


def _place(row: Row) -> str:
    """Near and well known: the district if the source has it, and the former province."""
    district = row.district.removeprefix("TP ")
    return f"{district}, {row.province}" if district and district != row.province else row.province


def _spoken(name: str) -> str:
    """The name without what stands in brackets."""
    return name.split(" (", maxsplit=1)[0]
