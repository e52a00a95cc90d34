"""Small pieces of HTML that appear many times on a page, built once in Python: stars, icons, pictures."""

from datetime import date
from functools import cache
from typing import Protocol

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.look.figures import day

WIDTHS = (200, 400, 800, 1200)
"""Widths in which a picture may offer itself, as attributes url_200, url_400 …"""


class Starred(Protocol):
    """What the line of stars reads: star (3–5 or None), its state, its last day, and candidacy."""

    @property
    def star(self) -> int | None: ...
    @property
    def star_state(self) -> str: ...
    @property
    def star_until(self) -> date | None: ...
    @property
    def candidate(self) -> bool: ...


@cache
def icon(name: str, css: str = "i") -> SafeString:
    """An icon of static/img/icons.svg, silent for screen readers: the words stand beside it."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, static("img/icons.svg"), name
    )


@cache
def mark() -> SafeString:
    """The shop's mark in the colour of the text."""
    return format_html(
        '<svg aria-hidden="true" viewBox="0 0 48 44"><use href="{}#i-mark"/></svg>', static("img/icons.svg")
    )


@cache
def star_row(count: int) -> SafeString:
    """One or three to five stars in a row, as one drawing; always to be followed by its words."""
    symbol = "star" if count == 1 else f"stars-{count}"
    return format_html(
        '<svg class="stars__row" viewBox="0 0 {} 24" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        25 * count - 1,
        static("img/icons.svg"),
        symbol,
    )


def star_line(product: Starred) -> SafeString:
    """The line of stars of a card: valid, ending soon, ended, candidate for 5 stars, or never rated."""
    if product.star and product.star_state in ("valid", "ending"):
        return _valid(product)
    if product.candidate:
        words = _("Ứng viên 5 sao")
        return format_html('<p class="stars stars--cand">{} {}</p>', star_row(1), words)
    words = _("Sao đã hết hạn") if product.star_state == "ended" else _("Chưa xếp sao")
    return format_html('<p class="tiny muted">{}</p>', words)


def _valid(product: Starred) -> SafeString:
    words = _("%(star)s sao") % {"star": product.star}
    if product.star_state == "ending" and product.star_until:
        until = _("đến %(day)s") % {"day": day(product.star_until)}
        words = format_html("{} <em>{}</em>", words, until)
    return format_html('<p class="stars">{} {}</p>', star_row(product.star or 0), words)


def picture_sources(picture: object) -> list[tuple[int, str]]:
    """Width and address of every size the picture offers, smallest first."""
    urls = ((width, getattr(picture, f"url_{width}", "")) for width in WIDTHS)
    return [(width, url) for width, url in urls if url]


def picture_img(
    picture: object, *, sizes: str, eager: bool, alt: str, height_of: tuple[int, int]
) -> SafeString:
    """An img in every size on offer, with its dimensions: `height_of` is width and height of the frame."""
    sources = picture_sources(picture)
    if not sources:
        return SafeString("")
    width, src = next((source for source in sources if source[0] >= 400), sources[-1])
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}" width="{}" height="{}" {}>',
        src,
        ", ".join(f"{url} {wide}w" for wide, url in sources),
        sizes,
        alt,
        width,
        width * height_of[1] // height_of[0],
        SafeString('fetchpriority="high"' if eager else 'loading="lazy"'),
    )
