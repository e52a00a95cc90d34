"""Pouches, sacks and baskets. Positions are units."""

from __future__ import annotations

from ..label import draw_label
from ..palette import mix
from ..patterns import PATTERNS
from ..stage import Box, Stage
from ..svg import circle, line, path, place, rect
from . import GROUND


def _pouch_shape(x: float, y: float, w: float, h: float) -> str:
    b = y + h
    return (
        f"M{x + 12} {y}L{x + w - 12} {y}L{x + w - 6} {y + 74}C{x + w + 14} {y + h * 0.4} {x + w + 18} {y + h * 0.75} {x + w + 4} {b - 8}"
        f"C{x + w * 0.75} {b + 16} {x + w * 0.25} {b + 16} {x - 4} {b - 8}C{x - 18} {y + h * 0.75} {x - 14} {y + h * 0.4} {x + 6} {y + 74}Z"
    )


def _seal(st: Stage, x: float, y: float, w: float, tint: str) -> None:
    """The crimped top edge with notch and zip line."""
    ticks = "".join(
        f"M{x + 18 + i * 14} {y + 8}L{x + 18 + i * 14} {y + 34}" for i in range(int((w - 30) / 14))
    )
    st.cv.add(
        line(ticks, tint, 2, opacity=0.5),
        line(f"M{x + 8} {y + 62}L{x + w - 8} {y + 62}", tint, 3, opacity=0.6),
    )


def pouch(st: Stage) -> None:
    """A printed stand-up pouch."""
    x, y, w, h = 232.0, 150.0, 536.0, GROUND - 150
    st.shadow(510, GROUND + 6, 380, 46)
    d = _pouch_shape(x, y, w, h)
    draw_label(st, Box(x + 20, y + 78, w - 40, h - 106), st.rng.choice(("print", "paper", "kraft")), shape=d)
    st.sheen(d, left=0.16, right=0.2)
    _seal(st, x, y, w, st.pal.deep)
    st.cv.add(
        path(
            f"M{x + 6} {GROUND - 58}C{x + w * 0.3} {GROUND - 20} {x + w * 0.7} {GROUND - 20} {x + w - 6} {GROUND - 58}",
            "none",
            stroke="#24150c",
            stroke_width=3,
            opacity=0.14,
        )
    )


def window_pouch(st: Stage) -> None:
    """A kraft pouch with a label and the goods in a round window."""
    x, y, w, h = 226.0, 140.0, 548.0, GROUND - 140
    st.shadow(510, GROUND + 6, 380, 46)
    kraft = mix("#cfa56c", st.pal.main, 0.06)
    d = _pouch_shape(x, y, w, h)
    st.cv.add(path(d, kraft))
    st.sheen(d, left=0.2, right=0.24)
    _seal(st, x, y, w, "#5a3a1c")
    draw_label(st, Box(x + 46, y + 96, w - 92, h - 176), "paper", radius=10)


def block_bag(st: Stage) -> None:
    """A side-gusset coffee bag with a folded top and tin tie."""
    x, w, top = 244.0, 512.0, 150.0
    st.shadow(510, GROUND + 6, 370, 46)
    base = st.rng.choice((st.pal.main, st.pal.deep, mix("#cfa56c", st.pal.main, 0.06)))
    d = f"M{x + 6} {top}L{x + w - 6} {top}L{x + w} {GROUND - 8}Q500 {GROUND + 10} {x} {GROUND - 8}Z"
    st.cv.add(
        path(d, base),
        path(
            f"M{x + 6} {top}L{x + w - 6} {top}L{x + w - 5} {top + 86}L{x + 5} {top + 86}Z",
            mix(base, "#1d120b", 0.22),
        ),
    )
    st.cv.add(
        rect(x - 12, top + 26, w + 24, 26, st.pal.accent, 5),
        circle(500, top + 118, 13, mix(base, "#1d120b", 0.35)),
        circle(500, top + 118, 6, mix(base, "#fff6e0", 0.2)),
    )
    st.sheen(d, left=0.14, right=0.24)
    draw_label(st, Box(x + 34, top + 146, w - 68, GROUND - top - 196), "paper", radius=6)
    edges = st.cv.linear(
        [(0, "#24150c", 0.26), (0.12, "#24150c", 0), (0.88, "#24150c", 0), (1, "#24150c", 0.3)], "right"
    )
    st.cv.add(path(d, edges))


