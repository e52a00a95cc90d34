"""The drawing of Vietnam's 34 provinces as tiles (data/tilemap.json), ready for components/map.html.

Row 1 is the north; a tile covers two of twelve half columns, so that neighbours shift by half a tile.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

HALF_COLUMN, ROW = 30, 49
"""Units of the drawing between two half columns and between two rows."""

FIRST_CUTS = (20, 32, 48)
"""Where the colours of the map deepen while the shop is small."""


class Place(Protocol):
    """What the map needs of a province: its code, its name, where to go and how many products it has."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def count(self) -> int: ...


@dataclass(frozen=True)
class Tile:
    name: str
    url: str
    count: int
    lines: list[str]
    css: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + 30

    @property
    def baseline(self) -> str:
        """Where the first line of text stands; longer names of two words take two lines."""
        return f"{self.y + (15.5 if len(self.lines) == 2 else 21.5)}"


@cache
def tiles_on_file() -> Mapping[str, Mapping[str, str | int]]:
    """Province code → row, column and short label, in reading order."""
    path = Path(__file__).parent / "data" / "tilemap.json"
    tiles: dict[str, dict[str, str | int]] = json.loads(path.read_text("utf-8"))["tiles"]
    return dict(sorted(tiles.items(), key=lambda item: (item[1]["row"], item[1]["column"])))


def depth_cuts(counts: Sequence[int]) -> tuple[int, int, int]:
    """Three bounds between the four depths: fixed while the shop is small, else its quartiles, rounded."""
    if not counts or max(counts) < 5 * FIRST_CUTS[-1]:
        return FIRST_CUTS
    ordered = sorted(counts)
    quarters = [ordered[len(ordered) * part // 4] for part in (1, 2, 3)]
    low, middle, high = (max(10, round(cut, -1)) for cut in quarters)
    return low, max(middle, low + 10), max(high, middle + 10, low + 20)


def tiles(
    places: Iterable[Place], *, here: Iterable[str] = (), ring: Iterable[str] = ()
) -> tuple[list[Tile], tuple[int, int, int]]:
    """The tiles in reading order, and the bounds of their depths.

    `here` are codes to stand out in red, `ring` codes to get a frame.
    """
    by_code = {place.code: place for place in places}
    cuts = depth_cuts([place.count for place in by_code.values()])
    red, framed = set(here), set(ring)
    drawn = []
    for code, spot in tiles_on_file().items():
        if place := by_code.get(code):
            css = "here" if code in red else _depth(place.count, cuts)
            drawn.append(_tile(place, spot, f"{css} ring".strip() if code in framed else css))
    return drawn, cuts


def _depth(count: int, cuts: tuple[int, int, int]) -> str:
    above = sum(count >= cut for cut in cuts)
    return f"n{above + 1}" if above else ""


def _tile(place: Place, spot: Mapping[str, str | int], css: str) -> Tile:
    label = str(spot["label"])
    return Tile(
        name=place.name,
        url=place.url,
        count=place.count,
        lines=label.split(" ", 1) if len(label) > 7 else [label],
        css=css,
        x=(int(spot["column"]) - 1) * HALF_COLUMN,
        y=(int(spot["row"]) - 1) * ROW,
    )
