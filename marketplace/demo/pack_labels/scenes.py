"""The three gallery views: the pack, its motif close up, the pack in its landscape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from .label import Scheme, draw_name, ornament, paper_scheme
from .landscape import landscape
from .motifs import lies_loose
from .packs import GROUND, Pack
from .palette import mix
from .patterns import PATTERNS, rings
from .stage import Box, Stage
from .svg import Canvas, circle, group, line, path, place, rect
from .typeset import text_within

View = Callable[[Stage, Pack], None]
_TOURISM = 26


def front(st: Stage, pack: Pack) -> None:
    """The pack on a calm table, a tinted disc, arch, ring or range of hills behind it."""
    _room(st, st.spec.rng("room"))
    if lies_loose(st.motif):
        for x, y, s, turn in ((104, 812, 0.92, -14), (898, 818, 0.84, 12)):
            st.shadow(x, y + 74, 110, 16, 0.26)
            st.cv.add(place(st.motif(st.pal), x, y, s, turn))
    pack(st)


def detail(st: Stage, pack: Pack) -> None:
    """The motif large on the print of the pack, a caption strip below."""
    rng = st.spec.rng("detail")
    field = rng.choice((st.pal.main, st.pal.soft, st.pal.deep))
    ink = mix(field, st.pal.main, 0.2) if field == st.pal.soft else mix(field, st.pal.paper, 0.15)
    st.cv.add(rect(0, 0, 1000, 1000, field), rect(0, 0, 1000, 1000, PATTERNS[st.pattern](st.cv, ink)))
    rng.choice((_drum, _window, _field))(st, field)
    _caption(st, paper_scheme(st))


def _drum(st: Stage, field: str) -> None:
    st.cv.add(
        circle(500, 380, 560, mix(field, st.pal.deep, 0.25)),
        rings(500, 380, 560, mix(field, st.pal.accent, 0.55), width=3),
    )
    st.cv.add(
        circle(500, 380, 312, st.pal.paper),
        circle(500, 380, 296, "none", stroke=st.pal.accent, stroke_width=4),
        place(st.motif(st.pal), 500, 380, 2.55),
    )


def _window(st: Stage, field: str) -> None:
    d = "M150 800L150 410A350 350 0 0 1 850 410L850 800Z"
    st.cv.add(
        path("M110 800L110 410A390 390 0 0 1 890 410L890 800Z", mix(st.pal.accent, field, 0.15)),
        path(d, st.pal.paper),
        path(d, PATTERNS[st.pattern](st.cv, mix(st.pal.paper, st.pal.main, 0.14))),
    )
    st.cv.add(
        circle(500, 410, 300, mix(st.pal.paper, st.pal.accent, 0.32)), place(st.motif(st.pal), 500, 410, 2.75)
    )


def _field(st: Stage, field: str) -> None:
    """A slanted sheet with the motif repeated, one of them large."""
    small = "".join(
        place(st.motif(st.pal), x, y, 0.82, t)
        for x, y, t in ((60, 110, -16), (940, 90, 14), (60, 640, 10), (945, 620, -12))
    )
    sheet = circle(500, 380, 360, st.pal.paper) + circle(
        500, 380, 338, "none", stroke=mix(st.pal.main, st.pal.paper, 0.3), stroke_width=3
    )
    st.cv.add(
        group(small, opacity=0.92) if field == st.pal.soft else "",
        sheet,
        place(st.motif(st.pal), 500, 380, 3.0),
    )


def _caption(st: Stage, c: Scheme) -> None:
    strip = Box(90, 736, 820, 206)
    st.shadow(500, 946, 450, 26, 0.5)
    st.cv.add(
        rect(strip.x, strip.y, strip.w, strip.h, c.paper, 14),
        rect(strip.x + 10, strip.y + 10, strip.w - 20, strip.h - 20, r=8, stroke=c.quiet, stroke_width=2),
    )
    st.cv.add(*draw_name(st, Box(strip.x + 44, strip.y + 24, strip.w - 88, 108), c.ink))
    where = f"{st.kind} {st.spec.province}".strip().upper()
    st.cv.add(
        text_within(where, strip.x + 44, strip.bottom - 38, 26, c.quiet, 420, track=0.1, anchor="start")
    )
    right = strip.x + strip.w - 44
    st.cv.add(text_within(st.spec.net, right, strip.bottom - 38, 26, c.ink, 260, track=0.03, anchor="end"))


def scene(st: Stage, pack: Pack) -> None:
    """The pack on a wooden table before the landscape of its region; a place stands in it."""
    st.cv.add(landscape(st.cv, st.pal, st.spec, st.spec.rng("landscape")))
    side = -1 if st.spec.rng("scene").random() < 0.5 else 1
    if st.spec.set_no == _TOURISM:
        _signboard(st, side)
        return
    _table(st)
    inner = replace(st, cv=_Sheet(st.cv))
    if lies_loose(st.motif):
        x = 500 - side * 350
        st.shadow(x, 912, 150, 22)
        st.cv.add(place(st.motif(st.pal), x, 826, 0.92, -8 * side))
    pack(inner)
    st.cv.add(place(group(*inner.cv.parts), 500 - 390 + side * 70, 912 - GROUND * 0.78, 0.78))


class _Sheet(Canvas):
    """A canvas that shares the definitions of another one, for art that is placed later."""

    def __init__(self, outer: Canvas) -> None:
        super().__init__()
        self.defs = outer.defs


def _signboard(st: Stage, side: int) -> None:
    """A stilt house and a wooden board with the name, standing in the landscape."""
    st.shadow(500 + side * 180, 800, 330, 34)
    st.cv.add(place(st.motif(st.pal), 500 + side * 190, 590, 2.5))
    board, wood = Box(70 if side > 0 else 430, 640, 500, 230), mix("#8a5a34", st.pal.main, 0.15)
    st.shadow(board.cx, 968, 280, 22)
    st.cv.add(
        *(
            rect(x, 650, 24, 312, mix(wood, "#1d120b", 0.35), 4)
            for x in (board.x + 60, board.x + board.w - 84)
        )
    )
    st.cv.add(
        rect(board.x, board.y, board.w, board.h, wood, 12),
        rect(board.x + 12, board.y + 12, board.w - 24, board.h - 24, st.pal.paper, 8),
    )
    c = paper_scheme(st)
    st.cv.add(
        *draw_name(st, Box(board.x + 34, board.y + 28, board.w - 68, 120), c.ink),
        ornament(st, board.cx, board.bottom - 48, 15, c.quiet),
    )


def _table(st: Stage) -> None:
    wood = mix("#a8763f", st.pal.main, 0.1)
    st.cv.add(
        rect(0, 820, 1000, 180, mix(wood, "#fff0d0", 0.16)),
        rect(0, 820, 1000, 5, mix(wood, "#fff0d0", 0.5)),
        rect(0, 966, 1000, 34, mix(wood, "#3a2010", 0.35)),
    )
    st.cv.add(
        line(
            "M0 850C300 840 600 862 1000 848M0 900C260 912 640 890 1000 906M0 944C300 936 700 952 1000 942",
            mix(wood, "#5a3618", 0.35),
            3,
            opacity=0.5,
        )
    )


def _room(st: Stage, rng: Random) -> None:
    ground, cv = st.pal.ground, st.cv
    floor = mix(ground, st.pal.main, 0.13)
    cv.add(rect(0, 0, 1000, 800, mix(ground, "#ffffff", 0.14)))
    cv.add(rng.choice((_disc, _arch, _ring, _hills))(st, mix(ground, st.pal.accent, 0.42)))
    cv.add(rect(0, 800, 1000, 200, floor), rect(0, 800, 1000, 3, mix(floor, st.pal.main, 0.12)))


def _disc(st: Stage, tint: str) -> str:
    return circle(500, 440, 380, tint)


def _arch(st: Stage, tint: str) -> str:
    outer = path("M110 800L110 460A390 390 0 0 1 890 460L890 800Z", tint)
    return outer + path("M150 800L150 462A350 350 0 0 1 850 462L850 800Z", mix(st.pal.ground, tint, 0.5))


def _ring(st: Stage, tint: str) -> str:
    return circle(500, 430, 400, mix(st.pal.ground, tint, 0.55)) + rings(
        500, 430, 392, mix(st.pal.ground, st.pal.main, 0.24), width=3
    )


def _hills(st: Stage, tint: str) -> str:
    far, near = mix(st.pal.ground, st.pal.main, 0.16), mix(st.pal.ground, st.pal.main, 0.26)
    ranges = path("M0 560C160 370 280 410 400 530S700 300 1000 540L1000 800L0 800Z", far) + path(
        "M0 690C200 570 360 610 520 690S860 570 1000 650L1000 800L0 800Z", near
    )
    return circle(760, 210, 110, tint) + ranges


VIEWS: tuple[View, ...] = (front, detail, scene)
