"""The label: motif, name, province and net quantity inside a frame."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .palette import mix
from .patterns import PATTERNS, rings
from .stage import Box, Stage
from .svg import circle, group, line, path, place, polygon, rect
from .typeset import fit, text, text_within

NAME_LINES = 4
# Printed areas run past the box; the outline of the label cuts them (units).
_BLEED = 90.0
_TAIL = re.compile(r"\s+[–-]\s+|\s+(?=\()")


@dataclass(frozen=True)
class Scheme:
    """Colours of one label: the paper, what is printed on it, and the motif's field."""

    paper: str
    ink: str
    quiet: str
    field: str
    field_ink: str
    band: str
    disc: str


def paper_scheme(st: Stage) -> Scheme:
    """A light label stuck on a pack."""
    p = st.pal
    return Scheme(
        p.paper,
        p.ink,
        mix(p.ink, p.paper, 0.3),
        mix(p.paper, p.accent, 0.3),
        mix(mix(p.paper, p.accent, 0.3), p.main, 0.2),
        p.main,
        p.paper,
    )


def print_scheme(st: Stage) -> Scheme:
    """A pack printed in its main colour."""
    p = st.pal
    ink = mix(p.paper, p.accent, 0.06)
    return Scheme(
        p.main,
        ink,
        mix(ink, p.main, 0.25),
        p.paper,
        mix(p.paper, p.main, 0.16),
        p.deep,
        p.paper,
    )


def kraft_scheme(st: Stage) -> Scheme:
    """Brown paper printed in one dark ink."""
    p, kraft = st.pal, mix("#d3ae7c", st.pal.ground, 0.15)
    return Scheme(
        kraft,
        p.ink,
        mix(p.ink, kraft, 0.25),
        p.paper,
        mix(p.paper, p.main, 0.2),
        p.deep,
        p.paper,
    )


SCHEMES: dict[str, Callable[[Stage], Scheme]] = {
    "paper": paper_scheme,
    "print": print_scheme,
    "kraft": kraft_scheme,
}


def draw_label(
    st: Stage,
    box: Box,
    scheme: str = "paper",
    *,
    radius: float = 6,
    shape: str | None = None,
    picture: bool = True,
) -> None:
    """Draw the whole label into the box (units).

    A shape (path) replaces the rectangle; without picture there are words only.
    """
    colours = SCHEMES[scheme](st)
    outline = path(shape, colours.paper) if shape else rect(box.x, box.y, box.w, box.h, colours.paper, radius)
    layout = _wide if box.w > box.h * 1.25 else st.rng.choice((_arch, _panel, _medallion, _headline))
    layout = layout if picture else _plain
    st.cv.add(st.cv.clipped(outline, outline, *layout(st, box, colours)))


def _arch(st: Stage, box: Box, c: Scheme) -> list[str]:
    """A motif under an arch above the name; a fine frame around everything."""
    top, rest = _split(box.inset(box.w * 0.07, box.h * 0.045), _motif_share(st))
    w = min(top.w * 0.9, top.h * 1.15)
    x, r = box.cx - w / 2, w / 2
    d = f"M{x} {top.bottom}L{x} {top.y + r}A{r} {r} 0 0 1 {x + w} {top.y + r}L{x + w} {top.bottom}Z"
    if top.h < r * 1.2:
        d = f"M{x} {top.bottom}L{x} {top.y + top.h * 0.6}Q{x} {top.y} {box.cx} {top.y}Q{x + w} {top.y} {x + w} {top.y + top.h * 0.6}L{x + w} {top.bottom}Z"
    window = st.cv.clipped(path(d), path(d, c.field), _pattern_fill(st, d, c.field_ink))
    scale = min(w, top.h) / 238
    return [
        _frame(box, c),
        window,
        line(d, c.quiet, 2.5),
        place(st.motif(st.pal), box.cx, top.y + top.h * 0.55, scale),
        *_words(st, rest, c),
    ]


def _panel(st: Stage, box: Box, c: Scheme) -> list[str]:
    """A patterned panel across the top, the words below."""
    top, rest = _split(box, _motif_share(st) + 0.03)
    left, right, edge = box.x - _BLEED, box.x + box.w + _BLEED, top.bottom - top.h * 0.14
    d = f"M{left} {box.y - _BLEED}L{right} {box.y - _BLEED}L{right} {edge}Q{box.cx} {edge + top.h * 0.24} {left} {edge}Z"
    scale = min(top.w, top.h) / 250
    disc = circle(box.cx, top.y + top.h * 0.48, scale * 112, c.disc)
    field = c.band if c.paper != c.band else c.field
    ink = mix(field, c.paper, 0.22) if field != c.field else c.field_ink
    parts = [path(d, field), _pattern_fill(st, d, ink), disc if field != c.field else ""]
    return [
        *parts,
        place(st.motif(st.pal), box.cx, top.y + top.h * 0.48, scale * 0.92),
        *_words(st, rest.inset(box.w * 0.07, box.h * 0.03), c),
    ]


