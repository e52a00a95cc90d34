"""Cartons, tins, sleeves and trays. All positions are units; y grows downwards."""

from __future__ import annotations

from ..label import draw_label
from ..palette import mix, shift
from ..patterns import PATTERNS
from ..stage import Box, Stage
from ..svg import ellipse, line, path, place, polygon, rect
from . import GROUND


def carton(st: Stage) -> None:
    """A tall folding carton seen slightly from the right."""
    box = Box(236, 206, 440, GROUND - 206)
    st.shadow(540, GROUND + 4, 400, 46)
    _side(st, box, 104)
    draw_label(st, box, st.rng.choice(("paper", "print")), radius=3)
    _face_light(st, box)


def gift_box(st: Stage) -> None:
    """A wide lidded box lying behind its ribbon."""
    box = Box(170, 330, 660, GROUND - 330)
    st.shadow(510, GROUND + 4, 440, 50)
    st.cv.add(
        rect(box.x, box.y, box.w, box.h, st.pal.main, 5),
        path(
            f"M{box.x} {box.y}L{box.x + 46} {box.y - 54}L{box.x + box.w - 46} {box.y - 54}L{box.x + box.w} {box.y}Z",
            mix(st.pal.main, "#fff6e0", 0.2),
        ),
    )
    st.cv.add(
        rect(box.x, box.y, box.w, box.h, PATTERNS[st.pattern](st.cv, mix(st.pal.main, st.pal.accent, 0.3)), 5)
    )
    draw_label(st, box.inset(34, 32), "paper", radius=8)
    _face_light(st, box)


def tin(st: Stage) -> None:
    """A round caddy with a fitted lid."""
    x, w, top = 262, 476, 300
    st.shadow(520, GROUND + 8, 350, 50)
    body = f"M{x} {top}L{x} {GROUND - 22}C{x} {GROUND + 16} {x + w} {GROUND + 16} {x + w} {GROUND - 22}L{x + w} {top}Z"
    st.cv.add(
        path(body, st.pal.main),
        path(body, PATTERNS[st.pattern](st.cv, mix(st.pal.main, st.pal.accent, 0.25))),
    )
    label = f"M{x} {top + 34}C{x} {top + 62} {x + w} {top + 62} {x + w} {top + 34}L{x + w} {GROUND - 66}C{x + w} {GROUND - 34} {x} {GROUND - 34} {x} {GROUND - 66}Z"
    draw_label(st, Box(x + 30, top + 62, w - 60, GROUND - top - 116), "paper", shape=label)
    st.sheen(body)
    lid = f"M{x - 8} 214C{x - 8} 182 {x + w + 8} 182 {x + w + 8} 214L{x + w + 8} {top}C{x + w + 8} {top + 34} {x - 8} {top + 34} {x - 8} {top}Z"
    st.cv.add(path(lid, st.pal.deep))
    st.sheen(lid)
    st.cv.add(
        ellipse(500, 212, w / 2 + 8, 25, mix(st.pal.deep, "#fff6e0", 0.34)),
        ellipse(500, 212, w / 2 - 16, 18, mix(st.pal.deep, "#fff6e0", 0.24)),
    )


def sleeve(st: Stage) -> None:
    """Noodles or cakes seen through film, held by a paper belt."""
    x, y, w, h = 190.0, 250.0, 620.0, GROUND - 250
    st.shadow(505, GROUND + 2, 400, 46)
    goods = st.pal.tone("#dfc68d", 0.08)
    st.cv.add(rect(x, y, w, h, goods, 26), *_strands(x, y, w, h, goods))
    st.cv.add(
        rect(
            x,
            y,
            w,
            h,
            st.cv.linear([(0, "#ffffff", 0.35), (0.3, "#ffffff", 0), (1, "#3a2413", 0.22)], "slant"),
            26,
        )
    )
    draw_label(st, Box(x + 78, y - 12, w - 156, h + 20), st.rng.choice(("paper", "print", "kraft")), radius=2)
    st.cv.add(
        *(
            path(
                f"M{a} {y - 12}L{b} {y - 12}L{b} {GROUND + 8}L{a} {GROUND + 8}Z",
                st.cv.linear([(0, "#24150c", o), (1, "#24150c", 0)], "right"),
            )
            for a, b, o in ((x + 78, x + 112, 0.16),)
        )
    )
    st.cv.add(
        path(
            f"M{x + w - 118} {y - 12}L{x + w - 78} {y - 12}L{x + w - 78} {GROUND + 8}L{x + w - 118} {GROUND + 8}Z",
            st.cv.linear([(0, "#24150c", 0), (1, "#24150c", 0.18)], "right"),
        )
    )


