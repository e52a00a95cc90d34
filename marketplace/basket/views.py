"""The basket: shown by producer with charges, changed by small forms that work with and without htmx."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalogue.models import Product
from marketplace.shipping import destination

from . import count
from .change import CannotBuy, Ordered, Outcome, add, remove, set_quantity
from .forms import AddForm, QuantityForm
from .middleware import read_anew, start_anew
from .models import Line
from .page import basket_page
from .requests import BuyerRequest


@never_cache
@require_safe
def summary(request: BuyerRequest) -> HttpResponse:
    """The whole page."""
    return basket_page(request)


@require_POST
def add_view(request: BuyerRequest) -> HttpResponse:
    """From a product page; answers with the basket, or for htmx with a short note."""
    form = AddForm(request.POST)
    if not form.is_valid():
        errors = form.errors.get("so_luong") or [_("Chúng tôi không tìm thấy sản phẩm này.")]
        return _added(request, messages.ERROR, str(errors[0]))
    product = get_object_or_404(Product, pk=form.cleaned_data["san_pham"])
    if product.is_alcohol and not request.is_adult:
        return _added(request, messages.ERROR, _("Sản phẩm này chỉ dành cho người từ 18 tuổi."))
    try:
        outcome = _put_in(request, product, form.cleaned_data["so_luong"])
    except CannotBuy as error:
        return _added(request, messages.ERROR, str(error))
    return _added(request, messages.WARNING if outcome.adjusted else messages.SUCCESS, outcome.text)


@require_POST
def change_view(request: BuyerRequest, line_id: int) -> HttpResponse:
    """A new quantity for one of the visitor's own lines: `dat` of a button − or +, or what was typed."""
    line = _own_line(request, line_id)
    if line is None:
        return _gone(request)
    form = QuantityForm({"so_luong": request.POST.get("dat") or request.POST.get("so_luong")})
    if not form.is_valid():
        return _changed(request, Outcome(str(form.errors["so_luong"][0]), line, adjusted=True), line)
    try:
        outcome = set_quantity(basket=request.basket, line=line, quantity=form.cleaned_data["so_luong"])
    except Ordered as error:
        return _ordered(request, str(error))
    return _changed(request, outcome, line)


@require_POST
def remove_view(request: BuyerRequest, line_id: int) -> HttpResponse:
    """Takes a line out; the page offers to put it back."""
    line = _own_line(request, line_id)
    if line is None:
        return _gone(request)
    try:
        outcome = remove(basket=request.basket, line=line)
    except Ordered as error:
        return _ordered(request, str(error))
    return _changed(request, outcome, line)


@require_POST
def province_view(request: BuyerRequest) -> HttpResponse:
    """Remembers where the goods shall go, for an estimate of the charges."""
    found = destination.find(request.POST.get("tinh", ""))
    response = basket_page(request, towards=found) if request.htmx else redirect("basket:summary")
    if found:
        destination.remember(response, destination=found)
    return response


def _own_line(request: BuyerRequest, line_id: int) -> Line | None:
    """A line of the visitor's open basket, or None: removed or ordered in another window, or a stranger's."""
    return next((line for line in request.basket.all_lines() if line.pk == line_id), None)


def _gone(request: BuyerRequest) -> HttpResponse:
    """The basket as it is now, and why nothing was changed."""
    text = _("Món này không còn trong giỏ của bạn.")
    messages.warning(request, text)
    return basket_page(request, said=text) if request.htmx else redirect("basket:summary")


def _put_in(request: BuyerRequest, product: Product, quantity: int) -> Outcome:
    """Into the visitor's basket, or a new one when theirs has just been ordered in another window."""
    try:
        return add(basket=request.basket, product=product, quantity=quantity)
    except Ordered:
        start_anew(request)
        return add(basket=request.basket, product=product, quantity=quantity)


def _added(request: BuyerRequest, level: int, text: str) -> HttpResponse:
    basket = request.basket
    if request.htmx:
        response: HttpResponse = render(request, "basket/_added.html", {"text": text, "level": level})
    else:
        messages.add_message(request, level, text)
        response = redirect("basket:summary")
    count.remember(response, pieces=basket.num_items)
    return response


def _ordered(request: BuyerRequest, text: str) -> HttpResponse:
    """The new, empty basket, and why it is empty."""
    start_anew(request)
    messages.warning(request, text)
    return basket_page(request, said=text) if request.htmx else redirect("basket:summary")


def _changed(request: BuyerRequest, outcome: Outcome, line: Line) -> HttpResponse:
    """The basket with what happened said at the line, or above when the line is gone."""
    gone = outcome.line is None
    undo = f"{line.product_id}.{line.quantity}" if gone else ""
    if outcome.adjusted:
        messages.warning(request, outcome.text, extra_tags=f"dong-{line.pk}")
    if request.htmx:
        read_anew(request)
        return basket_page(request, undo=undo, said=outcome.text)
    address = reverse("basket:summary") + (f"?da_bo={undo}" if undo else "")
    return HttpResponseRedirect(address)