def rice_bag(st: Stage) -> None:
    """A plump cotton sack with a tied neck."""
    st.shadow(510, GROUND + 8, 400, 48)
    cloth = mix("#ead9b6", st.pal.main, 0.05)
    body = f"M430 226C380 262 258 276 226 360C196 460 196 720 222 {GROUND - 30}C240 {GROUND + 12} 760 {GROUND + 12} 778 {GROUND - 30}C804 720 804 460 774 360C742 276 620 262 570 226Z"
    frill = "M430 226C404 186 380 152 352 130C400 140 420 116 456 132C480 110 520 110 544 132C580 116 600 140 648 130C620 152 596 186 570 226Z"
    st.cv.add(
        path(frill, mix(cloth, "#7a5a2c", 0.14)),
        line(
            "M452 216L430 150M486 214L478 140M520 214L524 140M550 216L574 150", mix(cloth, "#7a5a2c", 0.35), 3
        ),
        path(body, cloth),
    )
    st.sheen(body, left=0.2, right=0.26)
    st.cv.add(
        line(
            "M436 250C420 290 380 300 350 330M500 252C498 280 496 300 490 322M566 250C590 290 620 300 652 326",
            mix(cloth, "#7a5a2c", 0.3),
            4,
            opacity=0.7,
        )
    )
    st.cv.add(
        rect(424, 214, 152, 26, st.pal.main, 12),
        line("M540 232C590 236 600 280 580 312M548 230C610 226 640 262 636 292", st.pal.main, 9),
    )
    draw_label(st, Box(270, 338, 460, GROUND - 384), st.rng.choice(("paper", "print")), radius=12)


def brick_bag(st: Stage) -> None:
    """A vacuum brick of rice with a carrying handle."""
    x, y, w = 222.0, 212.0, 556.0
    st.shadow(510, GROUND + 6, 390, 46)
    st.cv.add(path("M392 214C392 120 608 120 608 214L576 214C576 160 424 160 424 214Z", st.pal.deep))
    d = f"M{x + 20} {y}Q500 {y - 14} {x + w - 20} {y}Q{x + w + 8} {y + 10} {x + w} {y + 60}L{x + w + 6} {GROUND - 40}Q{x + w} {GROUND + 6} {x + w - 40} {GROUND + 4}L{x + 40} {GROUND + 4}Q{x} {GROUND + 6} {x - 6} {GROUND - 40}L{x} {y + 60}Q{x - 8} {y + 10} {x + 20} {y}Z"
    draw_label(st, Box(x + 24, y + 16, w - 48, GROUND - y - 44), st.rng.choice(("print", "paper")), shape=d)
    st.sheen(d, left=0.16, right=0.2)


def fruit_basket(st: Stage) -> None:
    """A woven basket heaped with the fresh goods and a big tag."""
    st.shadow(505, GROUND + 6, 430, 50)
    heap = (
        (250, 330, -18),
        (420, 270, 8),
        (590, 272, -6),
        (752, 332, 16),
        (330, 392, 12),
        (506, 372, -10),
        (676, 394, 8),
    )
    st.cv.add(*(place(st.motif(st.pal), x, y, 1.12, t) for x, y, t in heap))
    straw = st.pal.tone("#c99a55", 0.08)
    body = f"M128 438L872 438C866 640 820 800 784 {GROUND}Q500 {GROUND + 18} 216 {GROUND}C180 800 134 640 128 438Z"
    st.cv.add(path(body, straw), path(body, PATTERNS["weave"](st.cv, mix(straw, "#5a3a1c", 0.32))))
    st.sheen(body, left=0.16, right=0.3)
    st.cv.add(
        rect(108, 420, 784, 46, mix(straw, "#5a3a1c", 0.18), 22),
        *(line(f"M{x} 462L{x + 26} 424", mix(straw, "#fff0d0", 0.35), 5) for x in range(120, 870, 30)),
    )
    draw_label(st, Box(250, 478, 500, GROUND - 500), "paper", radius=16)
    st.cv.add(line("M268 486C262 470 262 460 266 452M732 486C738 470 738 460 734 452", "#8a6a3a", 5))


def crate(st: Stage) -> None:
    """A slatted crate of fresh goods with a printed board."""
    st.shadow(505, GROUND + 4, 440, 48)
    heap = (
        (230, 344, -14),
        (404, 286, 10),
        (590, 284, -8),
        (768, 344, 14),
        (316, 404, 8),
        (500, 386, -6),
        (690, 402, 10),
    )
    st.cv.add(*(place(st.motif(st.pal), x, y, 1.12, t) for x, y, t in heap))
    wood = "#c69a63"
    for i, y in enumerate((440, 588, 736)):
        st.cv.add(
            rect(120, y, 760, 132, mix(wood, "#7a4f26", 0.08 * i), 5),
            line(
                f"M140 {y + 40}C300 {y + 30} 500 {y + 52} 860 {y + 38}M150 {y + 92}C360 {y + 100} 600 {y + 82} 850 {y + 96}",
                mix(wood, "#6b4420", 0.35),
                2,
            ),
        )
    st.cv.add(
        *(rect(x, 428, 50, GROUND - 428, mix(wood, "#6b4420", 0.25), 4) for x in (120, 830)),
        *(circle(x, y, 5, "#5a3a1c") for x in (145, 855) for y in (470, 620, 770)),
    )
    draw_label(st, Box(208, 462, 584, GROUND - 486), st.rng.choice(("paper", "print")), radius=6)
