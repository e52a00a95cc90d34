"""Lists of products: browse and search, suggestions while typing, the page on ranking, and the 18+ statement."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue.adult import remember
from catalogue.crumbs import Crumb, all_products, home
from marketplace import clock

from .browse import answer, asked_by, listing
from .suggest import suggestions
from .transparency import parameters_in_use


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """All products, or those that fit the text and the filters; htmx gets what changes alone."""
    context = listing(asked_by(request), action=request.path)
    context["crumbs"] = _way(context)
    return answer(request, "search/browse.html", context)


def _way(context: dict[str, Any]) -> list[Crumb]:
    """A search is called so; its words stand in the heading."""
    if context["q"]:
        return [home(), all_products(), {"label": _("Tìm kiếm")}]
    if context["chosen_filters"]:
        return [home(), all_products(), {"label": context["title"]}]
    return [home(), {"label": context["title"]}]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What the beginning of a word may become."""
    adult: bool = request.is_adult  # type: ignore[attr-defined]
    groups = suggestions(request.GET.get("q", "")[:100], adult=adult)
    return render(request, "search/_suggest.html", {"groups": groups})


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """How results are ordered (Decree 248/2026, art. 11), with the numbers and the promoted results in force."""
    adult: bool = request.is_adult  # type: ignore[attr-defined]
    return render(request, "search/ranking.html", parameters_in_use(day=clock.today(), adult=adult))


@require_POST
def state_age(request: HttpRequest) -> HttpResponse:
    """Keep the visitor's statement to be 18 or over, or forget it (field `bo`), and go back where it was made."""
    target = request.POST.get("next", "")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if safe else reverse("search:browse"))
    remember(response, adult="bo" not in request.POST, secure=request.is_secure())
    return response
