"""The list of wishes, and the heart that puts products on it and takes them off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from marketplace import clock

from .forms import HeartForm
from .page import lines_of, wishes
from .wishes import CannotWish, forget, promise, title_of, unwish, wish, wishable

A_PAGE = 24
LONGEST = 2000


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One's own wishes, the latest first."""
    page = Paginator(lines_of(_me(request)), A_PAGE).get_page(request.GET.get("trang"))
    adult = bool(getattr(request, "is_adult", False))
    shown = wishes(list(page.object_list), day=clock.today(), adult=adult)
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "wishes": shown,
        "some_hidden": any(wish.hidden for wish in shown),
        "adult_action": reverse("search:adult"),
    }
    return render(request, "wishlists/list.html", context)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """A heart was pressed. A guest is asked to sign in first, and comes back with the wish put down."""
    form = HeartForm(request.POST)
    if not form.is_valid():
        return _back(request)
    adult = bool(getattr(request, "is_adult", False))
    product_id, on = form.cleaned_data["product"], form.cleaned_data["on"]
    try:
        if not request.user.is_authenticated:
            return _sign_in_first(request, product_id, adult=adult)
        if on:
            wish(user_id=_me(request), product_id=product_id, adult=adult)
        else:
            unwish(user_id=_me(request), product_id=product_id)
    except CannotWish as error:
        messages.warning(request, str(error))
        return _to(request, reverse("wishlist:list"))
    if getattr(request, "htmx", False):
        heart = {"pk": product_id, "on": on, "wide": form.wide, "title": title_of(product_id)}
        return render(request, "wishlists/_pressed.html", heart)
    return _back(request)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """From a button of the list."""
    forget(user_id=_me(request), line_id=pk)
    return redirect("wishlist:list")


def _sign_in_first(request: HttpRequest, product_id: int, *, adult: bool) -> HttpResponse:
    promise(request, product=wishable(product_id=product_id, adult=adult))
    answer = redirect_to_login(_address(request))
    return HttpResponseClientRedirect(answer.url) if getattr(request, "htmx", False) else answer


def _address(request: HttpRequest) -> str:
    """Where the heart was pressed, if that is a page of ours."""
    htmx: Any = getattr(request, "htmx", None)
    address = (htmx and htmx.current_url_abs_path) or request.POST.get("ve", "")
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if ours and len(address) <= LONGEST else reverse("wishlist:list")


def _back(request: HttpRequest) -> HttpResponse:
    return _to(request, _address(request))


def _to(request: HttpRequest, address: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _me(request: HttpRequest) -> int:
    """The key of whoever is signed in."""
    return int(request.user.pk)  # type: ignore[arg-type]  # login_required or the view has seen to it
