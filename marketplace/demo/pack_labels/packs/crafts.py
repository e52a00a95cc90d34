"""Crafts, textiles, plants, animals and places. Positions are units."""

from __future__ import annotations

from ..label import draw_label
from ..landscape import landscape
from ..motifs.creatures import goldfish
from ..motifs.plants import apricot_blossom, bonsai, orchid
from ..motifs.shapes import leaf
from ..palette import mix
from ..patterns import PATTERNS, rings
from ..stage import Box, Stage
from ..svg import circle, ellipse, line, path, place, rect
from . import GROUND


def pottery(st: Stage) -> None:
    """A glazed vase and a cup beside the tall card that names them."""
    st.shadow(330, GROUND + 4, 300, 44)
    st.shadow(720, GROUND + 4, 260, 36)
    glaze = st.rng.choice((mix("#f4efe2", st.pal.main, 0.04), st.pal.main, st.pal.tone("#a5602f")))
    ink = st.pal.main if glaze != st.pal.main else st.pal.paper
    body = f"M236 262C240 320 112 372 106 540C102 700 170 820 196 {GROUND}L424 {GROUND}C450 820 518 700 514 540C508 372 380 320 384 262Z"
    st.cv.add(
        path(body, glaze),
        st.cv.clipped(
            path(body),
            rings(310, 570, 170, ink, width=3),
            *(
                line(f"M90 {y}Q310 {y + 40} 530 {y}", ink, w)
                for y, w in ((376, 8), (352, 3), (768, 3), (790, 8))
            ),
        ),
    )
    st.sheen(body, left=0.4, right=0.34)
    st.cv.add(
        ellipse(310, 262, 76, 16, mix(ink, "#1d120b", 0.4)),
        ellipse(310, 258, 80, 15, "none", stroke=glaze, stroke_width=8),
    )
    draw_label(st, Box(446, 330, 430, GROUND - 330), st.rng.choice(("paper", "print")), radius=6)


def craft_box(st: Stage) -> None:
    """A craft piece presented on a patterned board with its card."""
    st.shadow(505, GROUND + 4, 400, 46)
    board = Box(190, 160, 620, GROUND - 160)
    st.cv.add(
        rect(board.x, board.y, board.w, board.h, st.pal.main, 10),
        rect(
            board.x,
            board.y,
            board.w,
            board.h,
            PATTERNS[st.pattern](st.cv, mix(st.pal.main, st.pal.accent, 0.3)),
            10,
        ),
    )
    draw_label(st, board.inset(56, 54), "paper", radius=4)
    st.cv.add(
        rect(
            board.x,
            board.y,
            board.w,
            board.h,
            st.cv.linear([(0, "#ffffff", 0.14), (0.5, "#ffffff", 0), (1, "#2a180d", 0.16)], "slant"),
            10,
        )
    )
    st.cv.add(line("M440 160C440 96 560 96 560 160", mix("#c99a55", st.pal.main, 0.1), 10))


def silk(st: Stage) -> None:
    """Folded cloth in layers, held by a belly band."""
    st.shadow(505, GROUND + 4, 450, 52)
    colours = (st.pal.deep, st.pal.accent, st.pal.main)
    for i, (y, colour) in enumerate(zip((742, 612, 300), colours, strict=True)):
        h = (130, 136, 318)[i]
        d = f"M{120 + i * 10} {y + 14}C{100 + i * 10} {y + 20} {100 + i * 10} {y + h - 6} {126 + i * 10} {y + h}L{874 - i * 10} {y + h}C{904 - i * 10} {y + h - 10} {904 - i * 10} {y + 10} {874 - i * 10} {y}L{150 + i * 10} {y}Z"
        st.cv.add(
            path(d, colour),
            path(d, PATTERNS["brocade" if i == 2 else st.pattern](st.cv, mix(colour, st.pal.paper, 0.3))),
        )
        st.sheen(d, left=0.2, right=0.26)
    draw_label(st, Box(262, 276, 476, GROUND - 276), "paper", radius=2)


