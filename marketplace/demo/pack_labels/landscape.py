"""Landscapes of the regions, 1000 × 1000 units, sky above and open ground below y = 640."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .motifs.shapes import leaf
from .palette import Palette, mix
from .spec import PackSpec
from .svg import Canvas, circle, ellipse, group, line, num, path, place, rect

Scenery = Callable[[Palette, Random], str]

# Top and foot of the sky: gold morning, clear noon, rose dusk, mild green haze.
_SKIES = (("#f6dfba", "#fdf1d9"), ("#c9dfdf", "#fdf3dc"), ("#f2c7ae", "#fdeed6"), ("#dbe4cb", "#fdf4dd"))
_REGIONS: dict[str, str] = {
    "terraces": "Lào Cai|Yên Bái|Hà Giang|Tuyên Quang|Lai Châu|Điện Biên|Sơn La|Hòa Bình|Cao Bằng|Bắc Kạn|Lạng Sơn",
    "tea_hills": "Thái Nguyên|Phú Thọ|Vĩnh Phúc|Bắc Giang",
    "karst_sea": "Quảng Ninh|Hải Phòng|Ninh Bình",
    "fields": "Hà Nội|Hải Dương|Hưng Yên|Thái Bình|Nam Định|Hà Nam|Bắc Ninh|Thanh Hóa|Nghệ An",
    "coast": "Hà Tĩnh|Quảng Bình|Quảng Trị|Huế|Thừa Thiên Huế|Đà Nẵng|Quảng Nam|Quảng Ngãi|Bình Định|Phú Yên|Khánh Hòa|"
    "Ninh Thuận|Bình Thuận|Bà Rịa - Vũng Tàu",
    "highlands": "Kon Tum|Gia Lai|Đắk Lắk|Đắk Nông|Lâm Đồng|Bình Phước|Đồng Nai|Tây Ninh",
    "delta": "Hồ Chí Minh|Bình Dương|Long An|Tiền Giang|Bến Tre|Trà Vinh|Vĩnh Long|Cần Thơ|Hậu Giang|Sóc Trăng|Bạc Liêu|Cà Mau|"
    "Kiên Giang|An Giang|Đồng Tháp",
}


def region_of(spec: PackSpec) -> str:
    """The kind of landscape of a product's home; fields when the province is unknown."""
    for province in (spec.landscape_province, spec.province):
        for region, names in _REGIONS.items():
            if province and province in names.split("|"):
                return region
    return "fields"


def landscape(cv: Canvas, pal: Palette, spec: PackSpec, rng: Random) -> str:
    """Sky, sun and the scenery of the product's region."""
    high, low = rng.choice(_SKIES)
    sky = cv.linear([(0, mix(high, pal.main, 0.06), 1), (1, low, 1)])
    sun = circle(
        rng.choice((230, 330, 700, 770)),
        rng.randint(170, 240),
        74,
        mix("#f3a95c", pal.accent, 0.12),
        opacity=0.85,
    )
    return group(rect(0, 0, 1000, 540, sky), sun, _clouds(rng), SCENERIES[region_of(spec)](pal, rng))


def _clouds(rng: Random) -> str:
    out = ""
    for _ in range(3):
        x, y, w = rng.randint(60, 860), rng.randint(80, 300), rng.randint(90, 170)
        out += line(f"M{x} {y}h{w}M{x + 30} {y + 16}h{w * 0.7:.0f}", "#fffaf0", 9, opacity=0.75)
    return out


def ridge(rng: Random, y: float, swing: float, step: int, colour: str) -> str:
    """A soft mountain ridge across the picture; y and swing in units."""
    x, d = -step, f"M{-step} {num(y + rng.uniform(-swing, swing))}"
    while x < 1000 + step:
        x += step
        peak = y + rng.uniform(-swing, swing)
        d += f"S{num(x - step * 0.45)} {num(peak)} {x} {num(peak)}"
    return path(f"{d}L1100 1000L-100 1000Z", colour)


def _air(colour: str, far: float) -> str:
    """Distance: the colour fades into haze with far from 0 to 1."""
    return mix(colour, "#f4e4cb", far)


