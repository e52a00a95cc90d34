"""Amounts and days as a layout says they are written. Nothing is guessed: what fits no rule raises NotAFigure."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from .tables import Cell, Formula


class NotAFigure(ValueError):
    """The text says what the cell is instead."""


EARLIEST = date(2000, 1, 1)
MOST = Decimal(10) ** 12
_spaces = re.compile(r"[\s\u00a0\u202f]+")
_currency = re.compile(r"(VND|VNĐ|₫|đ|d)\.?$", re.IGNORECASE)


def amount(cell: Cell, *, thousands: str, decimal: str) -> Decimal | None:
    """Whole đồng, below zero with a minus sign; None for an empty cell. Raises NotAFigure."""
    if cell is None or (isinstance(cell, str) and cell.strip() in {"", "-"}):
        return None
    if isinstance(cell, Formula):
        raise NotAFigure(_("là công thức hoặc lỗi, không phải con số."))
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _whole(Decimal(str(cell)))
    if not isinstance(cell, str):
        raise NotAFigure(_("là ngày, không phải số tiền."))
    return _whole(_written(cell, thousands, decimal))


def _written(text: str, thousands: str, decimal: str) -> Decimal:
    """At most two decimals: `1.000` where the point is the decimal mark is no one đồng, but the wrong layout."""
    bare = _currency.sub("", _spaces.sub(" ", text).strip()).strip()
    whole = r"\d+" if not thousands else rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)"
    part = rf"(?:{re.escape(decimal)}(\d{{1,2}}))?" if decimal else "()"
    found = re.fullmatch(rf"([+-]?) ?({whole}){part}", bare, re.ASCII)
    if not found:
        raise NotAFigure(_("“%(text)s” không phải số tiền viết theo bố cục.") % {"text": text[:40]})
    digits = found[2].replace(thousands, "") if thousands else found[2]
    return Decimal(f"{found[1]}{digits}.{found[3] or 0}")


def _whole(value: Decimal) -> Decimal:
    if not value.is_finite() or value != value.to_integral_value():
        raise NotAFigure(_("có số lẻ của đồng."))
    if abs(value) >= MOST:
        raise NotAFigure(_("số tiền lớn quá."))
    return value.to_integral_value()


def day(cell: Cell, *, written: str, today: date) -> date:
    """A day that was, or is; raises NotAFigure."""
    if isinstance(cell, Formula):
        raise NotAFigure(_("là công thức hoặc lỗi, không phải ngày."))
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        try:
            found = datetime.strptime(str(cell or "").strip(), written).date()  # noqa: DTZ007  a day, not a moment
        except ValueError as error:
            facts = {"text": str(cell if cell is not None else "")[:40], "written": written}
            raise NotAFigure(_("“%(text)s” không phải ngày viết theo dạng %(written)s.") % facts) from error
    if not EARLIEST <= found <= today + timedelta(days=1):
        raise NotAFigure(_("ngày %(day)s không thể là ngày giao dịch.") % {"day": f"{found:%d/%m/%Y}"})
    return found
