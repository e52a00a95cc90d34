"""From an address to a query: the parameters of lists and search, in Vietnamese as they stand in addresses."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from producers.models import ProducerForm
from search.query import Cursor, ProductQuery, Sort
from search.searching import MOST_PAGES
from search.understanding.money import MOST_PRICE

from . import cursors
from .names import NameBook


@dataclass(frozen=True)
class Asked:
    """A query with the parameters it was read from, so that links can drop or add one."""

    query: ProductQuery
    pairs: tuple[tuple[str, str], ...] = field(default=())

    def without(self, *pairs: tuple[str, str]) -> str:
        """The query string without these parameters, and from the first page."""
        return self._string([pair for pair in self.pairs if pair not in pairs])

    def plus(self, *pairs: tuple[str, str]) -> str:
        """The query string with these parameters more, and from the first page."""
        return self._string([*self.pairs, *pairs])

    def only(self, *keys: str) -> str:
        """The query string with nothing but these parameters."""
        return self._string([pair for pair in self.pairs if pair[0] in keys])

    def chosen(self, *keys: str) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] in keys]

    def _string(self, pairs: list[tuple[str, str]]) -> str:
        kept = [pair for pair in pairs if pair[0] not in ("trang", "sau")]
        return "?" + urlencode(kept) if kept else ""


KNOWN = (
    "q", "sao", "tinh", "tinh_cu", "vung", "nhom", "gia_tu", "gia_den", "hinh_thuc", "con_hang", "chung_nhan",
    "sap_xep", "bo", "trang", "sau",
)  # fmt: skip


def read(data: QueryDict, *, names: NameBook, day: date, adult: bool) -> Asked:
    """Read a list's address. Values nobody offers raise Http404; empty ones do not count."""
    pairs = tuple((key, value.strip()) for key in KNOWN for value in data.getlist(key) if value.strip())
    values: dict[str, list[str]] = {key: [v for k, v in pairs if k == key] for key in KNOWN}
    sort = Sort(_one_of((values["sap_xep"] or [Sort.RELEVANCE.value])[-1], list(Sort)))
    query = ProductQuery(
        text=" ".join(values["q"])[:2000],
        day=day,
        stars=frozenset(int(_one_of(value, ("3", "4", "5"))) for value in values["sao"]),
        provinces=_codes(names, "provinces", values["tinh"]),
        former_provinces=_codes(names, "former", values["tinh_cu"]),
        regions=_codes(names, "regions", values["vung"]),
        categories=_codes(names, "categories", values["nhom"]),
        price_from=_price(values["gia_tu"]),
        price_to=_price(values["gia_den"]),
        forms=frozenset(_one_of(value, ProducerForm.values) for value in values["hinh_thuc"]),
        in_stock=any(_one_of(value, ("1",)) for value in values["con_hang"]),
        certified=any(_one_of(value, ("1",)) for value in values["chung_nhan"]),
        adult=adult,
        sort=sort,
        page=_page(values["trang"]),
        switched_off=frozenset(values["bo"]),
        after=_after(values["sau"], sort),
    )
    if query.after and (values["trang"] or query.after.seen < MOST_PAGES * query.page_size):
        raise Http404
    return Asked(query, pairs)


def _one_of(value: str, offered: tuple[str, ...] | list[str] | list[Sort]) -> str:
    if value not in offered:
        raise Http404
    return value


def _codes(names: NameBook, kind: str, slugs: list[str]) -> frozenset[str]:
    found = [names.find(kind, slug=slug) for slug in slugs]
    if None in found:
        raise Http404
    return frozenset(name.code for name in found if name)


def _price(values: list[str]) -> Decimal | None:
    """Digits with or without dots ("200.000"); anything else is an address nobody offers."""
    return Decimal(_number(re.sub(r"[.\s,đ₫]", "", values[-1]), most=MOST_PRICE)) if values else None


def _page(values: list[str]) -> int:
    page = _number(values[-1], most=MOST_PAGES) if values else 1
    if not page:
        raise Http404
    return page


def _after(values: list[str], sort: Sort) -> Cursor | None:
    try:
        return cursors.read(values[-1], sort) if values else None
    except ValueError as error:
        raise Http404 from error


def _number(digits: str, *, most: int) -> int:
    """A whole number up to `most`; Python refuses to read numbers of thousands of digits."""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most)) and int(digits) <= most):
        raise Http404
    return int(digits)
