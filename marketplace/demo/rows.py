"""The 1,010 rows of data/products.csv, read once and given types.

Only this module knows the columns; what a column means is in data/products_notes.md.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
# Natural persons and cut-off names carry remarks of the list in brackets.
_REMARK = re.compile(r"\s*\([^)]*(?:bị cắt|không rõ)[^)]*\)")


@dataclass(frozen=True)
class Row:
    """One product of the list. Empty text means: the source does not say. number counts from 1."""

    number: int
    name: str
    star: str
    set_no: int
    producer: str
    producer_type: str
    commune: str
    district: str
    province: str
    former_code: str
    province_now: str
    province_code: str
    price_vnd: int | None
    unit: str
    other_sources: str
    flags: frozenset[str]
    certificate: str

    @property
    def place(self) -> str:
        """The place as the source writes it, from small to large."""
        return ", ".join(part for part in (self.commune, self.district, self.province) if part)

    @property
    def stars(self) -> int | None:
        """Stars a council gave; a proposal for five stars is none."""
        return int(self.star) if self.star in {"3", "4", "5"} else None


@cache
def read_rows() -> tuple[Row, ...]:
    with (DATA / "products.csv").open(encoding="utf-8", newline="") as table:
        return tuple(_row(number, cells) for number, cells in enumerate(csv.DictReader(table), start=1))


def _row(number: int, cells: dict[str, str]) -> Row:
    return Row(
        number=number,
        name=cells["name"].strip(),
        star=cells["star"],
        set_no=int(cells["set_no"]),
        producer=_REMARK.sub("", cells["producer"]).strip(),
        producer_type=cells["producer_type"],
        commune=cells["commune"],
        district=cells["district"],
        province=cells["province"],
        former_code=cells["province_old_code"],
        province_now=cells["province_current"],
        province_code=cells["province_current_code"],
        price_vnd=int(cells["price_vnd"]) if cells["price_vnd"] else None,
        unit=cells["unit"],
        other_sources=cells["other_sources"],
        flags=frozenset(filter(None, cells["flags"].split("|"))),
        certificate=cells["demo_certificate"],
    )
