"""Fish, shrimp, fowl, bees and what they give."""

from __future__ import annotations

from ..palette import Palette
from ..svg import circle, ellipse, group, line, path, place, polar, polygon
from .shapes import dark, green, leaf, light


def _one_fish(body: str, fin: str) -> str:
    tail = path("M52 0C70 -10 84 -28 94 -34C88 -10 88 10 94 34C84 28 70 10 52 0Z", fin)
    fins = path("M-20 -26C0 -48 26 -44 40 -20Z", fin) + path("M-8 24C4 40 20 38 28 18Z", fin)
    shape = path("M-92 2C-60 -40 20 -40 60 0C20 40 -60 40 -92 2Z", body) + path(
        "M-92 2C-60 40 20 40 60 0C20 18 -50 20 -92 2Z", light(body, 0.45)
    )
    scales = group(
        *(
            line(f"M{x} {y - 8}C{x + 9} {y - 4} {x + 9} {y + 4} {x} {y + 8}", dark(body, 0.25), 2.4)
            for x in range(-34, 44, 16)
            for y in (-14, 2)
        )
    )
    return (
        tail
        + fins
        + shape
        + scales
        + line("M-52 -22C-42 -8 -42 12 -52 24", dark(body, 0.35), 3)
        + circle(-68, -6, 6, "#fff7e4")
        + circle(-68, -6, 3, "#2a1a12")
    )


def fish(pal: Palette) -> str:
    """Three anchovies swimming one way."""
    body, fin = pal.tone("#5f8ba0", 0.1), pal.tone("#3f6a80", 0.15)
    one = _one_fish(body, fin)
    return place(one, 8, -48, 0.8, -8) + place(one, -8, 4, 0.92, -4) + place(one, 10, 56, 0.76, -6)


def goldfish(pal: Palette) -> str:
    body, fin = pal.tone("#ec7a35", 0.03), pal.tone("#f4a75c", 0.03)
    tail = path("M40 -4C70 -40 96 -36 98 -60C104 -20 92 0 70 4C96 14 100 44 86 66C80 36 60 22 40 8Z", fin)
    shape = (
        path("M-76 0C-60 -54 14 -52 50 0C14 48 -60 46 -76 0Z", body)
        + path("M-30 -38C-20 -72 20 -66 26 -30Z", fin)
        + path("M-20 34C-16 62 8 64 18 28Z", fin)
    )
    scales = group(
        *(
            line(f"M{x} {y - 9}C{x + 10} {y - 5} {x + 10} {y + 5} {x} {y + 9}", dark(body, 0.2), 2.6)
            for x in range(-28, 36, 15)
            for y in (-18, 0, 18)
        )
    )
    bubbles = circle(-88, -40, 8, "none", stroke=light(pal.main), stroke_width=3) + circle(
        -76, -66, 5, "none", stroke=light(pal.main), stroke_width=3
    )
    return (
        place(tail + shape + scales + circle(-54, -10, 9, "#fff7e4") + circle(-55, -10, 5, "#2a1a12"), 0, 4)
        + bubbles
        + leaf(60, 96, 70, 14, -40, green(pal))
        + leaf(60, 96, 54, 14, 0, green(pal))
    )


def shrimp(pal: Palette) -> str:
    body = pal.tone("#e27a4f", 0.06)
    out = path(
        "M70 -50C20 -84 -56 -62 -64 4C-70 52 -26 84 20 76C30 74 32 60 22 58C-8 58 -30 40 -24 6C-18 -24 24 -30 58 -14C74 -8 84 -40 70 -50Z",
        body,
    )
    bands = (
        "M-20 -66C-8 -50 -6 -34 -8 -20",
        "M-52 -36C-36 -32 -26 -22 -22 -8",
        "M-64 6C-48 2 -36 4 -24 14",
        "M-50 46C-38 36 -28 32 -18 36",
        "M-18 72C-14 62 -6 56 2 56",
        "M24 -68C30 -52 30 -38 26 -26",
    )
    tail = path("M16 58C34 48 48 52 58 44C60 62 60 76 52 92C42 80 28 80 16 76Z", dark(body, 0.16))
    whiskers = line("M72 -48C92 -60 96 -84 84 -96M70 -46C98 -50 104 -20 90 2", dark(body, 0.2), 3)
    legs = line("M-4 -18L6 8M14 -22L26 2M32 -20L46 0M-22 8L-4 20M-18 30L0 34", dark(body, 0.2), 4)
    return (
        legs
        + out
        + "".join(line(d, dark(body, 0.3), 3) for d in bands)
        + tail
        + whiskers
        + circle(58, -36, 5, "#2a1a12")
    )


