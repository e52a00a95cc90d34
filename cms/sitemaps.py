"""What search engines may know: pages, products, producers and places in both languages; no alcohol."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page

from catalogue.cards import for_visitor
from catalogue.models import Product
from catalogue.producer_list import Wish, found
from producers.models import Producer, Province, Region

PER_FILE = 5000


class ShopSitemap(Sitemap[Any]):
    """The shop's own pages: one address per language, each naming the other."""

    i18n = True
    alternates = True
    x_default = True
    limit = PER_FILE

    def get_domain(self, site: Any = None) -> str:
        """The host that was asked, not the row of django.contrib.sites."""
        return self.host

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.host = request.get_host()
        self.protocol = request.scheme


class ProductSitemap(ShopSitemap):
    def items(self) -> "QuerySet[Product]":
        listed = for_visitor(Product.objects.listed(), adult=False)
        return listed.only("slug", "structure", "parent", "date_updated").order_by("pk")

    def lastmod(self, item: Product) -> Any:
        return item.date_updated


class ProducerSitemap(ShopSitemap):
    def items(self) -> "QuerySet[Producer]":
        return found(Wish()).only("slug").order_by("pk")


class PlaceSitemap(ShopSitemap):
    def items(self) -> list[Province | Region]:
        return [*Region.objects.all(), *Province.objects.all()]

    def location(self, item: Province | Region) -> str:
        kind = "region" if isinstance(item, Region) else "province"
        return reverse(f"places:{kind}", kwargs={"slug": item.slug})


class ListSitemap(ShopSitemap):
    def items(self) -> list[str]:
        return ["search:browse", "producers:list", "search:ranking"]

    def location(self, item: str) -> str:
        return reverse(item)


class PageSitemap(ShopSitemap):
    """Wagtail's pages; each language has its own."""

    i18n = False
    alternates = False

    def items(self) -> "QuerySet[Page]":
        live: QuerySet[Page] = Page.objects.live().public().filter(depth__gte=2)
        return live.order_by("path")

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def lastmod(self, item: Page) -> Any:
        return item.last_published_at


SECTIONS: dict[str, type[ShopSitemap]] = {
    "trang": PageSitemap,
    "danh-sach": ListSitemap,
    "noi": PlaceSitemap,
    "nha-san-xuat": ProducerSitemap,
    "san-pham": ProductSitemap,
}


def index(request: HttpRequest) -> HttpResponse:
    """The list of site maps."""
    places = []
    for name, kind in SECTIONS.items():
        address = request.build_absolute_uri(reverse("sitemap_section", kwargs={"section": name}))
        pages = kind(request).paginator.page_range
        places += [{"location": f"{address}?p={page}" if page > 1 else address} for page in pages]
    return render(request, "sitemap_index.xml", {"sitemaps": places}, content_type="application/xml")


def section(request: HttpRequest, section: str) -> HttpResponse:
    """One site map, or 404."""
    if section not in SECTIONS:
        raise Http404
    return django_views.sitemap(request, {section: SECTIONS[section](request)})


def robots(request: HttpRequest) -> HttpResponse:
    """Leaves out what is of no use in a search engine: baskets, orders, staff, endless filters."""
    return render(request, "cms/robots.txt", content_type="text/plain")