def _medallion(st: Stage, box: Box, c: Scheme) -> list[str]:
    """A round field with drum-like rings behind the motif."""
    top, rest = _split(box.inset(box.w * 0.07, box.h * 0.045), _motif_share(st))
    r = min(top.w, top.h) / 2
    x, y = box.cx, top.y + top.h / 2
    ornament = rings(x, y, r * 1.55, mix(c.paper, c.quiet, 0.3), width=2.2)
    disc = circle(x, y, r * 0.98, c.field) + circle(x, y, r * 0.92, "none", stroke=c.quiet, stroke_width=2.5)
    fade = rect(box.x, rest.y, box.w, rest.h + box.h * 0.1, c.paper)
    return [ornament, fade, disc, place(st.motif(st.pal), x, y, r / 124), *_words(st, rest, c)]


def _headline(st: Stage, box: Box, c: Scheme) -> list[str]:
    """Words first; the motif grows from a patterned foot."""
    inner = box.inset(box.w * 0.07, box.h * 0.04)
    share = 1 - _motif_share(st)
    words, foot = (
        Box(inner.x, inner.y, inner.w, inner.h * share),
        Box(box.x, inner.y + inner.h * share, box.w, box.bottom - inner.y - inner.h * share),
    )
    y = foot.y + foot.h * 0.5
    left, right, end = box.x - _BLEED, box.x + box.w + _BLEED, box.bottom + _BLEED
    d = f"M{left} {y}Q{box.cx} {y - foot.h * 0.34} {right} {y}L{right} {end}L{left} {end}Z"
    field = c.band if c.paper != c.band else c.field
    scale = min(foot.w, foot.h) / 228
    disc = circle(box.cx, foot.y + foot.h * 0.5, scale * 110, c.disc)
    return [
        path(d, field),
        _pattern_fill(st, d, mix(field, c.paper, 0.2)),
        disc,
        place(st.motif(st.pal), box.cx, foot.y + foot.h * 0.5, scale * 0.92),
        *_words(st, words, c),
    ]


def _wide(st: Stage, box: Box, c: Scheme) -> list[str]:
    """Motif at the left, words at the right."""
    w = min(box.w * 0.36, box.h)
    d = f"M{box.x} {box.y}L{box.x + w} {box.y}Q{box.x + w * 1.1} {box.y + box.h / 2} {box.x + w} {box.bottom}L{box.x} {box.bottom}Z"
    scale = min(w, box.h) / 236
    rest = Box(box.x + w * 1.08, box.y, box.w - w * 1.08, box.h).inset(box.w * 0.035, box.h * 0.06)
    return [
        path(d, c.field),
        _pattern_fill(st, d, c.field_ink),
        place(st.motif(st.pal), box.x + w * 0.51, box.y + box.h / 2, scale),
        *_words(st, rest, c),
    ]


def _plain(st: Stage, box: Box, c: Scheme) -> list[str]:
    """Words in a frame."""
    return [_frame(box, c), *_words(st, box.inset(box.w * 0.07, box.h * 0.1), c)]


def _motif_share(st: Stage) -> float:
    """Long names take room from the motif."""
    length = len(st.spec.name)
    return 0.44 if length < 22 else 0.39 if length < 36 else 0.33


def _split(box: Box, share: float) -> tuple[Box, Box]:
    h = box.h * share
    return Box(box.x, box.y, box.w, h), Box(box.x, box.y + h, box.w, box.h - h)


def _frame(box: Box, c: Scheme) -> str:
    outer, inner = box.inset(9), box.inset(14)
    return rect(outer.x, outer.y, outer.w, outer.h, r=4, stroke=c.quiet, stroke_width=2.4) + rect(
        inner.x, inner.y, inner.w, inner.h, r=2, stroke=c.quiet, stroke_width=1
    )


def _pattern_fill(st: Stage, d: str, ink: str) -> str:
    return path(d, PATTERNS[st.pattern](st.cv, ink))


def _words(st: Stage, box: Box, c: Scheme) -> list[str]:
    """Province line, name, ornament and quantity, from top to bottom."""
    unit = min(box.w / 400, box.h / 330)
    head, foot = 50 * unit, 80 * unit
    where = f"{st.kind} {st.spec.province}".strip().upper()
    place_line = text_within(where, box.cx, box.y + 36 * unit, 24 * unit, c.quiet, box.w * 0.94, track=0.1)
    name = draw_name(st, Box(box.x, box.y + head, box.w, box.h - head - foot), c.ink)
    return [place_line, *name, *_foot(st, Box(box.x, box.bottom - foot, box.w, foot), c, unit)]


