"""Leaves, flowers, roots and grains."""

from __future__ import annotations

from ..palette import Palette, mix
from ..svg import circle, ellipse, group, line, path, place, polar
from .shapes import ball, dark, green, leaf, light, petal, ring_of, stem


def vegetables(pal: Palette) -> str:
    """Leaf greens, a carrot and a tomato."""
    carrot = path(
        "M-18 -40C0 -50 18 -50 28 -38C22 10 12 60 2 92C-8 60 -20 8 -18 -40Z", pal.tone("#e5812f", 0.05)
    )
    carrot += line("M-10 -14L8 -12M24 4L8 6M-6 28L6 30", dark("#e5812f", 0.2), 3)
    tops = group(*(leaf(4, -42, 52, 16, t, green(pal)) for t in (-30, 0, 28)))
    greens = group(
        *(
            leaf(0, 60, 130 - abs(t) * 0.7, 52, t, green(pal, light_by=0.05 * (i % 2)))
            for i, t in enumerate((-34, 30, -16, 14, 0))
        )
    )
    return (
        place(greens, -34, 14)
        + place(tops + carrot, 34, -2, 0.98, 14)
        + ball(-20, 56, 32, pal.tone("#d4452f", 0.04))
    )


def tea(pal: Palette) -> str:
    """One bud and two leaves, twice."""
    bud = leaf(0, 0, 66, 20, 0, green(pal, light_by=0.16))
    sprig = (
        stem("M0 70C4 40 2 20 0 0", green(pal), 5)
        + leaf(0, 14, 82, 38, -44, green(pal, light_by=0.05))
        + leaf(1, 26, 88, 42, 48, green(pal))
        + place(bud, 0, 14)
    )
    lower = leaf(0, 74, 74, 40, -82, green(pal)) + leaf(0, 76, 70, 38, 84, green(pal, light_by=0.03))
    return lower + place(sprig, 0, 0, 1.12)


def lotus(pal: Palette) -> str:
    pink = pal.tone("#e58a98", 0.1)
    back = group(*(petal(0, 48, 112 - abs(t) * 0.45, 44, t, dark(pink, 0.12)) for t in (-66, 66, -36, 36)))
    front = group(*(petal(0, 50, 106 - abs(t) * 0.5, 46, t, pink) for t in (-50, 50, -20, 20, 0)))
    low = group(*(petal(0, 50, 74, 36, t, light(pink, 0.18)) for t in (-86, 86)))
    pads = ellipse(0, 62, 84, 13, green(pal)) + ellipse(0, 59, 72, 9, green(pal, light_by=0.06))
    return pads + back + low + front


def apricot_blossom(pal: Palette) -> str:
    """Yellow mai blossoms on a branch."""
    yellow = pal.tone("#f4c430", 0.03)
    flower = ring_of(
        lambda a: place(circle(0, -23, 19, yellow) + ellipse(0, -14, 6, 10, dark(yellow, 0.12)), 0, 0, 1, a),
        5,
    )
    flower += circle(0, 0, 9, dark(yellow, 0.3)) + ring_of(
        lambda a: circle(*polar(14, a), 2.4, "#a4502a"), 10
    )
    wood = pal.tone("#5d4030")
    branch = line("M-86 76C-50 40 -30 20 10 4C40 -8 64 -40 78 -84", wood, 8) + line(
        "M-20 24C-30 -20 -50 -40 -64 -70M30 -6C56 6 70 22 86 30", wood, 5
    )
    buds = group(*(circle(x, y, 9, yellow) for x, y in ((-64, -72), (78, -84), (88, 30), (60, -46))))
    return (
        branch
        + buds
        + leaf(6, 6, 40, 18, 120, green(pal))
        + place(flower, -26, 8)
        + place(flower, 40, -36, 0.86, 30)
        + place(flower, -46, -38, 0.72, 12)
    )


def orchid(pal: Palette) -> str:
    pink = pal.tone("#c66a9c", 0.1)
    bloom = group(*(petal(0, 0, 42, 30, t, light(pink, 0.3)) for t in (0, 125, -125))) + group(
        *(petal(0, 0, 44, 44, t, pink) for t in (-68, 68))
    )
    bloom += petal(0, -2, 24, 20, 180, pal.tone("#8a2f62")) + circle(0, 2, 5, "#f6d365")
    arch = stem("M-46 92C-60 10 -30 -64 60 -80", green(pal), 5)
    low = leaf(-46, 92, 90, 26, -32, green(pal)) + leaf(-46, 92, 100, 28, 52, green(pal, light_by=0.04))
    spots = ((-42, 0, 1), (-16, -44, 0.95), (28, -66, 0.85), (22, 6, 0.9), (62, -50, 0.7))
    return low + arch + group(*(place(bloom, x, y, s, x * 0.4) for x, y, s in spots))