def bouquet(st: Stage) -> None:
    """Flowers wrapped in paper with a card."""
    st.shadow(505, GROUND + 4, 320, 44)
    st.cv.add(*(leaf(500, 470, 330, 70, t, st.pal.tone("#5e8a3c", 0.2)) for t in (-52, -30, 30, 52)))
    st.cv.add(
        *(
            place(orchid(st.pal), x, y, s, t)
            for x, y, s, t in ((340, 290, 1.5, -22), (660, 290, 1.5, 22), (500, 240, 1.7, 0))
        )
    )
    wrap = f"M150 392C320 470 680 470 850 392L690 {GROUND}Q500 {GROUND + 16} 310 {GROUND}Z"
    st.cv.add(
        path(wrap, st.pal.soft),
        path(wrap, PATTERNS[st.pattern](st.cv, mix(st.pal.soft, st.pal.main, 0.3))),
        path(
            f"M150 392C320 470 420 600 470 {GROUND + 8}Q380 {GROUND + 8} 310 {GROUND}Z",
            mix(st.pal.soft, st.pal.main, 0.25),
        ),
    )
    draw_label(st, Box(282, 456, 436, GROUND - 480), "paper", radius=8)


def potted_plant(st: Stage) -> None:
    """A blossom tree or bonsai in a broad glazed pot that carries the label."""
    st.shadow(505, GROUND + 6, 400, 50)
    art = apricot_blossom if "mai" in st.spec.name.lower() else bonsai
    if art is apricot_blossom:
        st.cv.add(
            line("M500 520C480 440 540 400 500 330", st.pal.tone("#5d4030"), 22),
            place(art(st.pal), 470, 300, 2.5, -8),
            place(art(st.pal), 640, 330, 1.5, 40),
        )
    else:
        tree = st.cv.clipped(rect(-120, -120, 240, 174), art(st.pal))
        st.cv.add(place(tree, 500, 352, 2.75))
    glaze = st.pal.main
    pot = f"M166 500L834 500L790 {GROUND - 12}Q500 {GROUND + 20} 210 {GROUND - 12}Z"
    st.cv.add(path(pot, glaze), path(pot, PATTERNS[st.pattern](st.cv, mix(glaze, st.pal.accent, 0.25))))
    st.sheen(pot, left=0.24, right=0.3)
    st.cv.add(
        rect(142, 478, 716, 46, mix(glaze, "#1d120b", 0.2), 12),
        line("M160 488L840 488", mix(glaze, "#fff6e0", 0.3), 4),
    )
    draw_label(st, Box(262, 536, 476, GROUND - 556), "paper", radius=10)


def fish_bowl(st: Stage) -> None:
    """A glass bowl with goldfish on a labelled stand."""
    st.shadow(505, GROUND + 6, 380, 48)
    water = mix("#bfe0e2", st.pal.main, 0.12)
    st.cv.add(
        circle(500, 350, 250, water),
        place(goldfish(st.pal), 440, 320, 1.25),
        place(goldfish(st.pal), 600, 430, 0.8, -8),
        ellipse(500, 176, 176, 24, mix(water, "#ffffff", 0.6)),
    )
    st.cv.add(
        circle(500, 350, 250, st.cv.radial([(0.6, "#ffffff", 0), (1, "#1d3a44", 0.28)])),
        line("M318 300C330 236 372 196 410 180", "#ffffff", 12, opacity=0.7),
    )
    draw_label(st, Box(190, 560, 620, GROUND - 560), "print", radius=12)


def poster(st: Stage) -> None:
    """A framed travel poster: the region's landscape above the words."""
    st.shadow(505, GROUND + 4, 380, 44)
    frame = Box(188, 110, 624, GROUND - 110)
    st.cv.add(
        rect(frame.x, frame.y, frame.w, frame.h, mix("#8a5a34", st.pal.main, 0.12), 6),
        rect(frame.x + 9, frame.y + 9, frame.w - 18, frame.h - 18, mix("#b5834f", st.pal.main, 0.1), 4),
    )
    sheet = frame.inset(24)
    view = Box(sheet.x, sheet.y, sheet.w, sheet.h * 0.54)
    window = rect(view.x, view.y, view.w, view.h)
    draw_label(st, Box(sheet.x, view.bottom, sheet.w, sheet.h - view.h), "paper", radius=0, picture=False)
    scene = place(landscape(st.cv, st.pal, st.spec, st.spec.rng("landscape")), view.x - 10, view.y - 60, 0.62)
    st.cv.add(st.cv.clipped(window, scene, place(st.motif(st.pal), 500, view.bottom - 102, 1.12)))
