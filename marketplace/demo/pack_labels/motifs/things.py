"""Dishes, drinks, crafts and houses."""

from __future__ import annotations

from ..palette import Palette
from ..svg import circle, ellipse, group, line, path, place, polar, polygon, rect
from .shapes import ball, dark, green, leaf, light, petal, ring_of, stem


def noodles(pal: Palette) -> str:
    """A steaming bowl with chopsticks."""
    bowl = (
        path("M-82 0C-78 60 -40 80 0 80C40 80 78 60 82 0Z", pal.main)
        + path("M-76 22C-66 64 -34 78 0 80C-40 70 -58 40 -60 14Z", light(pal.main, 0.2))
        + rect(-34, 78, 68, 12, pal.deep, 4)
    )
    band = line("M-66 34C-40 46 40 46 66 34", pal.accent, 4)
    top = ellipse(0, 0, 82, 20, "#f7ead0") + group(
        *(
            line(
                f"M{-60 + i * 20} {4 - (i % 2) * 6}C{-50 + i * 20} -12 {-36 + i * 20} 12 {-24 + i * 20} -2",
                pal.tone("#e9c46a"),
                5,
            )
            for i in range(6)
        )
    )
    sticks = line("M10 -6L92 -60M-2 -4L84 -72", pal.tone("#7a4a2b"), 6)
    steam = line("M-34 -30C-46 -46 -20 -56 -32 -78M-4 -32C-16 -48 10 -58 -2 -84", pal.soft, 6)
    return (
        steam
        + bowl
        + band
        + top
        + leaf(-30, -2, 26, 12, 60, green(pal))
        + circle(8, 0, 9, pal.tone("#d4552f"))
        + sticks
    )


def cakes(pal: Palette) -> str:
    """Square leaf-wrapped cakes and round biscuits."""
    wrap = pal.tone("#6f8f3e")
    cake = (
        path("M-50 -20L0 -44L50 -20L50 26L0 52L-50 26Z", wrap)
        + path("M0 4L50 -20L50 26L0 52Z", dark(wrap, 0.18))
        + path("M-50 -20L0 -44L50 -20L0 4Z", light(wrap, 0.16))
    )
    ties = line("M-26 -32L26 -8L26 40M26 -32L-26 -8L-26 40", pal.tone("#efdca8"), 5)
    disc = (
        ellipse(0, 8, 40, 26, dark("#d99a45", 0.16))
        + ellipse(0, 0, 40, 26, pal.tone("#e3ac57", 0.03))
        + ellipse(0, 0, 27, 16, "none", stroke=dark("#d99a45", 0.2), stroke_width=3)
        + ring_of(lambda a: place(petal(0, 0, 12, 7, 0, dark("#d99a45", 0.2)), 0, 0, 1, a), 6)
    )
    return (
        leaf(-40, 10, 80, 34, -60, green(pal))
        + place(cake + ties, -14, -26, 1.1)
        + place(disc, 40, 50)
        + place(disc, -34, 62, 0.84)
    )


def drop(pal: Palette) -> str:
    """Fish-sauce drop above waves."""
    amber = pal.tone("#b9601f", 0.05)
    body = path(
        "M0 -92C22 -52 50 -30 50 10C50 42 26 60 0 60C-26 60 -50 42 -50 10C-50 -30 -22 -52 0 -92Z", amber
    ) + path("M14 -70C30 -44 50 -26 50 10C50 42 26 60 0 60C34 40 36 -20 14 -70Z", dark(amber, 0.22))
    glow = line("M-28 16C-30 -6 -20 -20 -12 -32", light(amber, 0.55), 7)
    waves = "".join(
        line(
            "M-92 {0}C-70 {1} -56 {1} -36 {0}C-16 {2} 0 {2} 16 {0}C36 {1} 54 {1} 92 {0}".format(
                y, y - 14, y + 14
            ),
            pal.tone("#4f8296", 0.1),
            5,
        )
        for y in (74, 90)
    )
    return body + glow + waves


def salt(pal: Palette) -> str:
    """Salt heaps by the sea with a carrying pole."""
    white = "#fdf9ef"
    heap = path(
        "M-46 44C-30 10 -12 -30 0 -46C12 -30 30 10 46 44Z", white, stroke=dark(pal.soft, 0.25), stroke_width=2
    ) + path("M0 -46C12 -30 30 10 46 44L8 44C14 14 10 -20 0 -46Z", dark(pal.soft, 0.1))
    sea = "".join(line(f"M-92 {y}L92 {y}", pal.tone("#7fa9b5"), 4) for y in (70, 84))
    return (
        circle(44, -54, 24, pal.accent)
        + place(heap, -48, 18, 0.9)
        + place(heap, 48, 22, 0.8)
        + place(heap, 0, 10, 1.25)
        + sea
        + stem("M-90 66L90 66", pal.tone("#b28a50"), 5)
    )