def chrysanthemum(pal: Palette) -> str:
    yellow = pal.tone("#eeb93a", 0.05)

    def layer(r: float, start: float) -> str:
        return ring_of(lambda a: petal(0, 0, r, 17, a, light(yellow, 0.35 - r / 300)), 16, start)

    layers = layer(66, 0) + layer(50, 11) + layer(34, 22)
    sprig = (
        leaf(0, 30, 66, 36, 150, green(pal))
        + leaf(0, 30, 66, 36, -148, green(pal))
        + stem("M0 20L0 96", green(pal), 6)
    )
    return sprig + place(layers + circle(0, 0, 10, dark(yellow, 0.25)), 0, -22, 1.05)


def artichoke(pal: Palette) -> str:
    body = pal.tone("#7d9a5e", 0.08)
    rows = ((-34, 3, 15), (-16, 4, 21), (6, 5, 24), (28, 4, 25), (46, 3, 22))
    scales = "".join(
        petal(
            step * (i - (n - 1) / 2),
            y + 26,
            58,
            40,
            7 * (i - (n - 1) / 2),
            mix(body, "#8a6a8c", 0.07 * (i % 2) + 0.02 * k),
            light(body, 0.22),
        )
        for k, (y, n, step) in enumerate(rows)
        for i in sorted(range(n), key=lambda i: -abs(i - (n - 1) / 2))
    )
    return (
        stem("M0 60L0 98", green(pal), 12)
        + leaf(0, 90, 78, 26, -66, green(pal))
        + leaf(0, 90, 78, 26, 66, green(pal))
        + place(scales, 0, -2, 1.12)
    )


def rice(pal: Palette) -> str:
    """Two bowing ears of rice."""
    grain = pal.tone("#e3b23c", 0.05)
    curve = [(0.0, 92.0), (-4, 50), (-4, 10), (4, -26), (20, -54), (44, -70), (66, -66), (80, -48)]
    ear = stem("M0 92C-8 40 -8 -20 24 -58C48 -80 74 -70 82 -44", pal.tone("#8b9a3f"), 4)
    for i, (x, y) in enumerate(curve[2:]):
        turn = 12 + 27 * i
        ear += leaf(x, y, 32, 15, turn - 30, grain) + leaf(x, y, 32, 15, turn + 34, light(grain, 0.16))
    blades = leaf(0, 94, 120, 18, -22, green(pal)) + leaf(0, 94, 96, 16, 34, green(pal, light_by=0.05))
    return place(blades, -18, 0) + place(ear, -26, 0) + place(ear, 8, 8, 0.86, -26)


def corn(pal: Palette) -> str:
    grain = pal.tone("#f0c040", 0.05)
    kernels = group(
        *(
            circle(x, y, 7.4, light(grain, 0.1 * ((x + y) % 3)))
            for x in range(-24, 25, 12)
            for y in range(-74, 60, 12)
            if (x / 32) ** 2 + ((y + 6) / 80) ** 2 < 1
        )
    )
    husk = (
        leaf(0, 90, 150, 46, -22, green(pal))
        + leaf(0, 90, 150, 46, 22, green(pal, light_by=0.04))
        + leaf(0, 92, 96, 50, 0, green(pal, light_by=0.08))
    )
    return place(
        leaf(0, 90, 170, 50, -10, green(pal)) + ellipse(0, -6, 34, 82, dark(grain, 0.12)) + kernels + husk,
        0,
        0,
        1,
        12,
    )


def bamboo(pal: Palette) -> str:
    stalk = pal.tone("#7f9c4a")
    out = ""
    for x, top, w in ((-40, -96, 17), (2, -84, 20), (42, -98, 15)):
        out += path(f"M{x - w / 2} 96L{x - w / 2} {top}L{x + w / 2} {top}L{x + w / 2} 96Z", stalk)
        out += path(
            f"M{x + w * 0.15} 96L{x + w * 0.15} {top}L{x + w / 2} {top}L{x + w / 2} 96Z", dark(stalk, 0.14)
        )
        out += "".join(
            line(f"M{x - w / 2} {y}L{x + w / 2} {y}", light(stalk, 0.5), 3)
            for y in range(int(top) + 30, 90, 42)
        )
    sprays = group(
        *(
            leaf(x, y, 56, 15, t, green(pal))
            for x, y, t in (
                (-40, -40, -60),
                (-40, -40, -100),
                (42, -50, 60),
                (42, -50, 104),
                (2, 6, 56),
                (2, 6, 96),
                (-40, 40, -72),
            )
        )
    )
    return out + sprays


