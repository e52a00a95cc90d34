"""Template tags and filters of the look: `{% load look %}`. No database, no business rule."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from marketplace.look import figures, kept, markup, scenery, tilemap

register = template.Library()


@register.filter
def dong(amount: Decimal | int | None) -> str:
    """`{{ card.price|dong }}` → 185.000 ₫; nothing for None."""
    return "" if amount is None else figures.dong(amount)


@register.filter
def grouped(number: int | None) -> str:
    """`{{ total|grouped }}` → 1.010."""
    return "" if number is None else figures.grouped(number)


@register.filter
def tenth(number: float | None) -> str:
    """`{{ product.rating|tenth }}` → 4,8; nothing for None."""
    return "" if number is None else figures.tenth(number)


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ order.payment_due_at|moment }}` → 15:30 14/03/2028; nothing for None."""
    return figures.moment(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    """`{{ rating.ends_on|day }}` → 14/03/2028."""
    return "" if value is None else figures.day(value)


@register.simple_tag
def icon(name: str, css: str = "i") -> SafeString:
    """`{% icon "truck" %}`: see static/img/icons.svg for the names."""
    return markup.icon(name, css)


@register.simple_tag
def shop_mark() -> SafeString:
    """The mark, for the logo, empty states and missing pictures."""
    return markup.mark()


@register.simple_tag
def star_row(count: int) -> SafeString:
    """`{% star_row 4 %}`: the drawing alone; words must follow."""
    return markup.star_row(count)


@register.simple_tag
def stars(product: Any) -> SafeString:
    """`{% stars card %}`: the whole line, in every state (star, star_state, star_until, candidate)."""
    return markup.star_line(product)


@register.simple_tag
def picture(
    picture: object, sizes: str = "25vw", eager: bool = False, alt: str | None = None, frame: str = "1:1"
) -> SafeString:
    """`{% picture card.picture sizes="…" eager=first alt="" %}`; without alt the picture's own is taken."""
    width, height = (int(part) for part in frame.split(":"))
    text = getattr(picture, "alt", "") if alt is None else alt
    return markup.picture_img(picture, sizes=sizes, eager=eager, alt=text, height_of=(width, height))


@register.simple_tag
def component(name: str, **values: Any) -> SafeString:
    """`{% component "components/card.html" card=card level=2 %}`: like include … only, but drawn once for these values."""
    return kept.drawn(name, values)


@register.simple_tag
def landscape(region: str, eager: bool = False, css: str = "") -> SafeString:
    """`{% landscape place.region eager=True %}`: the drawing for a region, by its code."""
    return scenery.scene_img(scenery.scene_of(region), eager=eager, css=css)


@register.simple_tag
def lang_vi() -> SafeString:
    """`<h1{% lang_vi %}>`: marks the shop's Vietnamese texts on a page of another language."""
    return SafeString("" if figures.is_vietnamese() else ' lang="vi"')


@register.simple_tag
def path(vietnamese_path: str) -> str:
    """`{% path "/gio-hang/" %}`: the address in the language of the page, /en/gio-hang/ in English."""
    return _in_language(vietnamese_path, get_language() or settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def page_in(context: Context, language: str, absolute: bool = False, query: bool = False) -> str:
    """This page's address in another language; `query` keeps the query string, `absolute` adds the host."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return _in_language("/", language)
    bare = _without_language(request.path)
    address = _in_language(bare, language)
    if query and request.GET:
        address += "?" + request.GET.urlencode()
    return request.build_absolute_uri(address) if absolute else address


@register.simple_tag(takes_context=True)
def is_here(context: Context, vietnamese_path: str) -> SafeString:
    """`<a href="…"{% is_here "/nha-san-xuat/" %}>`: marks the part of the shop the page belongs to."""
    request: HttpRequest | None = context.get("request")
    inside = request is not None and _without_language(request.path).startswith(vietnamese_path)
    return SafeString(' aria-current="true"' if inside else "")


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: object) -> str:
    """`?…` of this page with parameters set, or dropped when None; any change starts at the first page."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name in ("trang", "sau"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """schema.org data as the text of a script element; it cannot close the element."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return SafeString(text)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The control of a form field with the class of the look; Django names its hint and errors."""
    bare = isinstance(field.field.widget, CheckboxInput | RadioSelect)
    attrs: dict[str, str | bool] = (
        {} if bare else {"class": f"{field.field.widget.attrs.get('class', '')} input".strip()}
    )
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("components/map.html")
def province_map(
    places: Iterable[tilemap.Place], here: Iterable[str] = (), ring: Iterable[str] = ()
) -> dict[str, object]:
    """The tile map; `places` have code, name, url, count; `here`: codes in red; `ring`: codes in a frame."""
    tiles, _cuts = tilemap.tiles(places, here=here, ring=ring)
    return {"tiles": tiles}


@register.inclusion_tag("components/map_key.html")
def province_map_key(places: Iterable[tilemap.Place], here_words: str = "") -> dict[str, object]:
    """What the map's colours mean; `here_words` explain the red tile, if there is one."""
    _tiles, (low, middle, high) = tilemap.tiles(places)
    return {"low": low, "middle": middle, "high": high, "here_words": here_words}


def _without_language(address: str) -> str:
    for code, _name in settings.LANGUAGES:
        if address == f"/{code}" or address.startswith(f"/{code}/"):
            return address[len(code) + 1 :] or "/"
    return address


def _in_language(vietnamese_path: str, language: str) -> str:
    return vietnamese_path if language == settings.LANGUAGE_CODE else f"/{language}{vietnamese_path}"
