"""Small things the basket's templates ask for: `{% load basket %}`."""

from collections.abc import Mapping

from django import template

from catalogue.cards import first_picture
from marketplace.basket.models import Line
from marketplace.pictures.sizes import Picture

register = template.Library()


@register.filter
def at(texts: Mapping[int, str] | None, key: int) -> str:
    """`{{ at_lines|at:line.pk }}`: the text of a key, or nothing."""
    return (texts or {}).get(key, "")


@register.simple_tag
def line_pieces(quantity: int) -> dict[str, int]:
    """The numbers behind − and +."""
    return {"less": quantity - 1, "more": quantity + 1}


@register.simple_tag
def line_picture(line: Line) -> Picture | None:
    """The picture of what a line buys, or None."""
    return first_picture(line.product)
