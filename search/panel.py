"""The facets beside a list: which choices there are, how many products each would show, what is chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from producers.models import ProducerForm
from search.bands import ENDS, PRICE_BANDS
from search.result import ProductResult

from .names import Name, NameBook
from .parameters import Asked
from .saying import band_words


@dataclass(frozen=True)
class Option:
    """One choice: the parameter `name` (the facet's own when empty) and value it sets."""

    value: str
    label: str
    count: int
    selected: bool
    name: str = ""
    note: str = ""
    children: tuple["Option", ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Facet:
    """One group of choices. Kind "price" also has fields for bounds of one's own."""

    name: str
    label: str
    options: tuple[Option, ...]
    open: bool = False
    kind: str = ""
    low: str = ""
    high: str = ""


def panel(asked: Asked, result: ProductResult, names: NameBook, *, province: str = "") -> list[Facet]:
    """All facets with what there is to choose; `province` is the code of the page's own province, if any."""
    chosen = set(asked.pairs)
    facets = [
        _stars(result, chosen),
        _places(result, names, chosen, province),
        _categories(result, names, chosen),
        _prices(asked, result),
        _forms(result, chosen),
        _states(result, chosen),
    ]
    return [facet for facet in facets if facet.options or facet.kind == "price"]


Chosen = set[tuple[str, str]]


def _kept(options: list[Option]) -> tuple[Option, ...]:
    """Choices that lead somewhere, and those that are chosen."""
    return tuple(option for option in options if option.count or option.selected or option.children)


def _stars(result: ProductResult, chosen: Chosen) -> Facet:
    counts = result.facets["star"]
    options = [
        Option(
            str(stars),
            ngettext("%(n)s sao", "%(n)s sao", stars) % {"n": stars},
            counts.get(str(stars), 0),
            ("sao", str(stars)) in chosen,
        )
        for stars in (5, 4, 3)
    ]
    return Facet("sao", _("Sao OCOP"), _kept(options), open=True)


def _places(result: ProductResult, names: NameBook, chosen: Chosen, only: str) -> Facet:
    provinces: dict[str, int] = {}
    former: dict[str, int] = {}
    for value, count in result.facets["place"].items():
        province, _separator, old = value.partition(":")
        provinces[province] = provinces.get(province, 0) + count
        former[old] = former.get(old, 0) + count
    if only:
        parts = [_former(name, former, chosen) for name in names.former_of(only)]
        return Facet("tinh_cu", _("Nơi mang tên cũ"), _kept(parts), open=True)
    options = [_province(name, names, provinces, former, chosen) for name in names.provinces]
    return Facet("tinh", _("Tỉnh, thành phố"), _kept(options), open=any(map(_within, options)))


def _within(option: Option) -> bool:
    return option.selected or any(child.selected for child in option.children)


def _province(
    name: Name, names: NameBook, provinces: dict[str, int], former: dict[str, int], chosen: Chosen
) -> Option:
    parts = names.former_of(name.code)
    children = _kept([_former(part, former, chosen) for part in parts])
    note = _("gồm %(names)s cũ") % {"names": ", ".join(part.name for part in parts)} if parts else ""
    count = provinces.get(name.code, 0)
    shown = children if count or any(child.selected for child in children) else ()
    return Option(name.slug, name.local, count, ("tinh", name.slug) in chosen, note=note, children=shown)


def _former(name: Name, former: dict[str, int], chosen: Chosen) -> Option:
    label = _("%(name)s (cũ)") % {"name": name.name}
    return Option(
        name.slug, label, former.get(name.code, 0), ("tinh_cu", name.slug) in chosen, name="tinh_cu"
    )


def _categories(result: ProductResult, names: NameBook, chosen: Chosen) -> Facet:
    sets = result.facets["category"]
    options = []
    for group in (name for name in names.categories if name.code.startswith("group-")):
        children = [
            Option(name.slug, name.local, sets.get(name.code, 0), ("nhom", name.slug) in chosen)
            for name in names.categories
            if name.above == group.code
        ]
        count = sum(child.count for child in children)
        options.append(
            Option(group.slug, group.local, count, ("nhom", group.slug) in chosen, children=_kept(children))
        )
    return Facet("nhom", _("Nhóm sản phẩm"), _kept(options), open=True)


def _prices(asked: Asked, result: ProductResult) -> Facet:
    counts = result.facets["price"]
    query = asked.query
    low = "" if query.price_from is None else str(query.price_from)
    high = "" if query.price_to is None else str(query.price_to)
    rest = asked.without(*asked.chosen("gia_tu", "gia_den")) or "?"
    options = []
    for start, end in zip(PRICE_BANDS, ENDS, strict=True):
        last = str(end - 1) if end else ""
        bounds = f"gia_tu={start}" + (f"&gia_den={last}" if last else "")
        options.append(
            Option(
                str(start),
                band_words(start, end),
                counts.get(str(start), 0),
                selected=(low, high) == (str(start), last),
                url=rest + ("" if rest == "?" else "&") + bounds,
            )
        )
    return Facet("gia", _("Giá"), _kept(options), open=True, kind="price", low=low, high=high)


def _forms(result: ProductResult, chosen: Chosen) -> Facet:
    counts = result.facets["form"]
    options = [
        Option(form.value, str(form.label), counts.get(form.value, 0), ("hinh_thuc", form.value) in chosen)
        for form in ProducerForm
    ]
    return Facet("hinh_thuc", _("Nhà sản xuất"), _kept(options), open=any(o.selected for o in options))


def _states(result: ProductResult, chosen: Chosen) -> Facet:
    certified = sum(count for stars, count in result.facets["star"].items() if stars)
    options = [
        Option(
            "1", _("Còn hàng"), result.facets["stock"].get("1", 0), ("con_hang", "1") in chosen, "con_hang"
        ),
        Option("1", _("Đang có sao"), certified, ("chung_nhan", "1") in chosen, "chung_nhan"),
    ]
    return Facet("tinh_trang", _("Tình trạng"), _kept(options), open=True)