def pepper(pal: Palette) -> str:
    """A pepper vine with two strings of corns."""

    def string(x: float, y: float, colour: str) -> str:
        return group(*(ball(x + (7 if i % 2 else -7), y + i * 10, 9.5, colour) for i in range(9)))

    vine = stem("M-80 -64C-20 -92 30 -50 84 -74", green(pal), 5)
    leaves = (
        leaf(-40, -72, 78, 54, -150, green(pal))
        + leaf(56, -66, 80, 56, 152, green(pal, light_by=0.03))
        + leaf(0, -70, 50, 36, 10, green(pal, light_by=0.05))
    )
    return (
        vine
        + leaves
        + string(-12, -50, pal.tone("#39332c"))
        + string(24, -48, pal.tone("#b8432f"))
        + group(*(ball(x, 78, 9, pal.tone("#39332c")) for x in (-58, -40, 60)))
    )


def garlic(pal: Palette) -> str:
    skin = pal.tone("#e6d8c6", 0.12)
    bulb = path("M0 -70C-8 -34 -58 -22 -56 28C-54 62 -22 72 0 72C22 72 54 62 56 28C58 -22 8 -34 0 -70Z", skin)
    bulb += line("M0 -60C-4 -20 -28 10 -22 66M0 -60C4 -20 28 10 22 66", pal.tone("#b79ab0", 0.15), 4)
    clove = path(
        "M0 -34C-22 -14 -30 14 -20 30C-8 40 14 38 20 26C26 8 12 -14 0 -34Z", light(skin, 0.2)
    ) + line("M0 -26C-8 -6 -10 12 -6 30", pal.tone("#b79ab0"), 3)
    return (
        stem("M-14 -60C-16 -76 -24 -84 -20 -96", skin, 10)
        + place(bulb, -14, 0)
        + place(clove, 54, 44, 1.1, 12)
        + place(clove, 22, 62, 0.9, -16)
    )


def ginger(pal: Palette) -> str:
    """Ginger or turmeric, cut to show the flesh."""
    skin, flesh = pal.tone("#c98d45"), pal.tone("#ec9a28", 0.03)
    blobs = (
        (-44, 12, 40, 26, -14),
        (6, 0, 46, 30, 8),
        (50, 20, 34, 24, 24),
        (-10, -38, 24, 32, -16),
        (34, -40, 18, 30, 22),
        (-62, 44, 20, 26, 20),
        (12, 44, 24, 28, -8),
    )
    root = group(*(ellipse(x, y, a, b, skin, transform=f"rotate({t} {x} {y})") for x, y, a, b, t in blobs))
    rings = line(
        "M-40 -8C-34 6 -36 22 -42 32M-6 -24C2 -8 2 14 -4 28M28 -16C36 0 34 16 30 26", dark(skin, 0.25), 3
    )
    cut = (
        ellipse(64, 24, 18, 22, flesh)
        + ellipse(64, 24, 11, 14, light(flesh, 0.3))
        + ellipse(12, 60, 19, 14, flesh)
        + ellipse(12, 60, 11, 8, light(flesh, 0.3))
    )
    return (
        leaf(-14, -54, 46, 18, -30, green(pal)) + leaf(-10, -58, 50, 18, 14, green(pal)) + root + rings + cut
    )


def ginseng(pal: Palette) -> str:
    root = pal.tone("#d8b27a", 0.08)
    legs = "M-6 -40C-30 -20 -26 16 -34 44C-38 62 -48 76 -58 92M6 -30C20 0 14 30 28 56C34 70 40 80 52 90M0 20C-2 50 -8 70 -4 94M-26 10C-46 22 -60 26 -76 24M18 4C40 10 52 22 70 24"
    body = (
        line(legs, root, 9)
        + path("M-14 -48C-30 -26 -30 14 -14 40C-2 52 16 44 22 24C30 -6 22 -40 10 -52Z", root)
        + line("M-16 -16L2 -14M-14 4L6 6M-6 22L12 24", dark(root, 0.25), 3)
    )
    top = stem("M0 -50L2 -72", green(pal), 5) + group(
        *(leaf(2, -64, 46, 20, t, green(pal)) for t in (-80, -40, 40, 80, 0))
    )
    berries = group(*(circle(x, y, 7, pal.tone("#c9382b")) for x, y in ((-4, -98), (8, -100), (2, -88))))
    return body + top + berries


