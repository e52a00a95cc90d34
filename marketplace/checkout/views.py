"""One page from basket to order, for guests and account holders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from marketplace import clock
from marketplace.basket import count, seen
from marketplace.basket.change import Ordered
from marketplace.basket.middleware import read_anew
from marketplace.basket.requests import BuyerRequest
from marketplace.order.models import Order, PaymentState
from marketplace.order.numbers import placement_key
from marketplace.order.placement import CannotPlace, find_placed

from . import latest, lines, page, saved
from .attempt import attempt_of
from .forms import CheckoutForm, typed
from .paying import place


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: BuyerRequest) -> HttpResponse:
    """The page and its form. A form sent again leads to the order it has already made."""
    placed = find_placed(request.POST.get("khoa", ""))
    if placed:
        return _again(request, placed)
    if request.basket.is_empty:
        return _nothing(request)
    if request.method == "POST":
        shown = seen.read(request.POST.get("da_xem", ""))
        asked = lines.asked_for(request.POST, basket=request.basket, seen=shown)
        return _changed(request, asked) if asked else _submitted(request, shown)
    return page.first(request)


@never_cache
@require_safe
def charges(request: BuyerRequest) -> HttpResponse:
    """For htmx: the sums towards another place or in another way, and that province's communes."""
    if request.basket.is_empty:
        return HttpResponseClientRedirect(reverse("basket:summary"))
    form = CheckoutForm(summary=page.standing(request), initial=typed(saved.answers(request)))
    return page.parts(request, form)


def _changed(request: BuyerRequest, asked: lines.Asked) -> HttpResponse:
    """Other quantities; everything typed stays, and nothing is found fault with yet."""
    try:
        changed = lines.change(asked=asked, basket=request.basket)
    except Ordered:
        placed = find_placed(placement_key(request.basket.pk))
        return _again(request, placed) if placed else redirect("basket:summary")
    read_anew(request)
    if request.basket.is_empty:
        return _nothing(request)
    if not asked.pressed:
        changed.above.append(_("Số lượng đã đổi. Bạn xem lại tổng tiền rồi xác nhận nhé."))
    form = CheckoutForm(summary=page.standing(request), initial=typed(saved.answers(request)))
    return page.changed(request, form, changed)


def _submitted(request: BuyerRequest, shown: seen.Seen) -> HttpResponse:
    form = CheckoutForm(saved.answers(request), summary=page.standing(request))
    if not form.is_valid():
        return page.whole(request, form, shown=shown)
    attempt = attempt_of(form, request=request, seen=shown, language=get_language() or "vi")
    try:
        order = place(
            attempt, way=form.cleaned_data["thanh_toan"], strategy=request.strategy, moment=clock.now()
        )
    except CannotPlace as error:
        return _stopped(request, str(error), shown)
    saved.keep(request, form)
    return _to_order(request, order)


def _stopped(request: BuyerRequest, reason: str, shown: seen.Seen) -> HttpResponse:
    """The page as things are now, with what stopped the order and what is other than it was."""
    read_anew(request)
    if request.basket.is_empty:
        return _nothing(request)
    form = CheckoutForm(saved.answers(request), summary=page.standing(request))
    form.add_error(None, reason)
    return page.whole(request, form, shown=shown)


def _to_order(request: BuyerRequest, order: Order) -> HttpResponse:
    address = order.get_absolute_url()
    if order.payment_state == PaymentState.AWAITING_PAYMENT:
        address = reverse("payment:pay", kwargs={"token": order.token})
    response = HttpResponseClientRedirect(address) if request.htmx else redirect(address)
    count.remember(response, pieces=0)
    latest.remember(response, order=order)
    return response


def _again(request: BuyerRequest, order: Order) -> HttpResponse:
    messages.info(request, _("Giỏ hàng này đã được đặt rồi: đây là đơn của bạn, không có đơn thứ hai."))
    return _to_order(request, order)


def _nothing(request: BuyerRequest) -> HttpResponse:
    """To the order just made, if there is one (the way back in a browser leads here), else to the basket."""
    order = latest.remembered(request) if request.method != "POST" else None
    if order:
        return _again(request, order)
    messages.warning(request, _("Giỏ hàng đang trống nên chưa có gì để đặt."))
    address = reverse("basket:summary")
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
