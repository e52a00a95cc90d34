"""Finds places and says them as people do: former name first, today's after it."""

import unicodedata

from django.utils.translation import gettext as _

from .models import Commune, FormerProvince, Province


def fold(name: str) -> str:
    """A place's name in lower case without tone marks and with d for đ, for looking up."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def place_line(province: Province, former: FormerProvince | None = None) -> str:
    """ "Bạc Liêu, nay thuộc Cà Mau", or "Cà Mau" where the name is the same."""
    return place_words(former.name if former else None, name=province.name, shown=province.display_name)


def place_words(former: str | None, *, name: str, shown: str) -> str:
    """`place_line` of names alone; `shown` is the display name of today's province."""
    if former is None or former in (name, shown):
        return shown
    return _("%(former)s, nay thuộc %(province)s") % {"former": former, "province": shown}


def full_place(province: Province, commune: Commune | None = None) -> str:
    """ "Xã Thông Nguyên, tỉnh Tuyên Quang", or "Tỉnh Tuyên Quang" where the commune is not known."""
    name = province.full_name
    return f"{commune.full_name}, {name[:1].lower()}{name[1:]}" if commune else name
