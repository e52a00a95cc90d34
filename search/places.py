"""Pages of provinces and regions: their own head, and lists of products below."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.cards import cards
from catalogue.crumbs import all_products, home
from marketplace import clock
from search.models import Entry, StarSpan
from search.names import Name, NameBook, names
from search.query import ProductQuery, Sort
from search.searching import search

from .browse import answer, asked_by, listing

BEST = 8


@dataclass(frozen=True)
class ProvinceRow:
    """A province as lists and the map draw it."""

    code: str
    name: str
    url: str
    count: int
    note: str


@require_safe
def province(request: HttpRequest, slug: str) -> HttpResponse:
    """Today's province with its products; a former one leads to today's, narrowed to it."""
    book = names.get()
    place = book.find("provinces", slug=slug)
    if place is None:
        return _to_today(book, slug)
    asked = asked_by(request)
    old = asked.query.former_provinces
    if any(name.code in old and name.above != place.code for name in book.former):
        raise Http404
    query = replace(
        asked.query,
        provinces=frozenset() if old else frozenset({place.code}),
        regions=frozenset(),
        place_held=True,
    )
    context = listing(asked, action=request.path, province=place.code, query=query)
    context |= _head(place, book, old) | {"page_head_elsewhere": True, "title": place.name}
    return answer(request, "places/province.html", context)


def _to_today(book: NameBook, slug: str) -> HttpResponse:
    former = book.find("former", slug=slug)
    today = book.find("provinces", code=former.above) if former else None
    if former is None or today is None:
        raise Http404
    address = reverse("places:province", kwargs={"slug": today.slug})
    return redirect(f"{address}?tinh_cu={former.slug}", permanent=True)


def _head(place: Name, book: NameBook, chosen: frozenset[str]) -> dict[str, Any]:
    parts = book.former_of(place.code)
    region = book.find("regions", code=place.above)
    address = reverse("places:province", kwargs={"slug": place.slug})
    others = ", ".join(part.name for part in parts)
    region_url = reverse("places:region", kwargs={"slug": region.slug}) if region else ""
    return {
        "crumbs": [
            home(),
            all_products(),
            {"label": region.local if region else "", "url": region_url},
            {"label": place.name},
        ],
        "place": {
            "name": place.name,
            "slug": place.slug,
            "formed_from": _("Gồm %(names)s cũ.") % {"names": others} if parts else "",
            "region": place.above,
            "region_name": region.local if region else "",
            "region_url": region_url,
            **_numbers(Q(province=place.code)),
        },
        "former": [
            {"label": part.name, "url": f"{address}?tinh_cu={part.slug}", "chosen": part.code in chosen}
            for part in parts
        ],
    }


def _numbers(where: Q) -> dict[str, int]:
    """Producers and five-star products of a place today, in one query; alcohol counts for nobody here."""
    today = clock.today()
    five = StarSpan.objects.filter(first_day__lte=today, last_day__gte=today, stars=5).values("entry_id")
    found = Entry.objects.filter(where, adult=False).aggregate(
        product_count=Count("pk"),
        producer_count=Count("producer_id", distinct=True),
        five_star_count=Count("pk", filter=Q(pk__in=five)),
    )
    return {key: int(value) for key, value in found.items()}


@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """A region: its provinces, the map, and those of its products in stock that have most stars."""
    book = names.get()
    place = book.find("regions", slug=slug)
    if place is None:
        raise Http404
    adult: bool = request.is_adult  # type: ignore[attr-defined]
    best = ProductQuery(
        text="",
        day=clock.today(),
        regions=frozenset({place.code}),
        sort=Sort.STARS,
        in_stock=True,
        adult=adult,
        page_size=BEST,
    )
    counts = _counts(adult=adult)
    return render(
        request,
        "places/region.html",
        {
            "crumbs": [home(), all_products(), {"label": place.local}],
            "place": {
                "name": place.local,
                "slug": place.slug,
                "region": place.code,
                **_numbers(Q(region=place.code)),
            },
            "provinces": [_row(name, book, counts) for name in book.provinces if name.above == place.code],
            "places": [_row(name, book, counts) for name in book.provinces],
            "here": [name.code for name in book.provinces if name.above == place.code],
            "cards": cards(search(best, facets=False).ids, day=best.day),
            "browse_url": f"{reverse('search:browse')}?vung={place.slug}",
        },
    )


def _counts(*, adult: bool) -> dict[str, int]:
    seen = Entry.objects.all() if adult else Entry.objects.filter(adult=False)
    return dict(seen.order_by().values_list("province").annotate(count=Count("pk")))


def _row(name: Name, book: NameBook, counts: dict[str, int]) -> ProvinceRow:
    parts = ", ".join(part.name for part in book.former_of(name.code))
    return ProvinceRow(
        code=name.code,
        name=name.name,
        url=reverse("places:province", kwargs={"slug": name.slug}),
        count=counts.get(name.code, 0),
        note=_("gồm %(names)s cũ") % {"names": parts} if parts else "",
    )
