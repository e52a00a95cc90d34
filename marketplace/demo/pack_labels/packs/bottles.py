"""Bottles, jars, flasks and vials. Positions are units."""

from __future__ import annotations

from ..label import draw_label
from ..motifs import liquid_colour
from ..palette import mix
from ..patterns import PATTERNS
from ..stage import Box, Stage
from ..svg import ellipse, line, path, place, rect
from . import GROUND


def _glass(st: Stage, d: str, colour: str, *, opacity: float = 1) -> None:
    st.cv.add(path(d, colour, opacity=opacity))
    st.sheen(d, left=0.34, right=0.34)


def _profile(cx: float, half: float, neck: float, top: float, shoulder: float, *, foot: float = 20) -> str:
    """A bottle outline: half widths of body and neck, heights of neck top and shoulder."""
    a, b, n, m = cx - half, cx + half, cx - neck, cx + neck
    return (
        f"M{n} {top}L{n} {shoulder - 96}C{n} {shoulder - 40} {a} {shoulder - 40} {a} {shoulder + 24}L{a} {GROUND - foot}"
        f"C{a} {GROUND} {a + 6} {GROUND + 4} {a + 24} {GROUND + 4}L{b - 24} {GROUND + 4}C{b - 6} {GROUND + 4} {b} {GROUND} {b} {GROUND - foot}"
        f"L{b} {shoulder + 24}C{b} {shoulder - 40} {m} {shoulder - 40} {m} {shoulder - 96}L{m} {top}Z"
    )


def _cap(st: Stage, cx: float, half: float, top: float, height: float, colour: str) -> None:
    d = f"M{cx - half} {top}Q{cx} {top - 10} {cx + half} {top}L{cx + half} {top + height}Q{cx} {top + height + 10} {cx - half} {top + height}Z"
    st.cv.add(path(d, colour))
    st.sheen(d)


def sauce_bottle(st: Stage) -> None:
    """A fish-sauce bottle: amber glass, long neck, neck band."""
    glass = st.pal.tone("#8f3d12", 0.2)
    st.shadow(520, GROUND + 6, 320, 44)
    _glass(st, _profile(500, 204, 46, 84, 356), glass)
    _cap(st, 500, 54, 50, 78, st.pal.main if st.rng.random() < 0.5 else st.pal.deep)
    st.cv.add(
        path("M454 150Q500 160 546 150L546 196Q500 206 454 196Z", st.pal.paper),
        path("M454 166Q500 176 546 166L546 178Q500 188 454 178Z", st.pal.accent),
    )
    draw_label(st, Box(298, 392, 404, GROUND - 434), st.rng.choice(("paper", "paper", "print")), radius=8)
    st.cv.add(
        path(
            f"M298 392L340 392L340 {GROUND - 42}L298 {GROUND - 42}Z",
            st.cv.linear([(0, "#24150c", 0.2), (1, "#24150c", 0)], "right"),
        )
    )
    st.cv.add(
        path(
            f"M650 392L702 392L702 {GROUND - 42}L650 {GROUND - 42}Z",
            st.cv.linear([(0, "#24150c", 0), (1, "#24150c", 0.24)], "right"),
        )
    )


def jug(st: Stage) -> None:
    """A squat sauce bottle with a paper-tied cap."""
    glass = st.pal.tone("#6e2f16", 0.15)
    st.shadow(520, GROUND + 6, 350, 46)
    _glass(st, _profile(500, 246, 66, 200, 372, foot=44), glass)
    st.cv.add(
        path("M420 148C450 128 550 128 580 148L592 232C560 246 440 246 408 232Z", st.pal.accent),
        path(
            "M420 148C450 128 550 128 580 148L584 176C550 190 450 190 416 176Z",
            mix(st.pal.accent, "#fff6e0", 0.3),
        ),
        line("M414 200C450 214 550 214 586 200", st.pal.main, 8),
    )
    draw_label(st, Box(280, 404, 440, GROUND - 446), "paper", radius=14)
    st.cv.add(
        path(
            f"M676 404L720 404L720 {GROUND - 42}L676 {GROUND - 42}Z",
            st.cv.linear([(0, "#24150c", 0), (1, "#24150c", 0.2)], "right"),
        )
    )


