"""What is served: preserves, tea, nuts and roots."""

from __future__ import annotations

from ..palette import Palette, mix
from ..svg import circle, ellipse, group, line, path, place, polar, polygon
from .shapes import ball, dark, green, leaf, light, petal, ring_of


def preserve_tray(pal: Palette) -> str:
    """A round lacquer tray with six kinds of dried fruit."""
    lacquer = dark(pal.main, 0.3)
    fruits = ("#f0b53c", "#d9642f", "#8fa84a", "#efe0bf", "#b8433a", "#e39a3a")

    def part(i: int) -> str:
        return group(
            *(ellipse(*polar(r, 60 * i + a), 11, 7.5, mix(pal.tone(fruits[i], 0.05), "#fff6e0", 0.12 * k)) for k, (r, a) in
              enumerate(((66, 17), (66, 43), (52, 30), (74, 30), (44, 18), (44, 42))))
        )  # fmt: skip

    ribs = line(
        "".join(
            "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*polar(28, a), *polar(88, a)) for a in range(0, 360, 60)
        ),
        pal.accent,
        4,
    )
    rim = (
        circle(0, 0, 97, lacquer)
        + circle(0, 0, 89, light(lacquer, 0.1))
        + circle(0, 0, 93, "none", stroke=pal.accent, stroke_width=3)
    )
    heart = (
        circle(0, 0, 28, lacquer)
        + ring_of(lambda a: petal(0, 0, 22, 12, a, pal.accent), 6)
        + circle(0, 0, 6, lacquer)
    )
    return rim + group(*(part(i) for i in range(6))) + ribs + heart


def teacup(pal: Palette) -> str:
    """A steaming cup of herbal tea with a blossom."""
    brew = pal.tone("#d9a03a", 0.06)
    cup = path("M-58 -6C-56 44 -34 66 0 66C34 66 56 44 58 -6Z", light(pal.main, 0.1)) + path(
        "M20 -6L58 -6C56 44 34 66 0 66C24 50 28 20 20 -6Z", dark(pal.main, 0.12)
    )
    handle = path("M54 6C92 -2 92 44 44 42", "none", stroke=light(pal.main, 0.1), stroke_width=10)
    top = ellipse(0, -6, 58, 15, pal.paper) + ellipse(0, -4, 50, 11, brew)
    saucer = ellipse(0, 74, 84, 15, pal.accent) + ellipse(0, 71, 60, 9, light(pal.accent, 0.3))
    bloom = ring_of(lambda a: petal(0, 0, 24, 15, a, "#fff6e4", "#ffffff"), 7) + circle(
        0, 0, 8, pal.tone("#eeb93a", 0.03)
    )
    steam = line(
        "M-22 -30C-34 -46 -10 -56 -22 -78M6 -32C-6 -50 18 -60 6 -86", mix(pal.soft, pal.main, 0.2), 6
    )
    band = line("M-52 24C-30 34 30 34 52 24", pal.accent, 5)
    return (
        steam
        + saucer
        + handle
        + cup
        + band
        + top
        + place(bloom, 54, -34)
        + leaf(36, -24, 52, 22, 96, green(pal))
        + place(bloom, -6, -8, 0.6)
    )


def peanuts(pal: Palette) -> str:
    """Peanuts in the shell and kernels, also for sesame and beans."""
    shell, kernel = pal.tone("#d9a763", 0.05), pal.tone("#b5563a", 0.05)
    pod = path(
        "M0 -62C30 -62 36 -32 24 -12C18 0 22 8 30 22C42 50 24 70 0 70C-26 70 -42 50 -30 22C-22 8 -18 0 -24 -12C-36 -32 -30 -62 0 -62Z",
        shell,
    )
    pod += line(
        "M-14 -46C-8 -30 -14 -14 -8 0C-16 20 -20 40 -10 60M12 -50C18 -34 8 -18 10 0C18 18 20 38 10 60M0 -54C4 -20 -4 20 0 62",
        dark(shell, 0.24),
        3,
    )
    seeds = group(
        *(
            place(ellipse(0, 0, 15, 20, kernel) + ellipse(-5, -7, 4, 7, light(kernel, 0.4)), x, y, 1, t)
            for x, y, t in ((62, 40, 30), (36, 66, -50), (70, 76, 80))
        )
    )
    return (
        leaf(-20, -30, 62, 34, -60, green(pal))
        + leaf(20, -40, 60, 32, 54, green(pal))
        + place(pod, -30, 10, 1, 22)
        + place(pod, 28, -8, 0.86, -28)
        + seeds
    )


def sweet_potato(pal: Palette) -> str:
    skin, flesh = pal.tone("#a3485a", 0.06), pal.tone("#f0a63c", 0.03)
    root = path(
        "M-92 12C-70 -34 0 -50 50 -30C74 -20 84 -2 92 14C60 26 50 44 10 48C-40 52 -70 40 -92 12Z", skin
    )
    root += line("M-50 -8L-34 -12M-10 24L8 22M22 -16L38 -14M-44 24L-32 26", dark(skin, 0.3), 4)
    slice_ = (
        ellipse(0, 0, 33, 29, skin)
        + ellipse(0, 0, 28, 24, flesh)
        + ellipse(0, 0, 16, 13, "none", stroke=light(flesh, 0.4), stroke_width=3)
    )
    leaves = leaf(-30, -20, 66, 46, -24, green(pal)) + leaf(-14, -22, 60, 44, 36, green(pal, light_by=0.05))
    return leaves + place(root, 0, -2, 1, -8) + place(slice_, -30, 60) + place(slice_, 42, 56, 0.9)


