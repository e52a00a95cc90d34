"""Fruit, nuts and seeds."""

from __future__ import annotations

from ..palette import Palette
from ..svg import circle, ellipse, group, line, path, place, polar
from .shapes import ball, dark, green, leaf, light, ring_of, stem


def citrus(pal: Palette) -> str:
    """A whole pomelo with leaves behind a cut half."""
    rind, flesh = pal.tone("#b9b83f"), pal.tone("#f0a27c", 0.06)
    whole = (
        ball(-28, -6, 62, rind)
        + leaf(-22, -64, 58, 30, 62, green(pal))
        + leaf(-24, -64, 48, 26, -40, green(pal))
    )
    pieces = ring_of(
        lambda a: place(path("M0 -5C-15 -20 -14 -42 0 -44C14 -42 15 -20 0 -5Z", flesh), 0, 0, 1, a), 9
    )
    half = circle(0, 0, 56, rind) + circle(0, 0, 51, "#fdf3dc") + pieces
    return whole + place(half, 42, 34)


def mango(pal: Palette) -> str:
    skin = pal.tone("#f0ab33", 0.06)
    body = "M-70 34C-84 -26 -30 -78 26 -66C74 -56 88 -8 58 24C30 54 8 76 -26 74C-50 72 -64 58 -70 34Z"
    blush = "M26 -66C74 -56 88 -8 58 24C30 54 8 76 -26 74C30 60 62 4 26 -66Z"
    glow = line("M-46 6C-44 -22 -26 -42 -4 -46", light(skin, 0.6), 8)
    return (
        leaf(22, -62, 78, 34, -58, green(pal))
        + leaf(26, -64, 66, 30, 48, green(pal, light_by=0.04))
        + path(body, skin)
        + path(blush, pal.tone("#e07b3a"), opacity=0.75)
        + glow
    )


def banana(pal: Palette) -> str:
    skin = pal.tone("#f2c23a", 0.06)
    one = path("M-8 -70C-22 -10 8 44 62 58C72 60 72 50 64 45C30 26 14 -16 14 -68Z", skin)
    one += path("M14 -68C14 -16 30 26 64 45C40 44 4 10 2 -68Z", dark(skin, 0.14)) + circle(
        64, 52, 6, dark(skin, 0.6)
    )
    fan = group(*(place(one, -16 + 6 * i, -4, 1, 34 - 26 * i) for i in range(3)))
    return fan + path("M-30 -84L8 -90L12 -62L-22 -60Z", dark(green(pal), 0.2))


def coconut(pal: Palette) -> str:
    husk = pal.tone("#7d9c45")
    whole = ball(-34, -10, 58, husk)
    half = (
        circle(0, 0, 56, pal.tone("#6b4426"))
        + circle(0, 0, 48, "#fff8e8")
        + ellipse(0, 3, 34, 32, "#f1e7cf")
        + ellipse(4, 8, 26, 22, "#fbf5e4")
    )
    return (
        leaf(-40, -60, 50, 16, -40, green(pal))
        + leaf(-36, -62, 60, 16, 20, green(pal))
        + whole
        + place(half, 36, 34)
    )


def pineapple(pal: Palette) -> str:
    skin = pal.tone("#e2a032", 0.08)
    crown = group(*(leaf(0, -26, 70 - abs(i) * 9, 20, i * 19, green(pal)) for i in (-3, 3, -2, 2, -1, 1, 0)))
    eyes = group(
        *(
            path(f"M{x} {y - 9}L{x + 9} {y}L{x} {y + 9}L{x - 9} {y}Z", dark(skin, 0.22))
            for row, y in enumerate(range(-18, 90, 18))
            for x in range(-36 + 10 * (row % 2), 40, 20)
            if (x / 46) ** 2 + ((y - 34) / 62) ** 2 < 0.8
        )
    )
    return crown + ellipse(0, 34, 48, 62, skin) + eyes


def dragonfruit(pal: Palette) -> str:
    skin = pal.tone("#d43f6b", 0.08)
    scales = group(
        *(
            leaf(x, y, 44, 20, t, green(pal, light_by=0.08))
            for x, y, t in (
                (-22, -48, -30),
                (18, -50, 24),
                (0, -56, 0),
                (-52, -8, -64),
                (50, 0, 66),
                (-48, 38, -110),
                (46, 44, 108),
            )
        )
    )
    seeds = group(
        *(circle(*polar(42 * ((i + 0.5) / 52) ** 0.5, i * 137.5), 1.9, "#3a2733") for i in range(52))
    )
    half = circle(0, 0, 54, skin) + circle(0, 0, 47, "#fdf6ef") + seeds
    return scales + ellipse(-8, 2, 58, 64, skin) + place(half, 26, 30)


def berries(pal: Palette) -> str:
    """A bunch of grapes, sim or noni berries."""
    return _bunch(pal, pal.tone("#6a3a6e", 0.2))


def longan(pal: Palette) -> str:
    """A bunch of longan."""
    return _bunch(pal, pal.tone("#c9964f", 0.06))


def _bunch(pal: Palette, skin: str) -> str:
    spots = ((-36, -8), (0, -14), (36, -6), (-20, 24), (18, 26), (0, 58), (-50, -34), (50, -32))
    twig = stem("M0 -88C-4 -60 2 -30 0 -10", pal.tone("#6b4a2b"), 6)
    return (
        twig
        + leaf(0, -72, 66, 38, -70, green(pal))
        + leaf(2, -74, 62, 36, 66, green(pal, light_by=0.04))
        + group(*(ball(x, y, 23, skin) for x, y in spots))
    )