def gourd(pal: Palette) -> str:
    """A rice-wine gourd with two cups."""
    skin = pal.tone("#c98b3f", 0.05)
    body = path(
        "M-10 -74C-12 -64 -14 -60 -26 -48C-42 -30 -34 -12 -24 -4C-60 10 -66 76 0 78C66 76 60 10 24 -4C34 -12 42 -30 26 -48C14 -60 12 -64 10 -74Z",
        skin,
    )
    body += path(
        "M14 -56C34 -36 28 -14 12 -4C44 14 50 66 0 78C66 76 60 10 24 -4C34 -12 42 -30 26 -48Z",
        dark(skin, 0.18),
    ) + rect(-10, -92, 20, 20, pal.deep, 4)
    rope = line("M-25 -4C-10 4 10 4 25 -4M24 -4C44 6 56 -10 70 2", pal.tone("#c9382b"), 6)
    cup = (
        path("M-24 -14L24 -14C22 8 14 18 0 18C-14 18 -22 8 -24 -14Z", light(pal.main, 0.15))
        + ellipse(0, -14, 24, 7, light(pal.main, 0.6))
        + line("M-20 -4L20 -4", pal.accent, 3)
    )
    return body + rope + place(cup, -62, 66) + place(cup, 66, 68)


def glass(pal: Palette) -> str:
    """A cool drink: glass, citrus wheel, leaf."""
    juice = pal.tone("#e9963a", 0.05)
    body = (
        path("M-40 -60L40 -60L30 84L-30 84Z", "#fffdf6", opacity=0.75)
        + path("M-36 -26L36 -26L29 80L-29 80Z", juice)
        + path("M10 -26L36 -26L29 80L10 80Z", dark(juice, 0.14))
        + ellipse(0, -26, 36, 8, light(juice, 0.35))
    )
    wheel = (
        circle(0, 0, 34, pal.tone("#d9b83f"))
        + circle(0, 0, 28, "#fff6d8")
        + ring_of(
            lambda a: place(path("M0 -4L-9 -22A24 24 0 0 1 9 -22Z", pal.tone("#f0b43c")), 0, 0, 1, a), 7
        )
    )
    return (
        line("M6 -30L24 -94", pal.accent, 7)
        + body
        + place(wheel, 40, -58)
        + leaf(-34, -58, 50, 24, -40, green(pal))
        + group(*(ball(x, y, 15, pal.tone("#b8432f")) for x, y in ((-66, 70), (-46, 82), (62, 78))))
    )


def milk(pal: Palette) -> str:
    """A milk bottle and a glass."""
    white = "#fdf9ef"
    edge = dark(pal.soft, 0.28)
    bottle = path(
        "M-16 -84L16 -84L16 -54C16 -36 40 -30 40 -2L40 76Q40 86 30 86L-30 86Q-40 86 -40 76L-40 -2C-40 -30 -16 -36 -16 -54Z",
        white,
        stroke=edge,
        stroke_width=2.5,
    )
    bottle += (
        path("M8 -84L16 -84L16 -54C16 -36 40 -30 40 -2L40 76Q40 86 30 86L10 86C26 50 24 0 8 -30Z", pal.soft)
        + rect(-20, -96, 40, 16, pal.main, 5)
        + path("M-40 16C-16 26 16 26 40 16L40 52C16 62 -16 62 -40 52Z", pal.main)
        + place(petal(0, 12, 26, 14, 0, pal.accent), 0, 32)
    )
    cup = path("M-26 -34L26 -34L20 36L-20 36Z", white, stroke=edge, stroke_width=2.5) + path(
        "M-24 -18L24 -18L20 34L-20 34Z", light(pal.accent, 0.72)
    )
    return leaf(-60, 86, 60, 24, -24, green(pal)) + place(bottle, -22, 0) + place(cup, 52, 50)


def sugar(pal: Palette) -> str:
    """Round palm-sugar cakes, one tied in a leaf."""
    brown = pal.tone("#c98d3f", 0.05)
    cake = (
        ellipse(0, 16, 46, 24, dark(brown, 0.25))
        + rect(-46, -2, 92, 18, dark(brown, 0.25))
        + ellipse(0, -2, 46, 24, brown)
        + ellipse(0, -3, 32, 15, light(brown, 0.2))
    )
    fan = group(
        *(
            leaf(0, -10, 96 - abs(a) * 0.2, 20, a, green(pal, light_by=0.02 * (i % 2)))
            for i, a in enumerate(range(-84, 85, 24))
        )
    )
    return place(fan, 0, -4) + place(cake, -44, 44) + place(cake, 46, 48) + place(cake, 0, 18)


