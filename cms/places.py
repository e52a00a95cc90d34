"""Places with the number of their products, for the home page: counts in one query, names from the cache."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language

from catalogue.cards import for_visitor
from catalogue.models import Product
from producers.models import FormerProvince

CACHE_KEY = "cms-places"
CACHE_SECONDS = 600  # names of places are reference data; counts are never kept


@dataclass(frozen=True)
class CountedProvince:
    """What the map draws."""

    code: str
    name: str
    url: str
    count: int


@dataclass
class PlaceOverview:
    """Provinces in order of name, regions from north to south, and names that are no province's any more."""

    provinces: list[CountedProvince] = field(default_factory=list)
    regions: list[dict[str, Any]] = field(default_factory=list)
    old_names: list[dict[str, str]] = field(default_factory=list)


def place_overview(*, adult: bool) -> PlaceOverview:
    """All places with the listed products a visitor may see."""
    counts, names = _counts(adult=adult), _names()
    overview = PlaceOverview()
    regions: dict[int, dict[str, Any]] = {}
    seen: set[str] = set()
    for row in names:
        if row["province__code"] in seen:
            continue
        seen.add(row["province__code"])
        province = _province(row, counts[row["province__code"]])
        overview.provinces.append(province)
        region = regions.setdefault(row["province__region__position"], _region(row))
        region["count"] += province.count
    overview.regions = [regions[position] for position in sorted(regions)]
    overview.old_names = _old_names(names)
    return overview


def _counts(*, adult: bool) -> Counter[str]:
    seen = for_visitor(Product.objects.listed(), adult=adult)
    rows = seen.order_by().values_list("province__code").annotate(n=Count("pk"))
    return Counter(dict(rows.iterator()))


def _names() -> list[dict[str, Any]]:
    """One row for each former province, with today's province and its region; in order of today's name."""
    rows: list[dict[str, Any]] | None = caches["reference"].get(CACHE_KEY)
    if not rows:
        rows = [
            dict(row)
            for row in FormerProvince.objects.order_by("province__slug", "slug").values(
                "name",
                "slug",
                "province__code",
                "province__name",
                "province__display_name",
                "province__slug",
                "province__region__slug",
                "province__region__name",
                "province__region__name_en",
                "province__region__position",
            )
        ]
        caches["reference"].set(CACHE_KEY, rows, CACHE_SECONDS)
    return rows


def _province(row: dict[str, Any], count: int) -> CountedProvince:
    url = reverse("places:province", kwargs={"slug": row["province__slug"]})
    return CountedProvince(row["province__code"], row["province__display_name"], url, count)


def _region(row: dict[str, Any]) -> dict[str, Any]:
    name = row["province__region__name_en" if get_language() == "en" else "province__region__name"]
    url = reverse("places:region", kwargs={"slug": row["province__region__slug"]})
    return {"name": name, "url": url, "count": 0}


def _old_names(names: list[dict[str, Any]]) -> list[dict[str, str]]:
    today = {row["province__name"] for row in names}
    gone = sorted((row for row in names if row["name"] not in today), key=lambda row: row["slug"])
    return [
        {
            "name": row["name"],
            "url": f"{reverse('places:province', kwargs={'slug': row['province__slug']})}?tinh_cu={row['slug']}",
        }
        for row in gone
    ]