def honey_jar(st: Stage) -> None:
    """A round jar with a cloth or wooden lid."""
    honey = st.pal.tone("#e09a1c", 0.08)
    st.shadow(515, GROUND + 6, 370, 46)
    body = f"M262 300C236 318 226 350 226 390L226 {GROUND - 60}C226 {GROUND - 10} 250 {GROUND + 4} 300 {GROUND + 4}L700 {GROUND + 4}C750 {GROUND + 4} 774 {GROUND - 10} 774 {GROUND - 60}L774 390C774 350 764 318 738 300Z"
    _glass(st, body, honey)
    st.cv.add(
        path("M262 300C236 318 232 336 229 356L771 356C768 336 764 318 738 300Z", "#fff6e0", opacity=0.35)
    )
    draw_label(st, Box(266, 392, 468, GROUND - 436), "paper", radius=22)
    if st.rng.random() < 0.5:
        _cloth_lid(st)
    else:
        _wood_lid(st)


def _cloth_lid(st: Stage) -> None:
    cloth = "M262 214C300 168 700 168 738 214L776 326C740 312 716 344 684 324C650 346 620 318 584 336C552 320 528 346 494 332C460 346 430 318 396 338C362 320 340 344 310 324C284 340 256 314 224 326Z"
    st.cv.add(
        path(cloth, st.pal.main),
        path(cloth, PATTERNS[st.pattern](st.cv, mix(st.pal.main, st.pal.paper, 0.3))),
    )
    st.sheen(cloth, left=0.14)
    st.cv.add(
        line("M248 276C330 296 670 296 752 276", "#d9bd86", 9),
        line(
            "M620 288C660 262 690 276 664 300M620 288C600 322 612 346 596 366M624 290C640 320 660 334 656 362",
            "#d9bd86",
            6,
        ),
    )


def _wood_lid(st: Stage) -> None:
    wood = "#b98552"
    lid = "M250 220C250 204 750 204 750 220L750 300C750 318 250 318 250 300Z"
    st.cv.add(
        path(lid, wood),
        *(
            line(f"M252 {y}C400 {y + 12} 600 {y + 12} 748 {y}", mix(wood, "#5a3a1c", 0.3), 2)
            for y in (240, 262, 286)
        ),
    )
    st.sheen(lid)
    st.cv.add(ellipse(500, 218, 250, 20, mix(wood, "#fff0d0", 0.3)))


def small_jar(st: Stage) -> None:
    """A straight jar for spices, sauces and pastes."""
    filling = mix(st.pal.accent, "#7a3a1c", 0.35)
    st.shadow(515, GROUND + 6, 340, 44)
    body = f"M272 268L272 {GROUND - 40}Q272 {GROUND + 4} 320 {GROUND + 4}L680 {GROUND + 4}Q728 {GROUND + 4} 728 {GROUND - 40}L728 268Q728 240 700 236L300 236Q272 240 272 268Z"
    _glass(st, body, filling)
    _cap(st, 500, 214, 140, 92, st.pal.deep)
    draw_label(st, Box(272, 300, 456, GROUND - 350), st.rng.choice(("paper", "print")), radius=0)
    st.sheen(f"M272 300L728 300L728 {GROUND - 50}L272 {GROUND - 50}Z", left=0.1, right=0.2)


