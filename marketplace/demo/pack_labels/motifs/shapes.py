"""Leaves, petals and shaded bodies that the motifs are made of. Units: motif radius is 100."""

from __future__ import annotations

from collections.abc import Callable

from ..palette import Palette, mix, shift
from ..svg import circle, ellipse, group, line, num, path, place

Motif = Callable[[Palette], str]


def dark(colour: str, share: float = 0.28) -> str:
    return mix(colour, "#2a160c", share)


def light(colour: str, share: float = 0.35) -> str:
    return mix(colour, "#fff6e0", share)


def leaf(x: float, y: float, length: float, width: float, turn: float, fill: str) -> str:
    """A leaf growing from (x, y), 0 degrees up, with a darker half and a vein."""
    tip, w = -length, width / 2
    whole = f"M0 0C{num(-w * 1.3)} {num(tip * 0.35)} {num(-w)} {num(tip * 0.8)} 0 {num(tip)}"
    right = f"C{num(w)} {num(tip * 0.8)} {num(w * 1.3)} {num(tip * 0.35)} 0 0Z"
    art = path(whole + right, fill) + path(f"M0 {num(tip)}{right}", dark(fill, 0.16))
    return place(
        art + line(f"M0 {num(tip * 0.1)}L0 {num(tip * 0.82)}", light(fill, 0.45), max(1.2, width * 0.06)),
        x,
        y,
        1,
        turn,
    )


def petal(
    x: float, y: float, length: float, width: float, turn: float, fill: str, tip: str | None = None
) -> str:
    """A pointed petal from (x, y) with a lighter heart."""
    w = width / 2
    outer = f"M0 0C{num(-w * 1.5)} {num(-length * 0.4)} {num(-w)} {num(-length * 0.85)} 0 {num(-length)}"
    outer += f"C{num(w)} {num(-length * 0.85)} {num(w * 1.5)} {num(-length * 0.4)} 0 0Z"
    k = 0.62
    inner = f"M0 {num(-length * 0.06)}C{num(-w * k)} {num(-length * 0.4)} {num(-w * k)} {num(-length * 0.6)} 0 {num(-length * 0.74)}"
    inner += f"C{num(w * k)} {num(-length * 0.6)} {num(w * k)} {num(-length * 0.4)} 0 {num(-length * 0.06)}Z"
    return place(path(outer, fill) + path(inner, tip or light(fill, 0.3)), x, y, 1, turn)


def ball(x: float, y: float, r: float, fill: str) -> str:
    """A round body with a shaded edge and a highlight."""
    shade = path(
        f"M{num(x + r * 0.5)} {num(y - r * 0.86)}A{num(r)} {num(r)} 0 1 1 {num(x - r * 0.86)} {num(y + r * 0.5)}"
        f"A{num(r * 1.15)} {num(r * 1.15)} 0 0 0 {num(x + r * 0.5)} {num(y - r * 0.86)}Z",
        dark(fill, 0.2),
    )
    glow = ellipse(
        x - r * 0.36,
        y - r * 0.42,
        r * 0.2,
        r * 0.13,
        light(fill, 0.6),
        transform=f"rotate(-40 {x - r * 0.36:.1f} {y - r * 0.42:.1f})",
    )
    return circle(x, y, r, fill) + shade + glow


def ring_of(make: Callable[[float], str], count: int, start: float = 0, span: float = 360) -> str:
    """make(degrees) repeated around the circle."""
    return group(*(make(start + span * i / count) for i in range(count)))


def stem(d: str, colour: str, width: float = 4) -> str:
    return line(d, colour, width)


def green(pal: Palette, *, light_by: float = 0) -> str:
    """The leaf colour of this picture."""
    return shift(pal.tone("#5e8a3c", 0.2), light=light_by)


__all__ = ["Motif", "ball", "dark", "ellipse", "green", "leaf", "light", "petal", "ring_of", "stem"]
