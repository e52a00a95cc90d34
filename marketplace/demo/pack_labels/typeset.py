"""Sets text as outlines, so that every machine draws the same letters.

Sizes and widths are user units; y is the baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import fontpkg_be_vietnam_pro
import fontpkg_lora
import uharfbuzz as hb

from .svg import path

_SANS = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
_SERIF = Path(fontpkg_lora.__file__).parent / "files"
# Pairs of syllables that read badly on two lines.
_TOGETHER = frozenset(Path(__file__).with_name("together.txt").read_text(encoding="utf-8").splitlines())

Command = tuple[str, tuple[float, ...]]


class Face:
    """One font at one weight."""

    def __init__(self, file: Path, weight: float | None = None) -> None:
        self._face = hb.Face(hb.Blob.from_file_path(str(file)))
        self._font = hb.Font(self._face)
        self._em = self._face.upem
        self._glyphs: dict[int, list[Command]] = {}
        self._runs: dict[str, list[tuple[int, float]]] = {}
        if weight is not None:
            self._font.set_variations({"wght": weight})

    def run(self, text: str) -> list[tuple[int, float]]:
        """Glyph ids and advances in ems, kerned."""
        if text not in self._runs:
            buffer = hb.Buffer()
            buffer.add_str(text)
            buffer.guess_segment_properties()
            hb.shape(self._font, buffer, {"kern": True, "liga": False})
            pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
            self._runs[text] = [(i.codepoint, p.x_advance / self._em) for i, p in pairs]
        return self._runs[text]

    def width(self, text: str, size: float = 1, track: float = 0) -> float:
        """Set width; track is extra space per letter in ems."""
        run = self.run(text)
        return size * (sum(a for _, a in run) + track * max(0, len(run) - 1))

    def outline(self, text: str, x: float, y: float, size: float, track: float = 0) -> str:
        """Path data of the text starting at (x, y)."""
        out: list[str] = []
        for glyph, advance in self.run(text):
            out.extend(_moved(self._commands(glyph), x, y, size / self._em))
            x += (advance + track) * size
        return "".join(out)

    def _commands(self, glyph: int) -> list[Command]:
        if glyph not in self._glyphs:
            found: list[Command] = []
            self._font.draw_glyph(glyph, _recorder(), found)
            self._glyphs[glyph] = found
        return self._glyphs[glyph]


@cache
def _recorder() -> hb.DrawFuncs:
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, to: to.append(("M", (x, y))))
    funcs.set_line_to_func(lambda x, y, to: to.append(("L", (x, y))))
    funcs.set_quadratic_to_func(lambda a, b, x, y, to: to.append(("Q", (a, b, x, y))))
    funcs.set_cubic_to_func(lambda a, b, c, d, x, y, to: to.append(("C", (a, b, c, d, x, y))))
    funcs.set_close_path_func(lambda to: to.append(("Z", ())))
    return funcs


def _moved(commands: list[Command], x: float, y: float, scale: float) -> list[str]:
    out = []
    for letter, values in commands:
        pairs = zip(values[::2], values[1::2], strict=True)
        out.append(letter + " ".join(f"{x + a * scale:.2f} {y - b * scale:.2f}" for a, b in pairs))
    return out


@cache
def face(name: str) -> Face:
    """A face by role: serif, sans, bold, black."""
    if name == "serif":
        return Face(_SERIF / "Lora[wght].ttf", 680)
    if name == "italic":
        return Face(_SERIF / "Lora-Italic[wght].ttf", 500)
    weight = {"sans": "Medium", "bold": "Bold", "black": "ExtraBold"}[name]
    return Face(_SANS / f"BeVietnamPro-{weight}.ttf")


@dataclass(frozen=True)
class Fitted:
    """Lines that fit a frame, with their size in units."""

    lines: tuple[str, ...]
    size: float


def fit(
    text: str, role: str, width: float, height: float, *, biggest: float, lines: int, leading: float
) -> Fitted:
    """The largest setting in at most `lines` lines that stays inside width × height.

    leading is the line distance in ems. There is no smallest size: text never overflows.
    """
    words = text.split()
    best = Fitted((text,), 0)
    for count in range(1, min(lines, len(words)) + 1):
        split, widest = _balanced(words, count, face(role))
        size = min(biggest, width / widest, height / (count * leading))
        if size > best.size * 1.04:
            best = Fitted(split, size)
    return best


def _balanced(words: list[str], count: int, font: Face) -> tuple[tuple[str, ...], float]:
    best: tuple[float, tuple[str, ...], float] | None = None
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        split = tuple(" ".join(words[a:b]) for a, b in pairwise(edges))
        widths = [font.width(part) for part in split]
        widest = max(widths)
        cost = widest * (1 + sum(_tear(words, c) for c in cuts) + 0.1 * (1 - min(widths) / widest))
        if best is None or cost < best[0]:
            best = (cost, split, widest)
    assert best is not None
    return best[1], best[2]


def _tear(words: list[str], cut: int) -> float:
    """What a break before words[cut] costs, as a share of the line width."""
    before, after = words[cut - 1], words[cut]
    if f"{before} {after}".lower() in _TOGETHER or after[0].isdigit():
        return 0.45
    return 0.16 if cut > 1 and before[0].isupper() and after[0].isupper() else 0.0


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    *,
    role: str = "sans",
    anchor: str = "middle",
    track: float = 0,
) -> str:
    """One line of text; anchor is start, middle or end."""
    font = face(role)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * font.width(words, size, track)
    return path(font.outline(words, x - shift, y, size, track), fill)


def text_within(
    words: str,
    x: float,
    y: float,
    size: float,
    fill: str,
    width: float,
    *,
    anchor: str = "middle",
    track: float = 0,
) -> str:
    """One line of bold text made smaller until it fits the width."""
    fitted = size * min(1, width / max(1, face("bold").width(words, size, track)))
    return text(words, x, y, fitted, fill, role="bold", anchor=anchor, track=track)
