"""Finds the commune a buyer means within a province, and says where it is when it is not there."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace import clock

from .models import Commune, Province
from .places import fold

KINDS = ("xa", "phuong", "dac khu", "thi tran")


class CommuneError(ValueError):
    """No commune, or not one alone; the message says what to do."""


def communes_of(*, slug: str) -> list[Commune]:
    """All of a province, given by its slug, that exist today, for a browser's own list."""
    return list(_today().filter(province__slug=slug).order_by("folded", "code"))


def find_commune(*, province: Province, text: str) -> Commune:
    """The commune of the province with this name, with or without its kind and tone marks.

    Raises CommuneError naming the right province, the new communes of an old one, or the choices.
    """
    found = list(_today().filter(province=province, folded=_bare(text)).order_by("folded", "code"))
    found = _closest(found, text)
    if len(found) == 1:
        found[0].province = province  # known: nobody has to ask for it
        return found[0]
    if found:
        names = ", ".join(commune.full_name for commune in found)
        raise CommuneError(_("Có nhiều nơi cùng tên, bạn chọn rõ một: %(names)s.") % {"names": names})
    raise CommuneError(_not_there(province, text))


def _today() -> QuerySet[Commune]:
    found: QuerySet[Commune] = Commune.objects.on(clock.today())
    return found


def _bare(text: str) -> str:
    """The folded name without its kind: "Xã Thông Nguyên" → "thong nguyen"."""
    name = fold(text.split(",", maxsplit=1)[0])
    for kind in KINDS:
        if name.startswith(f"{kind} "):
            return name.removeprefix(f"{kind} ").strip()
    return name


def _closest(found: list[Commune], text: str) -> list[Commune]:
    """Of communes alike without tone marks: the one written exactly so, with its kind or without."""
    written = text.split(",", maxsplit=1)[0].strip().casefold()
    for exact in (
        [commune for commune in found if commune.full_name.casefold() == written],
        [commune for commune in found if commune.name.casefold() == written],
        [commune for commune in found if fold(commune.full_name) == fold(written)],
    ):
        if len(exact) == 1:
            return exact
    return found


def _not_there(province: Province, text: str) -> str:
    facts = {"typed": text.strip()[:64], "province": province.display_name}
    elsewhere = _named(_today().filter(folded=_bare(text)).exclude(province=province))
    if elsewhere:
        one = elsewhere[0]
        facts |= {"commune": one.full_name, "right": one.province.display_name}
        words = _("%(commune)s thuộc %(right)s, không thuộc %(province)s. Bạn chọn lại xã hoặc tỉnh nhé.")
        return words % facts
    heirs = _named(_today().filter(province=province, formed_from__icontains=_plain(text)))
    if heirs and _plain(text):
        facts["heirs"] = ", ".join(commune.full_name for commune in heirs)
        return _("%(typed)s là tên cũ, nay thuộc: %(heirs)s. Bạn chọn nơi đúng nhé.") % facts
    words = _(
        "Không có xã, phường, đặc khu nào tên “%(typed)s” ở %(province)s. Bạn chọn trong danh sách nhé."
    )
    return words % facts


def _plain(text: str) -> str:
    """The name as typed, without its kind; formed_from keeps tone marks."""
    words = text.split(",", maxsplit=1)[0].split()
    if words and fold(words[0]) in KINDS:
        words = words[1:]
    return " ".join(words)


def _named(communes: QuerySet[Commune]) -> list[Commune]:
    return list(communes.select_related("province").order_by("folded", "code")[:5])
