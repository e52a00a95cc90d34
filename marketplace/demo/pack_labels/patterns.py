"""Repeating patterns and ring ornaments, drawn from simple geometry. Sizes are units."""

from __future__ import annotations

from collections.abc import Callable

from .svg import Canvas, circle, group, line, num, path, place, polar, polygon, star_points

Pattern = Callable[[Canvas, str], str]


def waves(cv: Canvas, ink: str) -> str:
    """Overlapping wave scales."""

    def scale(x: float, y: float) -> str:
        return "".join(line(f"M{x - r} {y}A{r} {r} 0 0 1 {x + r} {y}", ink, 2.6) for r in (30, 20, 10))

    return cv.tile(scale(30, 30) + scale(0, 60) + scale(60, 60), 60, 60)


def mountains(cv: Canvas, ink: str) -> str:
    """Rows of peaks with contour lines."""
    peak = "".join(line(f"M{-40 + i * 9} 0L0 {-34 + i * 9}L{40 - i * 9} 0", ink, 2.6) for i in range(4))
    return cv.tile(place(peak, 40, 40) + place(peak, 0, 80) + place(peak, 80, 80), 80, 80)


def lotus(cv: Canvas, ink: str) -> str:
    """Outlined lotus heads in a half-drop repeat."""
    petals = "".join(
        place(line(f"M0 14C{-w} 2 {-w} {-h * 0.7} 0 {-h}C{w} {-h * 0.7} {w} 2 0 14Z", ink, 2.4), 0, 0, 1, t)
        for w, h, t in ((9, 22, 0), (9, 20, -38), (9, 20, 38), (8, 18, -74), (8, 18, 74))
    )
    return cv.tile(place(petals, 45, 26) + place(petals, 0, 78) + place(petals, 90, 78), 90, 104)


def bamboo(cv: Canvas, ink: str) -> str:
    """Upright stalks with joints and pairs of leaves."""

    def blade(turn: float) -> str:
        return place(path("M0 0C-6 -10 -5 -24 0 -34C5 -24 6 -10 0 0Z", ink), 0, 0, 1, turn)

    stalk = line("M0 0L0 46M0 52L0 98", ink, 4) + line("M-5 49L5 49M-5 99L5 99", ink, 2.4)
    tuft = blade(-62) + blade(-100)
    return cv.tile(
        place(stalk, 18, 0)
        + place(stalk, 62, 30)
        + place(stalk, 62, -70)
        + place(tuft, 18, 49)
        + place(group(blade(62), blade(100)), 62, 79),
        88,
        100,
    )


def rice(cv: Canvas, ink: str) -> str:
    """Scattered grains in two directions."""
    grain = path("M0 -11C6 -5 6 5 0 11C-6 5 -6 -5 0 -11Z", ink)
    spots = ((12, 14, 30), (42, 10, -40), (28, 40, 0), (58, 44, 50), (10, 62, -30), (44, 66, 20))
    return cv.tile("".join(place(grain, x, y, 1, t) for x, y, t in spots), 68, 78)


def weave(cv: Canvas, ink: str) -> str:
    """Basket weave."""
    bars = "".join(
        line(f"M4 {y}L28 {y}", ink, 4) + line(f"M36 {y + 32}L60 {y + 32}", ink, 4) for y in (6, 16, 26)
    )
    posts = "".join(line(f"M{x + 32} 4L{x + 32} 28M{x} 36L{x} 60", ink, 4) for x in (6, 16, 26))
    return cv.tile(bars + posts, 64, 64)


def brocade(cv: Canvas, ink: str) -> str:
    """Stepped diamonds in rows."""
    shapes = (
        line("M40 4L76 40L40 76L4 40Z", ink, 3.4)
        + line("M40 20L60 40L40 60L20 40Z", ink, 3)
        + polygon([(40, 31), (49, 40), (40, 49), (31, 40)], ink)
    )
    corners = "".join(
        polygon([(x - 8, y), (x, y - 8), (x + 8, y), (x, y + 8)], ink) for x in (0, 80) for y in (0, 80)
    )
    return cv.tile(shapes + corners, 80, 80)


def drops(cv: Canvas, ink: str) -> str:
    """Small leaves on a diagonal lattice."""
    leaf = path("M0 12C-9 4 -8 -8 0 -16C8 -8 9 4 0 12Z", ink)
    return cv.tile(
        place(leaf, 20, 22, 1, 24)
        + place(leaf, 60, 62, 1, -24)
        + circle(60, 20, 3.2, ink)
        + circle(20, 62, 3.2, ink),
        80,
        80,
    )


def rings(x: float, y: float, r: float, ink: str, *, width: float = 2.4) -> str:
    """Concentric bands around a sun, in the manner of old bronze drums; r in units."""
    sun = polygon(star_points(x, y, r * 0.22, 12, 0.5), ink)
    bands = "".join(
        circle(x, y, r * k, "none", stroke=ink, stroke_width=width)
        for k in (0.27, 0.4, 0.46, 0.62, 0.68, 0.84, 0.9, 1)
    )
    dots = "".join(_dotted(x, y, r * 0.335, r * 0.034, ink, width, 14))
    beads = "".join(_dotted(x, y, r * 0.76, r * 0.05, ink, width, 26))
    return (
        sun
        + bands
        + dots
        + beads
        + _zigzag(x, y, r * 0.485, r * 0.6, ink, width, 28)
        + _comb(x, y, r * 0.92, r * 0.98, ink, width, 90)
    )


def _dotted(x: float, y: float, r: float, dot: float, ink: str, width: float, count: int) -> list[str]:
    spots = (polar(r, 360 * i / count, x, y) for i in range(count))
    return [
        circle(a, b, dot, "none", stroke=ink, stroke_width=width) + circle(a, b, dot * 0.36, ink)
        for a, b in spots
    ]


def _zigzag(x: float, y: float, low: float, high: float, ink: str, width: float, count: int) -> str:
    points = (polar(high if i % 2 else low, 180 * i / count, x, y) for i in range(2 * count))
    return line("M" + "L".join(f"{num(a)} {num(b)}" for a, b in points) + "Z", ink, width)


def _comb(x: float, y: float, low: float, high: float, ink: str, width: float, count: int) -> str:
    ticks = ((polar(low, 360 * i / count, x, y), polar(high, 360 * i / count, x, y)) for i in range(count))
    return line("".join(f"M{num(a)} {num(b)}L{num(c)} {num(d)}" for (a, b), (c, d) in ticks), ink, width)


PATTERNS: dict[str, Pattern] = {
    "waves": waves, "mountains": mountains, "lotus": lotus, "bamboo": bamboo, "rice": rice, "weave": weave,
    "brocade": brocade, "drops": drops,
}  # fmt: skip