def terraces(pal: Palette, rng: Random) -> str:
    """Stepped rice fields under blue ranges."""
    blue, gold, grass = pal.tone("#5b7f8f", 0.15), pal.tone("#dcb24a", 0.08), pal.tone("#7f9c45", 0.12)
    out = ridge(rng, 330, 70, 190, _air(blue, 0.55)) + ridge(rng, 410, 60, 150, _air(blue, 0.28))
    for i in range(13):
        y = 470 + i * 24 + i * i * 1.6
        colour = mix((gold, grass)[i % 2], "#3f5a2a", 0.02 * i)
        a, b = rng.uniform(-26, 26), rng.uniform(-30, 30)
        out += path(
            f"M-20 {num(y + a)}C200 {num(y - 50 + b)} 330 {num(y + 44 + a)} 520 {num(y + a)}S820 {num(y - 46 - b)} 1020 {num(y + 10 + b)}L1020 1020L-20 1020Z",
            colour,
        )
        out += line(
            f"M-20 {num(y + a)}C200 {num(y - 50 + b)} 330 {num(y + 44 + a)} 520 {num(y + a)}S820 {num(y - 46 - b)} 1020 {num(y + 10 + b)}",
            _air(colour, 0.5),
            4,
        )
    return out + _hut(700, 500, 0.8, pal) + _hut(250, 520, 0.6, pal)


def _hut(x: float, y: float, scale: float, pal: Palette) -> str:
    roof, wall = pal.tone("#8a5a34"), pal.tone("#c9a468")
    return place(
        rect(-34, -6, 68, 36, wall)
        + rect(-9, 4, 18, 26, mix(wall, "#3a2413", 0.6))
        + path("M-56 -2L-30 -44L30 -44L56 -2Z", roof),
        x,
        y,
        scale,
    )


def tea_hills(pal: Palette, rng: Random) -> str:
    """Rounded hills combed with rows of tea."""
    deep, fresh = pal.tone("#3f6b38", 0.12), pal.tone("#7fa04a", 0.1)
    out = ridge(rng, 340, 50, 200, _air("#6f9098", 0.5)) + ridge(rng, 420, 40, 170, _air("#5f8a5a", 0.3))
    for cx, cy, r in ((180, 640, 330), (820, 660, 360), (480, 760, 420), (60, 960, 330), (960, 980, 320)):
        out += ellipse(cx, cy + r * 0.5, r, r * 0.72, fresh)
        out += "".join(
            path(
                f"M{num(cx - r * k)} {num(cy + r * 0.5)}A{num(r * k)} {num(r * 0.72 * k)} 0 0 1 {num(cx + r * k)} {num(cy + r * 0.5)}",
                "none",
                stroke=mix(deep, fresh, 0.2),
                stroke_width=13,
            )
            for k in (0.96, 0.82, 0.68, 0.54, 0.4, 0.26)
        )
    return out + _palm(880, 470, 0.5, pal) + _hut(170, 400, 0.55, pal)


def karst_sea(pal: Palette, rng: Random) -> str:
    """Limestone towers standing in calm water, a junk with ribbed sails."""
    stone, sea = pal.tone("#5f7f78", 0.15), pal.tone("#7fb0b5", 0.1)
    out = "".join(
        _tower(x, 500, w, h, _air(stone, 0.5))
        for x, w, h in ((90, 120, 190), (330, 90, 130), (610, 130, 210), (880, 140, 170))
    )
    out += "".join(
        _tower(x + rng.uniform(-20, 20), 540, w, h, _air(stone, 0.15))
        for x, w, h in ((190, 110, 250), (770, 150, 300), (960, 100, 200))
    )
    out += rect(0, 530, 1000, 470, sea) + _ripples(rng, 560, 980, _air(sea, 0.5))
    return out + _junk(460, 600, 1.1, pal)


def _tower(x: float, y: float, w: float, h: float, colour: str) -> str:
    d = f"M{num(x - w * 0.6)} {y}C{num(x - w * 0.5)} {num(y - h * 0.5)} {num(x - w * 0.44)} {num(y - h * 0.9)} {num(x - w * 0.1)} {num(y - h)}C{num(x + w * 0.3)} {num(y - h)} {num(x + w * 0.4)} {num(y - h * 0.6)} {num(x + w * 0.6)} {y}Z"
    shade = f"M{num(x)} {num(y - h)}C{num(x + w * 0.3)} {num(y - h)} {num(x + w * 0.4)} {num(y - h * 0.6)} {num(x + w * 0.6)} {y}L{num(x + w * 0.1)} {y}C{num(x + w * 0.16)} {num(y - h * 0.4)} {num(x + w * 0.1)} {num(y - h * 0.7)} {num(x)} {num(y - h)}Z"
    return path(d, colour) + path(shade, mix(colour, "#2a3a36", 0.14))


