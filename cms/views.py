"""Serves pages: Wagtail's view, with the page found in two queries instead of two a level.

Our pages have no addresses of their own making (no routable pages), so that the path names the page.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.models import HomePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The live page at `path` in the active language; what is not found so is left to Wagtail."""
    if page := _page_at(path):
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # noqa: SLF001  Wagtail documents it as its cache
    response: HttpResponse = wagtail_serve(request, path)
    return response


def _page_at(path: str) -> Page | None:
    """None as well when several sites share the database: then only Wagtail knows which is meant."""
    roots = Site.get_site_root_paths()  # from the cache
    if len({root.site_id for root in roots}) != 1:
        return None
    language = get_language()
    root = next((root.root_path for root in roots if root.language_code == language), None)
    if root is None:
        return None
    address = {"url_path": root + path, "live": True}
    if not path:
        return HomePage.objects.filter(**address).first()
    page = Page.objects.filter(**address).first()
    return page.specific if page else None
