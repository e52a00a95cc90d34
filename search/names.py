"""Names and addresses of places and categories, as filters and chips say them; kept in the process for a while."""

from dataclasses import dataclass

from django.utils.translation import get_language

from catalogue.models import Category
from producers.models import FormerProvince, Province, Region

from .reference import Kept, reference_version


@dataclass(frozen=True, slots=True)
class Name:
    """A place or category: its code in the index, slug in addresses, names, and the code above it."""

    code: str
    slug: str
    name: str
    name_en: str = ""
    above: str = ""

    @property
    def local(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@dataclass(frozen=True)
class NameBook:
    """All of them, in the order in which they are shown."""

    provinces: tuple[Name, ...]
    former: tuple[Name, ...]
    regions: tuple[Name, ...]
    categories: tuple[Name, ...]

    def find(self, kind: str, *, slug: str = "", code: str = "") -> Name | None:
        """One name by slug or by code."""
        names: tuple[Name, ...] = getattr(self, kind)
        return next((name for name in names if name.slug == slug or name.code == code), None)

    def former_of(self, province: str) -> list[Name]:
        """The former provinces that a province was made of, where there was more than itself."""
        parts = [name for name in self.former if name.above == province]
        return parts if len(parts) > 1 else []


def _make() -> NameBook:
    return NameBook(
        provinces=tuple(
            Name(p.code, p.slug, p.display_name, above=p.region.code)
            for p in Province.objects.select_related("region").order_by("slug")
        ),
        former=tuple(
            Name(f.code, f.slug, f.name, above=f.province.code)
            for f in FormerProvince.objects.select_related("province").order_by("slug")
        ),
        regions=tuple(Name(r.code, r.slug, r.name, r.name_en) for r in Region.objects.all()),
        categories=_categories(),
    )


def _categories() -> tuple[Name, ...]:
    """Groups and sets; `above` of a set is its group. Classes are found by slug, with nothing above."""
    found, group = [], ""
    for category in Category.objects.filter(number__isnull=False).order_by("path"):
        code = str(category.code)
        if category.depth == 1:
            group = code
        above = group if category.depth == 3 else ""
        found.append(Name(code, category.slug, category.name, category.name_en, above))
    return tuple(found)


names = Kept(_make, reference_version)