def _junk(x: float, y: float, scale: float, pal: Palette) -> str:
    sail, hull = pal.tone("#c9642f", 0.08), pal.tone("#5d3a26", 0.1)

    def fan(dx: float, h: float, w: float) -> str:
        return place(
            path(
                f"M0 0C{-w * 0.2:.0f} {-h * 0.5:.0f} 0 {-h * 0.9:.0f} {w * 0.2:.0f} {-h}C{w:.0f} {-h * 0.8:.0f} {w:.0f} {-h * 0.2:.0f} {w * 0.8:.0f} 0Z",
                sail,
            )
            + "".join(
                line(
                    f"M{w * 0.02:.0f} {-h * k:.0f}L{w * 0.9:.0f} {-h * k * 0.86:.0f}",
                    mix(sail, "#3a1a10", 0.3),
                    3,
                )
                for k in (0.25, 0.5, 0.75)
            ),
            dx,
            -14,
        )

    return place(
        fan(-62, 110, 56)
        + fan(2, 140, 66)
        + path("M-96 -12L96 -12C88 14 70 24 50 24L-56 24C-76 22 -90 8 -96 -12Z", hull)
        + line("M-110 34H110", "#fff6e0", 4, opacity=0.5),
        x,
        y,
        scale,
    )


def _ripples(rng: Random, top: int, bottom: int, colour: str) -> str:
    d = ""
    for y in range(top, bottom, 24):
        for _ in range(2):
            x, w = rng.randint(-20, 940), rng.randint(40, 150)
            d += f"M{x} {y}q{w / 4:.0f} -8 {w / 2:.0f} 0t{w / 2:.0f} 0"
    return line(d, colour, 4, opacity=0.8)


def fields(pal: Palette, rng: Random) -> str:
    """Flat rice fields with dikes, bamboo groves and a village gate of trees."""
    far, crop = (
        pal.tone("#6f8f5a", 0.1),
        (pal.tone("#b9c25a", 0.06), pal.tone("#e0bd52", 0.05), pal.tone("#8fae4f", 0.08)),
    )
    out = ridge(rng, 450, 24, 210, _air("#7f9a96", 0.45))
    out += "".join(
        ellipse(x, 516, rng.randint(36, 64), rng.randint(26, 46), _air(far, 0.15))
        for x in range(20, 1000, 62)
    )
    out += rect(0, 510, 1000, 490, crop[0])
    for i, (a, b) in enumerate(
        ((-700, -250), (-250, 100), (100, 380), (380, 640), (640, 950), (950, 1400), (1400, 1800))
    ):
        top = [500 + (v - 500) * 0.34 for v in (a, b)]
        out += path(f"M{num(top[0])} 520L{num(top[1])} 520L{b} 1000L{a} 1000Z", crop[i % 3]) + line(
            f"M{num(top[1])} 520L{b} 1000", _air("#7a6a3a", 0.2), 7
        )
    out += "".join(line(f"M-10 {y}H1010", _air("#7a6a3a", 0.3), 5) for y in (570, 660, 800))
    return out + _hut(210, 500, 0.8, pal) + _palm(300, 520, 0.62, pal) + _palm(800, 522, 0.74, pal)


def coast(pal: Palette, rng: Random) -> str:
    """A bay with headlands, basket boats and a sandy beach."""
    sea, sand = pal.tone("#5f9aa8", 0.12), pal.tone("#ecd3a0", 0.05)
    out = path("M-20 520C80 430 180 400 300 470C360 500 380 512 420 520Z", _air("#5f8a6a", 0.3)) + path(
        "M640 520C760 420 860 410 1020 470L1020 520Z", _air("#5f8a6a", 0.12)
    )
    out += rect(0, 516, 1000, 300, sea) + _ripples(rng, 540, 720, _air(sea, 0.5))
    out += path(
        "M-20 770C200 720 420 800 620 760S900 720 1020 750L1020 1020L-20 1020Z", "#fff6e4", opacity=0.8
    ) + path("M-20 790C200 742 420 818 620 780S900 742 1020 772L1020 1020L-20 1020Z", sand)
    boats = "".join(
        place(
            path("M-60 -20C-56 22 56 22 60 -20Z", pal.tone("#8a5a34"))
            + ellipse(0, -20, 60, 13, pal.tone("#5d3a26"))
            + line("M-54 -8C-20 4 20 4 54 -8", pal.tone("#c99a55"), 4),
            x,
            y,
            s,
        )
        for x, y, s in ((180, 650, 0.8), (820, 630, 0.62))
    )
    return out + boats + _junk(560, 580, 0.6, pal) + _palm(70, 800, 1.15, pal) + _palm(950, 800, 0.95, pal)


