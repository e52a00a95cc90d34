"""What is said about a search: chips for what was understood and chosen, sentences for what was relaxed."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.look.templatetags.look import dong
from producers.models import ProducerForm
from search.bands import ENDS, PRICE_BANDS
from search.result import Chip, ChipKind, ProductResult, Step

from .names import NameBook
from .parameters import Asked

_KINDS = {
    ChipKind.PROVINCE: "provinces",
    ChipKind.FORMER_PROVINCE: "former",
    ChipKind.REGION: "regions",
    ChipKind.CATEGORY: "categories",
}


def understood(asked: Asked, result: ProductResult, names: NameBook) -> list[dict[str, str]]:
    """Chips of what the text was understood to mean; each address reads those words as text instead."""
    return [
        {"label": _label(chip, names), "remove_url": asked.plus(("bo", chip.key))} for chip in result.chips
    ]


def _label(chip: Chip, names: NameBook) -> str:
    if chip.kind in _KINDS:
        found = [names.find(_KINDS[chip.kind], code=code) for code in chip.codes]
        return ", ".join(_place(name, chip.kind, names) for name in found if name)
    if chip.kind is ChipKind.STARS:
        return _("%(stars)s sao") % {"stars": ", ".join(chip.codes)}
    if chip.kind is ChipKind.PRICE:
        return _price(*chip.codes)
    if chip.kind is ChipKind.FORM:
        return ", ".join(str(ProducerForm(code).label) for code in chip.codes)
    return _("Còn hàng")


def _place(name: Any, kind: ChipKind, names: NameBook) -> str:
    """ "Bắc Kạn (nay thuộc Thái Nguyên)", "Thái Nguyên (gồm Bắc Kạn cũ)"."""
    if kind is ChipKind.FORMER_PROVINCE:
        today = names.find("provinces", code=name.above)
        if today and today.name != name.name:
            return _("%(former)s (nay thuộc %(province)s)") % {"former": name.name, "province": today.name}
    if kind is ChipKind.PROVINCE:
        others = [part.name for part in names.former_of(name.code) if part.name != name.name]
        if others:
            return _("%(province)s (gồm %(former)s cũ)") % {
                "province": name.name,
                "former": ", ".join(others),
            }
    return str(name.local)


def band_words(start: int, end: int) -> str:
    """What a band of prices is called; `end` is 0 for the last."""
    if not start:
        return _("dưới %(end)s") % {"end": dong(end)}
    if not end:
        return _("từ %(start)s") % {"start": dong(start)}
    return _("%(start)s đến dưới %(end)s") % {"start": dong(start), "end": dong(end)}


def _price(low: str, high: str) -> str:
    for start, end in zip(PRICE_BANDS, ENDS, strict=True):
        if end and (low or "0", high) == (str(start), str(end - 1)):
            return band_words(start, end)
    if low and high:
        return _("%(low)s – %(high)s") % {"low": dong(int(low)), "high": dong(int(high))}
    if low:
        return _("từ %(low)s") % {"low": dong(int(low))}
    return _("đến %(high)s") % {"high": dong(int(high))}


def chosen(asked: Asked, names: NameBook) -> list[dict[str, str]]:
    """Chips of the filters in the address; each address goes on without it."""
    kinds = {"tinh": "provinces", "tinh_cu": "former", "vung": "regions", "nhom": "categories"}
    chips = []
    for key, value in asked.pairs:
        if key in kinds:
            name = names.find(kinds[key], slug=value)
            label = name.local if name else value
            label = _("%(name)s (cũ)") % {"name": label} if key == "tinh_cu" else label
        elif key == "sao":
            label = _("%(stars)s sao") % {"stars": value}
        elif key == "hinh_thuc":
            label = str(ProducerForm(value).label)
        elif key in ("con_hang", "chung_nhan"):
            label = _("Còn hàng") if key == "con_hang" else _("Đang có sao")
        else:
            continue
        chips.append({"label": label, "remove_url": asked.without((key, value)) or "?"})
    return chips + _chosen_price(asked)


def _chosen_price(asked: Asked) -> list[dict[str, str]]:
    query = asked.query
    if query.price_from is None and query.price_to is None:
        return []
    low, high = ("" if bound is None else str(bound) for bound in (query.price_from, query.price_to))
    rest = asked.without(*asked.chosen("gia_tu", "gia_den")) or "?"
    return [{"label": _price(low, high), "remove_url": rest}]


def relaxed(result: ProductResult) -> list[str]:
    """What was given up, in words that complete "we left out …"."""
    words = {
        Step.PLACE_AS_TEXT: _("tìm tên nơi như chữ thường"),
        Step.WORDS_AS_PLACE: _("hiểu tên gọi là nơi sản xuất"),
        Step.OTHER_PLACES: _("tìm cả ở nơi khác"),
        Step.PAGES_PLACE: _("bỏ qua tên nơi khác, vì trang này chỉ bày sản phẩm của một nơi"),
        Step.KEYBOARD: _("sửa chữ gõ dở dấu"),
        Step.MARKS_IGNORED: _("không xét dấu"),
        Step.SPELLING: _("sửa chữ có thể gõ nhầm"),
        Step.SOME_WORDS: _("không cần đủ mọi chữ"),
        Step.DROPPED_WORD: _("chỉ cần một trong các chữ"),
    }
    return [words[step] for step in result.relaxed]