def spring(pal: Palette) -> str:
    """A water drop with a mountain inside."""
    body = path(
        "M0 -94C26 -50 62 -22 62 22C62 58 34 82 0 82C-34 82 -62 58 -62 22C-62 -22 -26 -50 0 -94Z",
        light(pal.main, 0.5),
    )
    peaks = path(
        "M-60 30L-26 -16L-4 10L20 -26L60 28C56 58 30 78 0 78C-30 78 -56 58 -60 30Z", pal.main
    ) + path("M-26 -16L-14 -2L-24 6L-34 -4ZM20 -26L34 -6L22 2L10 -10Z", "#fffdf6")
    waves = "".join(
        line(
            f"M-52 {y}C-30 {y - 12} -16 {y + 12} 6 {y}C26 {y - 12} 36 {y + 8} 52 {y}",
            light(pal.main, 0.75),
            5,
        )
        for y in (44, 60)
    )
    return body + peaks + waves + ellipse(-24, -30, 6, 14, "#fffdf6", transform="rotate(28 -24 -30)")


def mortar(pal: Palette) -> str:
    """Medicine mortar with herbs."""
    stone = pal.tone("#a9a08c", 0.15)
    bowl = (
        path("M-64 4C-60 50 -36 64 -30 70L-38 88L38 88L30 70C36 64 60 50 64 4Z", stone)
        + path("M20 4L64 4C60 50 36 64 30 70L38 88L10 88C26 60 22 30 20 4Z", dark(stone, 0.16))
        + ellipse(0, 4, 64, 15, dark(stone, 0.3))
    )
    pestle = line("M16 0L66 -76", light(stone, 0.2), 17)
    leaves = group(
        *(
            leaf(-14, 4, 74 - abs(t) * 0.3, 28, t, green(pal, light_by=0.02 * (i % 3)))
            for i, t in enumerate((-56, -30, 0, 22))
        )
    )
    root = line("M-38 0C-52 -30 -70 -30 -84 -46", pal.tone("#c98d45"), 11)
    return pestle + root + leaves + bowl + circle(-6, -2, 8, pal.accent) + circle(14, 2, 6, pal.accent)


def soap(pal: Palette) -> str:
    """Oil drop, blossom and foam for cosmetics."""
    oil = pal.tone("#d9a94a", 0.05)
    drop_art = path(
        "M0 -84C22 -46 44 -28 44 6C44 34 24 50 0 50C-24 50 -44 34 -44 6C-44 -28 -22 -46 0 -84Z", oil
    ) + line("M-24 10C-24 -6 -16 -18 -8 -28", light(oil, 0.6), 7)
    bloom = ring_of(lambda a: petal(0, 0, 34, 24, a, pal.tone("#f3d9cf", 0.04), "#fff8ef"), 6) + circle(
        0, 0, 8, pal.accent
    )
    foam = group(
        *(
            circle(x, y, r, "#fffdf6", stroke=pal.soft, stroke_width=2)
            for x, y, r in ((-60, 66, 20), (-30, 76, 15), (62, 74, 17), (84, 60, 10), (32, 84, 11))
        )
    )
    return (
        leaf(0, 54, 92, 34, -66, green(pal))
        + leaf(0, 54, 92, 34, 66, green(pal))
        + drop_art
        + place(bloom, 36, 34, 1.05)
        + foam
    )


def vase(pal: Palette) -> str:
    """Blue-and-white style vase with a lotus branch."""
    clay = "#f6f1e4"
    body = path(
        "M-18 -66C-16 -48 -56 -34 -60 10C-62 48 -40 76 -28 84L28 84C40 76 62 48 60 10C56 -34 16 -48 18 -66Z",
        clay,
        stroke=dark(pal.soft, 0.3),
        stroke_width=2.5,
    ) + path("M18 -66C16 -48 56 -34 60 10C62 48 40 76 28 84L4 84C40 50 38 -20 6 -50Z", pal.soft, opacity=0.7)
    rings = "".join(
        line(f"M{-w} {y}C{-w / 2} {y + 7} {w / 2} {y + 7} {w} {y}", pal.main, 4)
        for w, y in ((20, -56), (40, -32), (50, 58), (40, 70))
    )
    bloom = group(
        *(petal(0, 16, 40, 20, t, pal.main, light(pal.main, 0.3)) for t in (-60, 60, -30, 30, 0))
    ) + line("M-46 30C-24 18 24 18 46 30", pal.main, 4)
    sprig = (
        stem("M0 -70C-6 -84 -20 -88 -26 -98M2 -70C8 -84 20 -86 30 -92", green(pal), 4)
        + leaf(-10, -80, 30, 13, -70, green(pal))
        + leaf(14, -80, 32, 13, 50, green(pal))
    )
    return sprig + ellipse(0, -67, 19, 5, pal.deep) + body + rings + place(bloom, 0, 8)