def plums(pal: Palette) -> str:
    """Apricots, dates, lychees: three round fruits on a twig."""
    skin = pal.tone("#e08a3c", 0.08)
    twig = stem("M-70 -66C-30 -76 30 -60 76 -76", pal.tone("#6b4a2b"), 6) + stem(
        "M-20 -70L-30 -20M24 -66L34 -10", pal.tone("#6b4a2b"), 4
    )
    leaves = (
        leaf(-54, -70, 56, 30, 30, green(pal))
        + leaf(50, -72, 60, 32, -34, green(pal))
        + leaf(0, -68, 60, 28, 150, green(pal))
    )
    return (
        twig + leaves + ball(-38, 12, 38, skin) + ball(40, 22, 38, skin) + ball(2, 56, 38, light(skin, 0.12))
    )


def cashew(pal: Palette) -> str:
    nut, apple = pal.tone("#e8cf9c", 0.05), pal.tone("#dd6a35", 0.06)
    one = path(
        "M-42 -8C-46 -40 -10 -52 12 -34C36 -14 50 8 42 30C34 48 6 44 4 22C2 4 -8 8 -18 14C-32 20 -40 8 -42 -8Z",
        nut,
    )
    one += line("M-30 -12C-28 -30 -6 -36 8 -22C22 -8 34 6 32 22", light(nut, 0.5), 5)
    fruit = path("M-34 -70C-10 -84 22 -82 40 -66C52 -40 40 4 4 8C-32 6 -48 -38 -34 -70Z", apple) + line(
        "M-24 -58C-28 -40 -22 -20 -12 -10", light(apple, 0.4), 6
    )
    return (
        leaf(0, -72, 52, 28, -68, green(pal))
        + place(fruit, -18, 0)
        + place(dark_side(one), -26, 42, 0.95, 24)
        + place(one, 46, 34, 1, -16)
    )


def dark_side(art: str) -> str:
    """The same art a little subdued, for a piece behind."""
    return group(art, opacity=0.92)


def macadamia(pal: Palette) -> str:
    shell, kernel = pal.tone("#8a5a32", 0.06), "#f4e6c4"
    cracked = circle(0, 0, 46, shell) + circle(0, 0, 37, dark(shell, 0.35)) + ball(0, 2, 29, kernel)
    return (
        leaf(-10, -40, 70, 30, -36, green(pal))
        + leaf(0, -44, 72, 30, 14, green(pal))
        + ball(-36, 6, 46, shell)
        + place(cracked, 40, -4)
        + ball(4, 52, 40, kernel)
    )


def cacao(pal: Palette) -> str:
    pod = pal.tone("#b5622e", 0.06)
    body = "M0 -86C46 -66 56 30 0 88C-56 30 -46 -66 0 -86Z"
    ribs = line("M0 -80C24 -40 24 40 0 82M0 -80C-24 -40 -24 40 0 82M0 -80L0 82", dark(pod, 0.3), 4)
    beans = group(
        *(
            ellipse(x, y, 15, 21, pal.tone("#5a3322"), transform=f"rotate({t} {x} {y})")
            for x, y, t in ((44, 40, 30), (66, 8, -20), (28, 70, 60))
        )
    )
    return leaf(-8, -70, 70, 34, 60, green(pal)) + place(path(body, pod) + ribs, -22, 0, 1, 16) + beans


def coffee(pal: Palette) -> str:
    """A branch with cherries and two roasted beans."""
    cherry, bean = pal.tone("#c4432f", 0.06), pal.tone("#5b3420", 0.1)
    branch = stem("M-84 -46C-30 -60 30 -46 86 -70", pal.tone("#6b4a2b"), 5)
    leaves = (
        leaf(-40, -54, 68, 32, -150, green(pal))
        + leaf(44, -58, 76, 34, 24, green(pal))
        + leaf(-20, -56, 62, 30, -14, green(pal, light_by=0.04))
        + leaf(60, -62, 60, 28, 140, green(pal))
    )
    cherries = group(
        *(ball(x, y, 17, cherry) for x, y in ((-16, -44), (10, -38), (-2, -18), (30, -46), (24, -16)))
    )
    one = ellipse(0, 0, 30, 40, bean) + line("M4 -36C-12 -12 14 10 -4 36", light(bean, 0.35), 5)
    return branch + leaves + cherries + place(one, -36, 42, 1, -28) + place(one, 34, 50, 1, 34)


def chili(pal: Palette) -> str:
    red = pal.tone("#c9382b", 0.05)
    one = path("M-12 -52C-30 -10 -16 50 26 78C16 40 26 -10 12 -54Z", red) + line(
        "M-8 -34C-14 -4 -8 24 4 44", light(red, 0.5), 5
    )
    one += path("M-16 -50C-10 -62 10 -64 16 -52L8 -44L-8 -44Z", green(pal)) + stem(
        "M0 -60C2 -72 8 -78 14 -82", green(pal), 6
    )
    return place(one, -34, 8, 0.95, 12) + place(one, 36, 4, 1, -22) + place(one, 0, 10, 1.05)