def flask(st: Stage) -> None:
    """A glazed stoneware flask for rice spirit, cord at the neck."""
    clay = st.pal.tone(st.rng.choice(("#7a4a2a", "#2f4a63", "#e9e0cd", "#41403a")), 0.15)
    st.shadow(520, GROUND + 8, 370, 48)
    body = f"M446 196C446 262 430 280 356 316C262 362 226 440 226 560C226 720 270 820 320 {GROUND + 2}L680 {GROUND + 2}C730 820 774 720 774 560C774 440 738 362 644 316C570 280 554 262 554 196Z"
    _glass(st, body, clay)
    st.cv.add(
        path("M432 150C460 136 540 136 568 150L574 214C540 226 460 226 426 214Z", st.pal.main),
        line(
            "M428 218C470 232 530 232 572 218M560 226C600 240 590 292 610 330M566 224C616 232 626 270 640 300",
            mix(st.pal.accent, "#fff6e0", 0.2),
            8,
        ),
    )
    draw_label(st, Box(292, 372, 416, GROUND - 404), "paper", radius=40)


def spirit_bottle(st: Stage) -> None:
    """A clear square-shouldered bottle next to its carton."""
    st.shadow(520, GROUND + 4, 430, 46)
    box = Box(130, 176, 430, GROUND - 176)
    draw_label(st, box, "print", radius=3)
    st.cv.add(
        rect(
            box.x,
            box.y,
            box.w,
            box.h,
            st.cv.linear([(0, "#ffffff", 0.14), (0.5, "#ffffff", 0), (1, "#2a180d", 0.2)], "slant"),
            3,
        )
    )
    drink = st.pal.tone("#dfe7df", 0.12) if st.spec.set_no == 14 else st.pal.tone("#a8401f", 0.2)
    _glass(st, _profile(706, 130, 38, 250, 440, foot=28), drink, opacity=0.96)
    _cap(st, 706, 46, 206, 84, st.pal.deep)
    _mini_label(st, Box(600, 520, 212, 250))


def _mini_label(st: Stage, box: Box) -> None:
    """A motif-only label for the bottle beside a carton."""
    st.cv.add(
        rect(box.x, box.y, box.w, box.h, st.pal.paper, 6),
        rect(box.x + 9, box.y + 9, box.w - 18, box.h - 18, r=3, stroke=st.pal.main, stroke_width=2),
    )
    st.cv.add(place(st.motif(st.pal), box.cx, box.y + box.h * 0.5, box.w / 250))
    st.cv.add(
        rect(box.x, box.bottom - 26, box.w, 26, st.pal.main),
        rect(
            box.x,
            box.y,
            box.w,
            box.h,
            st.cv.linear([(0, "#24150c", 0.12), (0.3, "#ffffff", 0.1), (1, "#24150c", 0.22)], "right"),
            6,
        ),
    )


def wine_bottle(st: Stage) -> None:
    """A dark bottle with a tall label."""
    st.shadow(520, GROUND + 6, 330, 44)
    _glass(st, _profile(500, 222, 50, 92, 330), mix(st.pal.deep, "#18241a", 0.35))
    _cap(st, 500, 57, 66, 170, st.pal.main)
    st.cv.add(path("M443 196Q500 206 557 196L557 208Q500 218 443 208Z", st.pal.accent))
    draw_label(st, Box(290, 366, 420, GROUND - 412), "paper", radius=4)
    st.cv.add(
        path(
            f"M652 366L710 366L710 {GROUND - 46}L652 {GROUND - 46}Z",
            st.cv.linear([(0, "#24150c", 0), (1, "#24150c", 0.26)], "right"),
        )
    )


def water_bottle(st: Stage) -> None:
    """A clear ribbed bottle with a wrap label."""
    st.shadow(520, GROUND + 6, 310, 42)
    water = mix("#bfe0e6", st.pal.main, 0.16)
    _glass(st, _profile(500, 220, 58, 104, 310, foot=54), water)
    st.cv.add(
        *(
            line(f"M282 {y}Q500 {y + 16} 718 {y}", mix(water, st.pal.main, 0.35), 4, opacity=0.6)
            for y in (GROUND - 62, GROUND - 42, GROUND - 22)
        )
    )
    _cap(st, 500, 66, 74, 70, st.pal.main)
    wrap = f"M280 332Q500 348 720 332L720 {GROUND - 90}Q500 {GROUND - 74} 280 {GROUND - 90}Z"
    draw_label(st, Box(290, 344, 420, GROUND - 434), st.rng.choice(("paper", "print")), shape=wrap)
    st.sheen(wrap, left=0.12, right=0.26)


