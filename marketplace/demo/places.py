"""Today's commune of a place as the source wrote it, when there is exactly one answer.

Districts are gone and communes were merged, some of them split: where two answers are possible, none is given.
"""

import csv
import re
from collections import defaultdict
from functools import cache

from marketplace.demo.rows import DATA, Row

_COMMUNES = DATA.parents[2] / "producers" / "data" / "communes.csv"
_KIND = re.compile(r"^(?:xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)
_REST = re.compile(r"\s*\([^)]*\)")


def commune_code(row: Row) -> str | None:
    """The code of today's commune in the row's province."""
    if not row.commune:
        return None
    name, province = _plain(row.commune), row.province_code
    old, new = _communes()
    # Two-level addresses, written since districts ended, name today's communes.
    found = new[province, name] if not row.district and row.province == row.province_now else set()
    found = found or old[province, name]
    return next(iter(found)) if len(found) == 1 else None


@cache
def _communes() -> tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], set[str]]]:
    """Codes by province and name: what a commune was formed from, and what it is called now."""
    old: dict[tuple[str, str], set[str]] = defaultdict(set)
    new: dict[tuple[str, str], set[str]] = defaultdict(set)
    with _COMMUNES.open(encoding="utf-8", newline="") as table:
        for cells in csv.DictReader(table):
            key = cells["province_code"]
            new[key, _plain(cells["name"])].add(cells["code"])
            for part in _REST.sub("", cells["formed_from"] or cells["name"]).split(","):
                old[key, _plain(part)].add(cells["code"])
    return old, new


def _plain(name: str) -> str:
    return _KIND.sub("", name.strip()).casefold()