def squid(pal: Palette) -> str:
    body = pal.tone("#d9a08a", 0.08)
    arms = "".join(
        line(f"M{x} 26C{x * 1.4 - 6:.0f} 50 {x * 1.9 + 8:.0f} 66 {x * 2.2:.0f} 92", dark(body, 0.1), 8)
        for x in (-22, -13, -4, 5, 14, 23)
    )
    mantle = (
        path("M0 -96C-46 -66 -36 0 -26 24C-14 36 14 36 26 24C36 0 46 -66 0 -96Z", body)
        + path("M0 -96C-40 -86 -62 -60 -52 -38C-36 -40 -30 -60 0 -96Z", dark(body, 0.12))
        + path("M0 -96C40 -86 62 -60 52 -38C36 -40 30 -60 0 -96Z", dark(body, 0.12))
    )
    spots = group(
        *(
            circle(x, y, 3.4, dark(body, 0.35))
            for x, y in ((-10, -50), (8, -36), (-6, -18), (14, -62), (0, -2))
        )
    )
    return place(
        arms
        + mantle
        + spots
        + circle(-14, 22, 6, "#fff7e4")
        + circle(14, 22, 6, "#fff7e4")
        + circle(-14, 22, 3, "#2a1a12")
        + circle(14, 22, 3, "#2a1a12"),
        0,
        0,
        1,
        14,
    )


def hen(pal: Palette) -> str:
    body, wing = pal.tone("#b5622e", 0.05), pal.tone("#7d3f22", 0.05)
    tail = group(*(leaf(46, -2, 72, 24, t, c) for t, c in ((20, wing), (44, dark(wing)), (66, wing))))
    shape = path(
        "M-52 -52C-40 -78 -10 -70 -8 -44C0 -14 40 -20 66 -8C66 40 30 66 -4 64C-46 62 -62 20 -52 -52Z", body
    )
    comb = path(
        "M-46 -66C-52 -84 -38 -86 -36 -76C-34 -92 -20 -90 -20 -76C-12 -86 -4 -78 -12 -64Z",
        pal.tone("#cf3b2c", 0.02),
    )
    head = (
        path("M-52 -52L-76 -44L-52 -36Z", "#eab03c")
        + circle(-36, -52, 5, "#2a1a12")
        + path("M-52 -36C-60 -26 -54 -14 -46 -20Z", pal.tone("#cf3b2c", 0.02))
    )
    feather = path("M-14 0C10 -16 40 -8 52 8C40 40 4 44 -14 22Z", wing) + line(
        "M0 10C16 4 30 8 40 14M0 20C14 16 24 20 32 26", light(wing, 0.4), 3
    )
    return (
        line("M-8 60L-10 90M-10 90L-22 94M-10 90L2 94M20 58L20 90M20 90L8 94M20 90L32 94", "#d99a2e", 5)
        + tail
        + comb
        + shape
        + head
        + feather
    )


def eggs(pal: Palette) -> str:
    shell = pal.tone("#eec9a0", 0.03)
    egg = (
        path("M0 -46C26 -46 38 -8 36 12C32 40 -32 40 -36 12C-38 -8 -26 -46 0 -46Z", shell)
        + ellipse(-12, -16, 6, 12, light(shell, 0.7), transform="rotate(20 -12 -16)")
        + path("M10 -44C32 -34 38 -8 36 12C32 34 6 40 -10 36C24 28 26 -10 10 -44Z", dark(shell, 0.1))
    )
    straw = group(
        *(
            line(
                f"M{x} {62 + (i % 3) * 8}C{x + 20} {52 + (i % 2) * 14} {x + 40} {70 - (i % 4) * 6} {x + 56} {58 + (i % 3) * 9}",
                pal.tone("#d0a13f"),
                5,
            )
            for i, x in enumerate(range(-92, 40, 12))
        )
    )
    return (
        place(egg, -40, 20, 1, -10)
        + place(egg, 42, 22, 1, 12)
        + place(egg, 0, -18, 1.1)
        + place(egg, 2, 44, 0.98, 4)
        + straw
    )


def meat(pal: Palette) -> str:
    """Smoked strips hanging from a bamboo rod."""
    lean, fat = pal.tone("#9a3b2a", 0.05), pal.tone("#e9c19a", 0.05)
    strip = (
        path("M-15 -52C-20 0 -18 40 -10 72C0 82 12 78 14 66C20 30 14 -10 16 -52Z", lean)
        + path("M-3 -52C-8 0 -4 44 2 76C10 76 8 30 6 -52Z", fat)
        + line("M0 -52L0 -76", pal.tone("#c9a25a"), 4)
    )
    rod = line("M-92 -76L92 -76", pal.tone("#b08a3c"), 9) + "".join(
        line(f"M{x} -80L{x} -72", pal.tone("#7d5f24"), 3) for x in (-66, -20, 28, 70)
    )
    chilies = leaf(80, -70, 44, 12, 176, pal.tone("#cf3b2c")) + leaf(
        88, -70, 38, 11, 168, pal.tone("#cf3b2c")
    )
    return (
        group(*(place(strip, x, 8, 1, t) for x, t in ((-56, 3), (-18, -2), (20, 2), (56, -3))))
        + rod
        + chilies
    )


