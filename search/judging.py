"""Whether results are what a judged query asks for. Pure: results are rows as search/report.py gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEADING = 10
"""So many results must fit place, stars and price."""
NOWHERE = 10_000

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and what it must find; what is empty demands nothing.

    One of `expected` (parts of names) is among the first `top`, one of `anywhere` among all; none of `not_above` stands
    above the first of both. The leading results come from one of `places` ("Thái Nguyên", "Bắc Kạn (cũ)", or the code of
    a region), have the stars, and cost what is allowed (đồng).
    """

    text: str
    expected: tuple[str, ...] = ()
    top: int = LEADING
    anywhere: tuple[str, ...] = ()
    not_above: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    star: int | None = None
    price_from: int | None = None
    price_to: int | None = None
    adult: bool = False
    nothing: bool = False

    def is_met(self, found: Sequence[Row]) -> bool:
        names = [str(row["name"]) for row in found]
        wanted, anywhere = _first(self.expected, names), _first(self.anywhere, names)
        first = min(wanted, anywhere)
        return (
            (not self.expected or wanted < self.top)
            and (not self.anywhere or anywhere < NOWHERE)
            and all(_position(name, names) > first for name in self.not_above)
            and all(self._fits(row) for row in found[:LEADING])
            and not (self.nothing and found)
        )

    def _fits(self, row: Row) -> bool:
        came_from = {row["province"], former(row["former_province"]), row["region"]}
        there = not self.places or not came_from.isdisjoint(self.places)
        rated = self.star is None or row["star"] == self.star
        price = row["price"]
        cheap = self.price_to is None or (price is not None and price <= self.price_to)
        dear = self.price_from is None or (price or 0) >= self.price_from
        return there and rated and cheap and dear


def former(name: str) -> str:
    """How a former province is written, since some of today's have its name."""
    return f"{name} (cũ)"


def _first(wanted: Sequence[str], names: Sequence[str]) -> int:
    return min((_position(name, names) for name in wanted), default=NOWHERE)


def _position(expected: str, names: Sequence[str]) -> int:
    return next((at for at, name in enumerate(names) if expected.lower() in name.lower()), NOWHERE)
