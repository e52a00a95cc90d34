"""Everything the demonstration says about a product: what the list knows, and invented, plausible facts beside it.

Pure: the same rows and the same day give the same facts. Nothing here touches Django.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from marketplace.demo.certificates import CertificateFacts, certificates_of
from marketplace.demo.chance import chance
from marketplace.demo.descriptions import describe
from marketplace.demo.kinds import Kind, kind_of
from marketplace.demo.makers import TOURISM, maker_key
from marketplace.demo.places import commune_code
from marketplace.demo.rows import Row, read_rows
from marketplace.demo.sizes import Size, sizes_of

WITH_SIZES = 50
_REGISTERED = 22
_LIVING = (23, 24, 25)
_GROWN = (1, 3, 11, 13)
_GALLERY = 3


@dataclass(frozen=True)
class ProductFacts:
    """sale is on_sale, registered or enquiry. A product with several sizes is bought by size."""

    row: Row
    code: str
    maker_key: str
    name_en: str
    description: str
    sale: str
    sizes: tuple[Size, ...]
    ingredients: str
    storage: str
    shelf_life: str
    ip_number: str
    planting_area_code: str
    commune_code: str | None
    certificates: tuple[CertificateFacts, ...]
    pictures: int

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def origin_text(self) -> str:
        return self.row.place

    @property
    def has_variants(self) -> bool:
        return len(self.sizes) > 1


def products(*, today: date) -> tuple[ProductFacts, ...]:
    """The facts of all rows as of a day of loading."""
    return tuple(product_facts(row, today=today) for row in read_rows())


def product_facts(row: Row, *, today: date) -> ProductFacts:
    kind = kind_of(row)
    return ProductFacts(
        row=row,
        code=f"DEMO-{row.number:04d}",
        maker_key=maker_key(row),
        name_en=kind.en if kind.named and " and " not in kind.en else "",
        description=describe(row, kind),
        sale=sale_of(row),
        sizes=sizes_of(row, kind, several=row.number in numbers_with_sizes()),
        ingredients=kind.ingredients,
        storage=kind.storage,
        shelf_life=kind.life,
        ip_number=_some(row, "ip", 0.3, f"DEMO-NH-{4000 + row.number}") if (row.stars or 0) >= 4 else "",
        planting_area_code=_planting_area(row),
        commune_code=commune_code(row),
        certificates=certificates_of(row, today=today),
        pictures=_GALLERY if row.set_no == TOURISM or row.number % 8 == 0 else 1,
    )


def sale_of(row: Row) -> str:
    """Tourism is asked for; living things and a few others are shown but not sold here."""
    if row.set_no == TOURISM:
        return "enquiry"
    return "registered" if row.set_no in _LIVING or row.number in _not_for_sale() else "on_sale"


@cache
def numbers_with_sizes() -> frozenset[int]:
    """Rows that are sold in several sizes: the kind has some, and neither name nor list states one."""
    able = [row for row in read_rows() if sale_of(row) == "on_sale" and _can_have_sizes(row, kind_of(row))]
    return _drawn(able, "sizes", WITH_SIZES)


def _can_have_sizes(row: Row, kind: Kind) -> bool:
    return len(kind.nets) > 1 and len(sizes_of(row, kind, several=True)) == len(kind.nets) and not row.unit


@cache
def _not_for_sale() -> frozenset[int]:
    """A few rows that were certified but are not sold here, drawn from every part of the list."""
    return _drawn(
        [row for row in read_rows() if row.set_no not in (TOURISM, *_LIVING)], "registered", _REGISTERED
    )


def _drawn(rows: list[Row], purpose: str, count: int) -> frozenset[int]:
    ordered = sorted(rows, key=lambda row: (chance(purpose, row.number, row.name).random(), row.number))
    return frozenset(row.number for row in ordered[:count])


def _planting_area(row: Row) -> str:
    code = f"DEMO-{row.former_code}-{row.number:04d}"
    return _some(row, "planting", 0.5, code) if row.set_no in _GROWN else ""


def _some(row: Row, purpose: str, share: float, text: str) -> str:
    return text if chance(purpose, row.number, row.name).random() < share else ""