def basket(pal: Palette) -> str:
    """A woven bamboo basket."""
    straw = pal.tone("#cf9f55", 0.06)
    d = "M-72 -14L72 -14C70 40 54 70 44 84L-44 84C-54 70 -70 40 -72 -14Z"
    weave = group(
        *(
            rect(x + (9 if row % 2 else 0), y, 10, 9, dark(straw, 0.24), 3)
            for row, y in enumerate(range(2, 82, 13))
            for x in range(-58 + row * 4, 46 - row * 3, 18)
        )
    )
    return (
        line("M-58 -14C-50 -100 50 -100 58 -14", dark(straw, 0.15), 8)
        + path(d, straw)
        + weave
        + rect(-78, -24, 156, 17, dark(straw, 0.18), 8)
        + line("M-70 -16L70 -16", light(straw, 0.3), 3)
        + leaf(-40, -22, 40, 18, -20, green(pal))
        + circle(0, -38, 15, pal.accent)
        + circle(28, -34, 12, pal.main)
    )


def brocade(pal: Palette) -> str:
    """A diamond of brocade weaving."""

    def ring(r: float, fill: str) -> str:
        return polygon([(0, -r), (r, 0), (0, r), (-r, 0)], fill)

    steps = (
        (96, pal.deep),
        (86, pal.accent),
        (78, pal.main),
        (54, pal.paper),
        (46, pal.deep),
        (30, pal.accent),
        (20, pal.main),
        (9, pal.paper),
    )
    teeth = ring_of(
        lambda a: place(polygon([(-10, -70), (0, -84), (10, -70)], pal.paper), 0, 0, 0.8, a), 4, 45
    )
    crosses = group(
        *(
            place(
                path("M-3 -9L3 -9L3 -3L9 -3L9 3L3 3L3 9L-3 9L-3 3L-9 3L-9 -3L-3 -3Z", pal.paper),
                *polar(64, a),
                0.95,
            )
            for a in range(0, 360, 45)
            if a % 90 == 0
        )
    )
    corners = group(
        *(place(ring(14, pal.main) + ring(6, pal.accent), x, y) for x in (-76, 76) for y in (-76, 76))
    )
    return corners + group(*(ring(r, c) for r, c in steps)) + teeth + crosses


def stilt_house(pal: Palette) -> str:
    wood, roof = pal.tone("#8a5a34"), pal.tone("#b58a4a")
    posts = "".join(rect(x, 26, 7, 52, dark(wood, 0.2)) for x in (-56, -22, 14, 48))
    walls = (
        rect(-62, -14, 124, 44, wood)
        + "".join(line(f"M{x} -12L{x} 28", dark(wood, 0.25), 2) for x in range(-52, 60, 13))
        + rect(-12, -8, 24, 38, dark(wood, 0.55))
        + rect(-48, -6, 20, 18, pal.accent)
        + rect(28, -6, 20, 18, pal.accent)
    )
    top = path("M-88 -6C-60 -30 -46 -62 -40 -78L40 -78C46 -62 60 -30 88 -6Z", roof) + "".join(
        line(f"M{-36 + i * 12} -76L{-72 + i * 24} -8", dark(roof, 0.2), 2) for i in range(7)
    )
    stairs = line("M-8 30L-30 78M10 30L-12 78M-12 42L8 42M-18 54L2 54M-24 66L-4 66", dark(wood, 0.3), 4)
    return (
        ellipse(0, 80, 92, 10, green(pal))
        + posts
        + walls
        + top
        + stairs
        + leaf(76, 80, 66, 22, 10, green(pal))
        + leaf(-80, 80, 54, 20, -12, green(pal))
    )


def gem(pal: Palette) -> str:
    """A pearl in its shell."""
    shell = pal.tone("#e2c9b8", 0.08)
    fan = "".join(
        path(f"M0 50L{x1} -38C{(x1 + x2) / 2} -58 {(x1 + x2) / 2} -58 {x2} -38Z", light(shell, 0.2 * (i % 2)))
        for i, (x1, x2) in enumerate(zip(range(-84, 84, 24), range(-60, 108, 24), strict=False))
    )
    return (
        fan
        + path("M-84 -38C-80 20 -30 60 0 60C30 60 80 20 84 -38C60 40 -60 40 -84 -38Z", dark(shell, 0.14))
        + ball(0, 10, 27, "#fbf4ea")
        + line("M-60 82C-20 74 20 90 60 82", pal.main, 4)
    )