def juice_bottle(st: Stage) -> None:
    """A stout bottle of juice or syrup."""
    st.shadow(520, GROUND + 6, 330, 44)
    juice = st.pal.tone(liquid_colour(st.motif), 0.06)
    _glass(st, _profile(500, 226, 84, 176, 336, foot=50), juice)
    st.cv.add(path("M418 178L582 178L582 214L418 214Z", "#fff6e0", opacity=0.4))
    _cap(st, 500, 96, 110, 72, st.pal.paper if st.rng.random() < 0.4 else st.pal.deep)
    draw_label(st, Box(282, 382, 436, GROUND - 436), "paper", radius=26)


def vial(st: Stage) -> None:
    """A dropper vial of essential oil in front of its carton."""
    st.shadow(530, GROUND + 4, 400, 44)
    box = Box(180, 170, 440, GROUND - 170)
    draw_label(st, box, st.rng.choice(("paper", "print")), radius=3)
    st.cv.add(
        rect(
            box.x,
            box.y,
            box.w,
            box.h,
            st.cv.linear([(0, "#ffffff", 0.12), (0.5, "#ffffff", 0), (1, "#2a180d", 0.2)], "slant"),
            3,
        )
    )
    _glass(st, _profile(724, 108, 32, 540, 650, foot=30), st.pal.tone("#7a3a14", 0.18))
    _cap(st, 724, 40, 470, 84, st.pal.deep)
    st.cv.add(
        path("M702 470C702 420 708 396 724 396C740 396 746 420 746 470Z", mix(st.pal.deep, "#fff6e0", 0.14))
    )
    _mini_label(st, Box(640, 690, 168, 138))


def pill_bottle(st: Stage) -> None:
    """A supplement bottle with a wrap label."""
    st.shadow(515, GROUND + 6, 340, 44)
    white = mix("#fbf7ee", st.pal.main, 0.05) if st.rng.random() < 0.5 else st.pal.main
    body = f"M330 262C280 280 262 310 262 350L262 {GROUND - 50}Q262 {GROUND + 4} 316 {GROUND + 4}L684 {GROUND + 4}Q738 {GROUND + 4} 738 {GROUND - 50}L738 350C738 310 720 280 670 262Z"
    _glass(st, body, white)
    _cap(st, 500, 180, 142, 112, st.pal.main if white != st.pal.main else st.pal.paper)
    st.cv.add(*(line(f"M{x} 152L{x} 246", st.pal.deep, 2, opacity=0.35) for x in range(330, 680, 18)))
    wrap = f"M262 356L738 356L738 {GROUND - 60}L262 {GROUND - 60}Z"
    draw_label(st, Box(288, 362, 424, GROUND - 428), "paper", shape=wrap)
    st.sheen(wrap, left=0.1, right=0.22)


def pump_bottle(st: Stage) -> None:
    """A cosmetic bottle with a pump."""
    st.shadow(515, GROUND + 6, 320, 42)
    st.cv.add(
        path(
            "M486 196L486 120L420 120C400 120 396 140 410 146L414 106C440 84 540 84 548 104L548 140L514 146L514 196Z",
            st.pal.deep,
        )
    )
    _cap(st, 500, 74, 190, 66, st.pal.deep)
    body = f"M320 256C290 262 276 280 276 316L276 {GROUND - 40}Q276 {GROUND + 4} 320 {GROUND + 4}L680 {GROUND + 4}Q724 {GROUND + 4} 724 {GROUND - 40}L724 316C724 280 710 262 680 256Z"
    draw_label(st, Box(290, 286, 420, GROUND - 316), st.rng.choice(("print", "print", "paper")), shape=body)
    st.sheen(body, left=0.2, right=0.26)