def draw_name(st: Stage, box: Box, ink: str) -> list[str]:
    """The name in at most four lines; a part after a dash or bracket is set smaller."""
    role = "serif" if st.rng.random() < 0.62 else "black"
    head, tail = split_name(st.spec.name)
    if not tail:
        return _lines(head, box, ink, role, NAME_LINES, box.w * 0.24)[0]
    upper = Box(box.x, box.y, box.w, box.h * (0.5 if len(head) < len(tail) else 0.6))
    lower = Box(box.x, upper.bottom, box.w, box.h - upper.h)
    title, size = _lines(head, upper, ink, role, 2, box.w * 0.2)
    return title + _lines(tail, lower, ink, "sans", 2, size * 0.76)[0]


def split_name(name: str) -> tuple[str, str]:
    """A long name in a head and a tail; a short one has no tail."""
    parts = _TAIL.split(name, maxsplit=1)
    return (parts[0], parts[1]) if len(name) > 30 and len(parts) == 2 and len(parts[0]) >= 6 else (name, "")


def _lines(words: str, box: Box, ink: str, role: str, most: int, biggest: float) -> tuple[list[str], float]:
    """The set lines, centred in the box, and their size."""
    leading = 1.2 if role == "serif" else 1.24
    fitted = fit(words, role, box.w, box.h, biggest=biggest, lines=most, leading=leading)
    step = fitted.size * leading
    y = box.y + (box.h - step * len(fitted.lines)) / 2 + fitted.size * 0.93
    return [
        text(part, box.cx, y + i * step, fitted.size, ink, role=role) for i, part in enumerate(fitted.lines)
    ], fitted.size


def _foot(st: Stage, box: Box, c: Scheme, unit: float) -> list[str]:
    """An ornament with the quantity under it."""
    net = text_within(st.spec.net, box.cx, box.bottom - 5 * unit, 24 * unit, c.ink, box.w * 0.9, track=0.03)
    return [ornament(st, box.cx, box.y + 28 * unit, 15 * unit, c.quiet), net]


def ornament(st: Stage, x: float, y: float, r: float, ink: str) -> str:
    """A divider centred at (x, y): two fine lines with a diamond, a sprig or three grains of radius r between."""
    middle = st.spec.rng("ornament").choice((_diamond, _sprig, _grains))
    side = line(f"M{x - r * 7} {y}L{x - r * 2.6} {y}M{x + r * 2.6} {y}L{x + r * 7} {y}", ink, r * 0.12)
    ends = "".join(circle(x + s * r * 7.5, y, r * 0.16, ink) for s in (-1, 1))
    return group(side, ends, middle(x, y, r, ink))


def _diamond(x: float, y: float, r: float, ink: str) -> str:
    outer = polygon(
        [(x - r, y), (x, y - r), (x + r, y), (x, y + r)], "none", stroke=ink, stroke_width=r * 0.12
    )
    inner = polygon([(x - r * 0.5, y), (x, y - r * 0.5), (x + r * 0.5, y), (x, y + r * 0.5)], ink)
    return outer + inner + "".join(circle(x + s * r * 1.7, y, r * 0.2, ink) for s in (-1, 1))


def _sprig(x: float, y: float, r: float, ink: str) -> str:
    leaf = "M0 0Q{a} {b} {c} {d}Q{e} {f} 0 0Z"
    sides = (
        leaf.format(a=s * r * 0.7, b=-r * 1.1, c=s * r * 1.9, d=-r * 0.75, e=s * r * 1.35, f=r * 0.25)
        for s in (-1, 1)
    )
    top = path(f"M0 {r * 0.2}Q{-r * 0.75} {-r * 0.7} 0 {-r * 1.5}Q{r * 0.75} {-r * 0.7} 0 {r * 0.2}Z", ink)
    return place(
        top + "".join(path(d, ink) for d in sides) + circle(0, r * 0.55, r * 0.18, ink), x, y + r * 0.35
    )


def _grains(x: float, y: float, r: float, ink: str) -> str:
    grain = path(f"M0 {-r}Q{r * 0.72} 0 0 {r}Q{-r * 0.72} 0 0 {-r}Z", ink)
    return place(grain, x, y) + "".join(
        place(grain, x + s * r * 1.15, y + r * 0.12, 0.72, s * 18) for s in (-1, 1)
    )