def cinnamon(pal: Palette) -> str:
    bark = pal.tone("#a5602f", 0.06)
    stick = path("M-14 -74L14 -74L14 74L-14 74Z", bark) + path("M4 -74L14 -74L14 74L4 74Z", dark(bark, 0.2))
    stick += ellipse(0, -74, 14, 6, light(bark, 0.25)) + line(
        "M-6 -74C-4 -78 4 -78 5 -74C4 -71 -2 -72 -1 -75", dark(bark, 0.5), 2
    )
    sticks = place(stick, -24, 4, 1, -16) + place(stick, 26, 4, 1, 16) + place(stick, 0, 2)
    twine = path("M-44 8C-20 18 20 18 44 8L44 22C20 32 -20 32 -44 22Z", pal.tone("#e6d3a6"))
    star = ring_of(lambda a: leaf(0, 0, 26, 13, a, pal.tone("#7a3f24")), 8)
    return (
        leaf(-30, -50, 66, 30, -46, green(pal))
        + leaf(30, -50, 66, 30, 46, green(pal))
        + sticks
        + twine
        + place(star, 0, 70)
    )


def mushroom(pal: Palette) -> str:
    cap = pal.tone("#9a5a33", 0.06)
    one = path("M-12 0C-10 30 -14 50 -18 66L18 66C14 50 10 30 12 0Z", "#efe0c3") + path(
        "M-58 4C-54 -52 54 -52 58 4C30 16 -30 16 -58 4Z", cap
    )
    one += path("M-58 4C-30 16 30 16 58 4C34 22 -34 22 -58 4Z", dark(cap, 0.35)) + group(
        *(ellipse(x, y, 7, 4, light(cap, 0.4)) for x, y in ((-26, -14), (4, -26), (30, -10), (-2, -4)))
    )
    return (
        place(one, -26, -20, 1.05)
        + place(one, 46, 26, 0.72, 10)
        + place(one, -54, 46, 0.5, -14)
        + leaf(4, 84, 50, 20, 70, green(pal))
    )


def cordyceps(pal: Palette) -> str:
    stalk = pal.tone("#e08a2c", 0.04)
    fan = group(
        *(
            place(
                line(f"M0 70C{i * 3} 20 {-i * 2} -20 {i * 3} -{60 - abs(i) * 6}", stalk, 9)
                + ellipse(i * 3, -(66 - abs(i) * 6), 9, 17, dark(stalk, 0.14)),
                i * 15,
                6,
                1,
                i * 8,
            )
            for i in range(-3, 4)
        )
    )
    return (
        fan
        + path("M-58 68C-40 54 40 54 58 68C50 92 -50 92 -58 68Z", pal.tone("#efe0c3"))
        + line("M-44 76C-20 70 20 70 44 76", dark("#efe0c3"), 3)
    )


def herbs(pal: Palette) -> str:
    """A herb sprig with small flowers."""
    out = stem("M0 96C-4 30 2 -20 0 -84", green(pal), 5)
    for i, y in enumerate(range(70, -60, -32)):
        size = 66 - i * 7
        out += leaf(0, y, size, size * 0.42, -58 + i * 3, green(pal, light_by=0.02 * i)) + leaf(
            0, y - 8, size, size * 0.42, 58 - i * 3, green(pal)
        )
    bloom = ring_of(lambda a: circle(*polar(9, a), 7, pal.accent), 5) + circle(0, 0, 5, "#fff3cf")
    return (
        out
        + leaf(0, -66, 34, 16, 0, green(pal, light_by=0.1))
        + place(bloom, -44, -58)
        + place(bloom, 46, -66, 0.9)
        + place(bloom, 62, -22, 0.7)
    )


def bonsai(pal: Palette) -> str:
    wood = pal.tone("#6b4a30")
    trunk = path(
        "M-16 56C-20 30 -40 12 -20 -10C-6 -26 10 -30 14 -56L22 -56C24 -30 14 -16 2 0C-10 18 10 34 16 56Z",
        wood,
    ) + line("M-14 -4C-40 -8 -52 -22 -58 -32M8 -10C34 -10 48 0 58 4", wood, 7)
    clouds = group(
        *(
            ellipse(x, y, a, b, green(pal, light_by=s))
            for x, y, a, b, s in (
                (-58, -40, 36, 20, 0),
                (-62, -46, 24, 11, 0.06),
                (56, -6, 36, 19, 0),
                (60, -12, 24, 10, 0.06),
                (16, -66, 46, 26, 0.01),
                (14, -74, 30, 14, 0.07),
            )
        )
    )
    pot = path("M-54 58L54 58L44 90L-44 90Z", pal.tone("#a5502f")) + path(
        "M-60 52L60 52L60 62L-60 62Z", dark("#a5502f", 0.2)
    )
    return trunk + clouds + pot