def _strands(x: float, y: float, w: float, h: float, goods: str) -> list[str]:
    ink = mix(goods, "#7a5a20", 0.42)
    lefts = [
        line(
            f"M{x + 10 + i * 9} {y + 22}C{x + 2 + i * 9} {y + h * 0.4} {x + 18 + i * 9} {y + h * 0.6} {x + 10 + i * 9} {y + h - 22}",
            ink,
            2,
        )
        for i in range(8)
    ]
    return lefts + [place(part, w - 84, 0) for part in lefts]


def gable_box(st: Stage) -> None:
    """A carry box with a folded handle, its goods beside it."""
    x, w, top = 206.0, 560.0, 330.0
    st.shadow(505, GROUND + 4, 430, 48)
    roof = f"M{x} {top}L{x + 74} 196L{x + w - 74} 196L{x + w} {top}Z"
    grip = f"M{x + 132} 198L{x + 148} 128Q{x + 150} 116 {x + 166} 116L{x + w - 166} 116Q{x + w - 150} 116 {x + w - 148} 128L{x + w - 132} 198Z"
    st.cv.add(
        path(grip, st.pal.deep), rect(x + 208, 138, w - 416, 30, mix(st.pal.ground, st.pal.accent, 0.3), 15)
    )
    st.cv.add(
        path(roof, mix(st.pal.main, st.pal.deep, 0.4)),
        path(roof, PATTERNS[st.pattern](st.cv, mix(st.pal.main, st.pal.accent, 0.22))),
    )
    st.cv.add(
        polygon(
            [(x + w, top), (x + w + 70, top - 26), (x + w + 70, GROUND - 36), (x + w, GROUND)], st.pal.deep
        ),
        polygon([(x + w, top), (x + w - 74, 196), (x + w + 70, top - 26)], mix(st.pal.deep, "#1d120b", 0.25)),
    )
    draw_label(st, Box(x, top, w, GROUND - top), st.rng.choice(("print", "paper", "kraft")), radius=2)
    st.cv.add(
        rect(
            x,
            top,
            w,
            GROUND - top,
            st.cv.linear(
                [(0, "#1d120b", 0.14), (0.06, "#ffffff", 0.06), (0.5, "#ffffff", 0), (1, "#2a180d", 0.12)]
            ),
        )
    )


def bowl_cup(st: Stage) -> None:
    """An instant-food cup with a peeled lid."""
    st.shadow(510, GROUND + 4, 340, 44)
    cup = f"M230 300L770 300L712 {GROUND - 14}C708 {GROUND + 10} 292 {GROUND + 10} 288 {GROUND - 14}Z"
    st.cv.add(path(cup, st.pal.main))
    draw_label(st, Box(296, 330, 408, GROUND - 352), "print", shape=cup)
    st.sheen(cup, right=0.2)
    st.cv.add(
        ellipse(500, 298, 278, 40, st.pal.paper),
        ellipse(500, 294, 262, 33, mix(st.pal.accent, st.pal.main, 0.28)),
        line("M222 300C222 352 778 352 778 300", mix(st.pal.paper, "#8a6a4a", 0.2), 5),
    )
    st.cv.add(
        path("M700 282C760 214 800 214 838 226C828 262 796 296 760 306Z", mix(st.pal.accent, "#fff6e0", 0.4))
    )


def _side(st: Stage, box: Box, depth: float) -> None:
    """The receding right side and the top of a carton."""
    x, top, rise = box.x + box.w, box.y, 58
    side = [(x, top), (x + depth, top - rise), (x + depth, GROUND - 46), (x, GROUND)]
    lid = [(box.x, top), (box.x + depth * 0.86, top - rise), (x + depth, top - rise), (x, top)]
    tint = shift(st.pal.main, light=-0.05)
    st.cv.add(polygon(side, tint), polygon(side, PATTERNS[st.pattern](st.cv, mix(tint, st.pal.accent, 0.28))))
    st.cv.add(
        polygon(side, st.cv.linear([(0, "#1d120b", 0.34), (1, "#1d120b", 0.16)], "right")),
        polygon(lid, mix(st.pal.main, "#fff6e0", 0.24)),
    )


def _face_light(st: Stage, box: Box) -> None:
    st.cv.add(
        rect(
            box.x,
            box.y,
            box.w,
            box.h,
            st.cv.linear([(0, "#ffffff", 0.16), (0.4, "#ffffff", 0), (1, "#2a180d", 0.12)], "slant"),
            3,
        )
    )