def highlands(pal: Palette, rng: Random) -> str:
    """Red-earth hills with pines and a tall-roofed communal house."""
    blue, earth, grass = pal.tone("#5f7f95", 0.12), pal.tone("#b4643a", 0.08), pal.tone("#6f8f45", 0.12)
    out = (
        ridge(rng, 340, 60, 210, _air(blue, 0.5))
        + ridge(rng, 420, 50, 170, _air("#55786a", 0.25))
        + ridge(rng, 520, 30, 240, grass)
    )
    out += _communal_house(rng.choice((230, 760)), 540, 1.0, pal) + "".join(
        _pine(x + rng.uniform(-14, 14), 560 + (i % 2) * 24, 0.7 + 0.12 * (i % 3), pal)
        for i, x in enumerate((60, 130, 390, 450, 560, 900, 960))
    )
    out += ridge(rng, 620, 14, 330, earth)
    rows = "".join(f"M{num(500 + (x - 500) * 0.5)} 640L{x} 1000" for x in range(-700, 1750, 110))
    return out + line(rows, mix(grass, "#2f4a24", 0.2), 26, opacity=0.9)


def _pine(x: float, y: float, scale: float, pal: Palette) -> str:
    needles = pal.tone("#3d6343", 0.15)
    tiers = "".join(
        path(f"M{-w} {b}L0 {t}L{w} {b}Z", mix(needles, "#fff0d0", 0.06 * i))
        for i, (w, b, t) in enumerate(((46, 0, -74), (38, -40, -108), (28, -80, -140)))
    )
    return place(rect(-6, -4, 12, 36, pal.tone("#6b4a30")) + tiers, x, y, scale)


def _communal_house(x: float, y: float, scale: float, pal: Palette) -> str:
    roof, wood = pal.tone("#b5874a", 0.08), pal.tone("#6b4226", 0.08)
    house = path("M-96 -40C-60 -110 -46 -190 -40 -250L40 -250C46 -190 60 -110 96 -40Z", roof) + line(
        "M-40 -250L-52 -268M40 -250L52 -268M-40 -252H40", wood, 6
    )
    return place(
        house
        + rect(-78, -42, 156, 48, wood)
        + rect(-14, -36, 28, 42, mix(wood, "#1d120b", 0.5))
        + "".join(rect(a, 4, 8, 40, wood) for a in (-72, -26, 18, 64))
        + line("M-62 -90H62M-52 -140H52", mix(roof, "#5a2a1a", 0.4), 5),
        x,
        y,
        scale,
    )


def _palm(x: float, y: float, scale: float, pal: Palette) -> str:
    trunk = line("M0 0C-8 -70 4 -140 16 -200", pal.tone("#7a5a3c"), 13)
    fronds = "".join(
        leaf(16, -200, 120, 22, t, pal.tone("#55813f", 0.15)) for t in (-120, -84, -48, -12, 28, 62, 96, 128)
    )
    return place(trunk + fronds, x, y, scale)


def delta(pal: Palette, rng: Random) -> str:
    """A wide river with a sampan, nipa banks and coconut palms."""
    bank, river = pal.tone("#6f9450", 0.1), pal.tone("#c9b489", 0.1)
    out = ridge(rng, 500, 16, 200, _air("#7f9a86", 0.4)) + "".join(
        _palm(x, 540, 0.5 + 0.1 * (i % 2), pal) for i, x in enumerate((80, 170, 340, 640, 760, 900))
    )
    out += (
        path("M-20 520C240 500 420 548 1020 514L1020 640L-20 640Z", bank)
        + path("M-20 560C260 540 600 592 1020 556L1020 1020L-20 1020Z", river)
        + _ripples(rng, 590, 980, _air(river, 0.6))
    )
    out += _hut(520, 524, 0.8, pal) + _sampan(rng.choice((230, 760)), 640, pal)
    reeds = "".join(
        leaf(x, 1000, rng.randint(150, 250), 26, t, bank)
        for x, t in ((20, -8), (60, 10), (110, 24), (940, -14), (980, 4), (880, -26))
    )
    return out + reeds


def _sampan(x: float, y: float, pal: Palette) -> str:
    hull = pal.tone("#5d3a26", 0.1)
    rower = (
        path("M-6 -16L-10 -58L12 -58L10 -16Z", pal.main)
        + path("M-26 -60L2 -84L30 -60Z", pal.tone("#e3c07a"))
        + line("M8 -46L54 20", pal.tone("#8a6a3a"), 5)
    )
    goods = "".join(circle(a, -18, 13, pal.accent) for a in (-70, -48, -30, -58)) + circle(
        -48, -34, 12, pal.tone("#b9c25a")
    )
    return place(
        goods
        + rower
        + path("M-130 -26C-90 -8 90 -8 130 -26C110 16 70 22 0 22C-70 22 -110 16 -130 -26Z", hull)
        + line("M-120 32H120", "#fff6e0", 4, opacity=0.5),
        x,
        y,
    )


SCENERIES: dict[str, Scenery] = {
    "terraces": terraces, "tea_hills": tea_hills, "karst_sea": karst_sea, "fields": fields, "coast": coast,
    "highlands": highlands, "delta": delta,
}  # fmt: skip
