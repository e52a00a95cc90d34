"""One page from basket to order, for guests; cash on delivery."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from marketplace import clock
from marketplace.basket import count
from marketplace.basket.requests import BuyerRequest
from marketplace.basket.summary import Summary, summarise
from marketplace.order.models import Order
from marketplace.order.numbers import placement_key
from marketplace.order.placement import CannotPlace, SumChanged, find_placed, place_order
from marketplace.shipping import destination as places
from marketplace.shipping.quotes import Destination
from producers.communes import CommuneError, communes_of, find_commune

from .attempt import attempt_of
from .forms import CheckoutForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: BuyerRequest) -> HttpResponse:
    """The page and its form. A form sent again leads to the order it has already made."""
    placed = find_placed(request.POST.get("khoa", ""))
    if placed:
        return _to_order(placed)
    basket = request.basket
    if basket.is_empty:
        return redirect("basket:summary")
    if request.method == "POST":
        return _submitted(request)
    chosen = places.chosen(request)
    form = CheckoutForm(initial={"tinh": chosen.province.slug} if chosen else None)
    return _page(request, form, _summary(request, chosen))


@never_cache
@require_safe
def charges(request: BuyerRequest) -> HttpResponse:
    """For htmx: the sums towards another place, and that province's communes."""
    found = _typed_destination(request)
    if request.basket.is_empty:
        return HttpResponseClientRedirect(reverse("basket:summary"))
    context = {
        "summary": _summary(request, found),
        "communes": communes_of(found.province) if found else [],
    }
    response = render(request, "checkout/_charges.html", context)
    if found:
        places.remember(response, destination=found)
    return response


def _submitted(request: BuyerRequest) -> HttpResponse:
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, form, _summary(request, form.destination or _typed_destination(request)))
    basket = request.basket
    attempt = attempt_of(form, basket_id=basket.pk, language=get_language() or "vi", user=request.user)
    try:
        order = place_order(attempt=attempt, strategy=request.strategy, moment=clock.now())
    except CannotPlace as error:
        form.add_error(None, str(error))
        basket.reset_offer_applications()
        return _page(
            request, form, _summary(request, form.destination), changed=isinstance(error, SumChanged)
        )
    return _to_order(order)


def _page(
    request: BuyerRequest, form: CheckoutForm, summary: Summary, *, changed: bool = False
) -> HttpResponse:
    """The whole page; 200 with its errors in it, so that a browser without script shows them."""
    context = {
        "form": form,
        "summary": summary,
        "communes": form.communes(),
        "key": placement_key(request.basket.pk),
        "changed": changed,
        "basket_count": summary.pieces,
    }
    response = render(request, "checkout/checkout.html", context)
    if summary.destination:
        places.remember(response, destination=summary.destination)
    return response


def _summary(request: BuyerRequest, destination: Destination | None) -> Summary:
    basket = request.basket
    return summarise(basket=basket, destination=destination, day=clock.today())


def _typed_destination(request: BuyerRequest) -> Destination | None:
    """Province and, if it fits, commune, as far as they are typed."""
    data = request.POST if request.method == "POST" else request.GET
    found = places.find(data.get("tinh", ""))
    if found is None:
        return None
    try:
        return Destination(
            found.province, find_commune(province=found.province, text=data.get("xa", "")[:96])
        )
    except CommuneError:
        return found


def _to_order(order: Order) -> HttpResponse:
    response = redirect(order)
    count.remember(response, pieces=0)
    return response