def melon(pal: Palette) -> str:
    """A netted melon and a slice."""
    rind, flesh = pal.tone("#7d9a55", 0.06), pal.tone("#f2a65a", 0.03)
    net = "".join(
        line(
            f"M{-14 + a} -60C{-40 + a * 1.7:.0f} -20 {-40 + a * 1.7:.0f} 30 {-14 + a} 60",
            light(rind, 0.45),
            3,
        )
        for a in (-22, -4, 14, 32)
    )
    whole = (
        ball(-12, -2, 64, rind)
        + place(net, -12, -2)
        + line("M-68 -22C-40 -8 20 -8 44 -22M-74 10C-40 24 20 24 50 10", light(rind, 0.45), 3)
    )
    cut = (
        path("M-60 -8C-44 50 44 50 60 -8Z", rind)
        + path("M-52 -8C-38 38 38 38 52 -8Z", light(flesh, 0.4))
        + path("M-47 -8C-34 28 34 28 47 -8Z", flesh)
    )
    cut += group(*(ellipse(x, 2, 3, 5, "#fff3d6") for x in (-22, -11, 0, 11, 22)))
    return (
        line("M-12 -64C-12 -78 -4 -86 8 -90", green(pal), 7)
        + leaf(-10, -70, 50, 38, -62, green(pal))
        + whole
        + place(cut, 34, 56, 1, -10)
    )


def pear(pal: Palette) -> str:
    """Guava, pear, star apple: green-gold fruit with a cut half."""
    skin = pal.tone("#a9b84a", 0.06)
    d = "M0 -62C18 -62 22 -40 34 -18C54 14 40 62 0 62C-40 62 -54 14 -34 -18C-22 -40 -18 -62 0 -62Z"
    whole = (
        path(d, skin)
        + path("M8 -60C20 -54 24 -36 34 -18C54 14 40 62 0 62C28 40 30 -10 8 -60Z", dark(skin, 0.16))
        + line("M-24 0C-28 14 -26 26 -20 34", light(skin, 0.55), 7)
    )
    half = (
        path(d, skin)
        + place(path(d, "#fbf3dc"), 0, 2, 0.87)
        + ellipse(0, 20, 13, 20, "#efdfae")
        + ellipse(-4, 16, 3, 6, "#6b4426")
        + ellipse(4, 22, 3, 6, "#6b4426")
    )
    return (
        line("M-30 -64C-30 -78 -24 -84 -16 -88", pal.tone("#6b4a2b"), 6)
        + leaf(-26, -70, 58, 28, 56, green(pal))
        + place(whole, -30, -4, 1.04)
        + place(half, 42, 30, 0.84, 14)
    )


def durian(pal: Palette) -> str:
    """Durian or jackfruit: a spiked fruit opened to its flesh."""
    skin, flesh = pal.tone("#8a9440", 0.06), pal.tone("#f3cf62", 0.03)
    spikes = "".join(
        polygon([polar(70, a - 7), polar(86, a), polar(70, a + 7)], dark(skin, 0.1))
        for a in range(0, 360, 14)
    )
    studs = "".join(
        place(polygon([(-7, 5), (0, -9), (7, 5)], dark(skin, 0.26)), *polar(r, a))
        for r, n in ((56, 15), (36, 10), (16, 5))
        for a in range(0, 360, 360 // n)
    )
    pod = (
        path("M0 -44C26 -30 28 26 0 46C-28 26 -26 -30 0 -44Z", "#fdf6e2")
        + place(ball(0, 0, 15, flesh), 0, -14)
        + place(ball(0, 0, 16, flesh), 0, 14)
    )
    return (
        line("M0 -70L0 -96", pal.tone("#6b4a2b"), 11)
        + place(spikes + circle(0, 0, 73, skin) + studs, 0, 6)
        + place(pod, 4, 10, 1.15, 12)
    )


def asparagus(pal: Palette) -> str:
    """A tied bundle of green spears."""
    spear = pal.tone("#7da24a", 0.08)
    one = path("M-11 92L-11 -50C-12 -72 -4 -88 0 -94C4 -88 12 -72 11 -50L11 92Z", spear)
    one += path("M3 92L3 -88C8 -80 12 -66 11 -50L11 92Z", dark(spear, 0.16))
    one += "".join(
        place(polygon([(-7, 0), (0, -15), (7, 0)], dark(spear, 0.28)), x, y)
        for x, y in ((-3, -58), (4, -38), (-4, -12), (4, 20), (0, -74))
    )
    back = place(one, -34, 4, 0.94, -9) + place(one, 34, 4, 0.94, 9)
    tie = path("M-58 30C-20 42 20 42 58 30L56 52C20 64 -20 64 -56 52Z", pal.tone("#e6d3a6"))
    return back + place(one, -16, 0, 1, -4) + place(one, 16, 0, 1, 4) + place(one, 0, -2) + tie