def nest(pal: Palette) -> str:
    """A swiftlet over its nest."""
    ivory = pal.tone("#efe0c3", 0.05)
    bowl = (
        path("M-76 20C-60 84 60 84 76 20C40 40 -40 40 -76 20Z", ivory)
        + ellipse(0, 22, 76, 17, dark(ivory, 0.14))
        + ellipse(0, 20, 60, 10, dark(ivory, 0.3))
    )
    strands = group(
        *(
            line(
                f"M{-64 + i * 8} {36 + (i % 3) * 8}C{-44 + i * 8} {52 + (i % 4) * 6} {-30 + i * 8} {50 + (i % 2) * 10} {-14 + i * 6} {44 + (i % 3) * 9}",
                dark(ivory, 0.12),
                2.6,
            )
            for i in range(11)
        )
    )
    bird = path(
        "M-6 0C-40 -40 -70 -44 -96 -40C-66 -30 -50 -8 -24 12C-10 20 14 20 34 34L30 14C50 4 66 -20 92 -40C60 -34 30 -22 10 -2Z",
        pal.deep,
    ) + path("M-6 0C6 -10 20 -8 22 4C18 14 4 14 -6 0Z", light(pal.main, 0.2))
    return bowl + strands + place(bird, 0, -46, 0.82, -6) + leaf(-78, 40, 44, 18, -24, green(pal))


def honey(pal: Palette) -> str:
    """Honeycomb with a bee."""
    gold = pal.tone("#eba524", 0.03)
    cells = ((0, 0), (47, 27), (-47, 27), (0, 54), (47, -27), (-47, -27), (0, -54))
    comb = "".join(
        polygon([polar(25, a, x, y) for a in range(30, 390, 60)], light(gold, 0.32 * (i % 3) / 2))
        + polygon([polar(17, a, x, y) for a in range(30, 390, 60)], dark(gold, 0.1 * (i % 2)))
        for i, (x, y) in enumerate(cells)
    )
    drip = path("M-14 74C-16 92 -6 98 0 98C8 98 14 90 12 72Z", gold)
    wings = ellipse(-12, -24, 13, 26, "#fffaf0", opacity=0.85, transform="rotate(-32 -12 -24)") + ellipse(
        12, -24, 13, 26, "#fffaf0", opacity=0.85, transform="rotate(32 12 -24)"
    )
    bee = (
        wings
        + ellipse(0, 6, 17, 27, "#f0b429")
        + path("M-16 -2L16 -2L17 6L-17 6ZM-17 13L17 13L14 21L-14 21Z", "#3a2417")
        + circle(0, -20, 11, "#3a2417")
        + line("M-4 -30L-9 -40M4 -30L9 -40", "#3a2417", 2.5)
    )
    return drip + comb + place(bee, 30, -30, 1.05, 38)


def crab(pal: Palette) -> str:
    shell = pal.tone("#c4542f", 0.05)
    legs = line(
        "M-50 10L-86 0L-96 22M-48 24L-82 26L-90 50M-42 36L-70 50L-72 76M50 10L86 0L96 22M48 24L82 26L90 50M42 36L70 50L72 76",
        shell,
        8,
    )
    claw = path(
        "M0 0C-26 -10 -34 -44 -10 -60C-12 -44 -4 -36 6 -34C8 -44 8 -52 4 -62C30 -48 28 -8 0 0Z", shell
    )
    body = path("M-62 10C-52 -38 52 -38 62 10C56 52 -56 52 -62 10Z", shell) + line(
        "M-34 -4C-14 -14 14 -14 34 -4M-20 16C-8 10 8 10 20 16", dark(shell, 0.3), 4
    )
    eyes = (
        line("M-14 -26L-16 -40M14 -26L16 -40", shell, 5)
        + circle(-16, -42, 5, "#2a1a12")
        + circle(16, -42, 5, "#2a1a12")
    )
    arms = line("M-50 -8L-66 -28M50 -8L66 -28", shell, 10)
    return legs + arms + place(claw, -66, -26, 1, -16) + place(claw, 66, -26, 1, 16) + body + eyes
