"""Which communes of today an old address can mean. It proposes; nobody is moved without being asked.

An old unit may have been split among several new ones, so more than one can be right.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from marketplace import clock

from .models import Commune, FormerProvince, Province
from .places import fold

MOST = 12
KIND = re.compile(
    r"^(xa|phuong|dac khu|thi tran|thi xa|thanh pho|tp\.?|quan|huyen|tinh|p\.|q\.|x\.|h\.|tt\.)\s*"
)
REMARK = re.compile(r"\(([^)]*)\)")
DISTRICT = re.compile(r"^(quan|huyen|thi xa|thanh pho)\s")


def propose(*, text: str, province: Province | None = None) -> list[Commune]:
    """Communes of today that an old commune or district in the text became, best first; at most MOST.

    `text` is an address or a part of one, with parts between commas: "Phường Trúc Bạch, quận Ba Đình, Hà Nội". The
    province is the one given, else one named in the text, today's or former. Empty where nothing is recognised.
    """
    parts = [part for part in map(fold, re.split(r"[,;\n]", text)) if part]
    where = province or _named(parts)
    communes = _candidates(where)
    for part in parts:
        if found := _of_unit(communes, part, parts):
            return found[:MOST]
    return next((found for part in parts if (found := _of_district(communes, part))), [])[:MOST]


@dataclass(frozen=True)
class _Candidate:
    commune: Commune

    @cached_property
    def units(self) -> list[tuple[str, str, str]]:
        """What it was formed of: the folded name with its kind, without, and the remark behind it."""
        return [_unit(unit) for unit in re.split(r",(?![^()]*\))", self.commune.formed_from)]


def _unit(text: str) -> tuple[str, str, str]:
    remark = " ".join(REMARK.findall(text))
    name = fold(REMARK.sub("", text))
    return name, _bare(name), fold(remark)


def _bare(folded: str) -> str:
    return KIND.sub("", folded).strip()


def _candidates(province: Province | None) -> list[_Candidate]:
    found = Commune.objects.on(clock.today()).select_related("province").order_by("folded", "code")
    return [_Candidate(row) for row in (found.filter(province=province) if province else found)]


def _named(parts: Iterable[str]) -> Province | None:
    """The province that the text names, the last part first: that is where people write it."""
    names = {fold(row.name): row.province for row in FormerProvince.objects.select_related("province")}
    names |= {fold(row.name): row for row in Province.objects.all()}
    return next((names[name] for part in reversed(list(parts)) if (name := _bare(part)) in names), None)


def _of_unit(communes: list[_Candidate], part: str, parts: list[str]) -> list[Commune]:
    """Those formed of the unit of this name; the kind, and a district that the text names, decide between equals."""
    bare = _bare(part)
    found = [(each.commune, unit) for each in communes for unit in each.units if unit[1] == bare]
    for decides in (
        [(row, unit) for row, unit in found if unit[0] == part],
        [(row, unit) for row, unit in found if any(_bare(each) in unit[2] for each in parts if each != part)],
    ):
        found = decides or found
    return list(dict.fromkeys(row for row, _unit in found))


def _of_district(communes: list[_Candidate], part: str) -> list[Commune]:
    """Those whose old units are noted as of this district, or that kept its name."""
    if not DISTRICT.match(part):
        return []
    bare = _bare(part)
    named = [each.commune for each in communes if each.commune.folded == bare]
    noted = [each.commune for each in communes if any(part in unit[2] for unit in each.units)]
    return list(dict.fromkeys([*named, *noted]))
