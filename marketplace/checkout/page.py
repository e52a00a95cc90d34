"""Puts the checkout's page together, whole or what changed of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from marketplace import clock
from marketplace.address.forms import initial_of
from marketplace.basket import count
from marketplace.basket.differences import differences
from marketplace.basket.requests import BuyerRequest
from marketplace.basket.seen import Seen
from marketplace.basket.summary import Summary, summarise
from marketplace.order.numbers import placement_key
from marketplace.shipping import destination as places
from marketplace.shipping.quotes import Destination
from producers.communes import CommuneError, find_commune

from .forms import LISTENED, CheckoutForm
from .lines import Changed
from .parts import producers_of, ways_of
from .saved import addresses_of, answers, first_choice

LONGEST_COMMUNE = 96


def standing(request: BuyerRequest) -> Summary:
    """The basket towards the place and in the ways that are typed, as far as they are."""
    return _summary(request, _typed_destination(request), ways=ways_of(answers(request).dict()))


def first(request: BuyerRequest) -> HttpResponse:
    """The page before anything is typed; what an account knows of its owner stands in it."""
    address = first_choice(request)
    chosen = Destination(address.province, address.commune) if address else places.chosen(request)
    known = {"tinh": chosen.province.slug} if chosen else {}
    known |= _owner(request.user)
    if address:
        known |= initial_of(address) | {"dia_chi": str(address.pk)}
    form = CheckoutForm(summary=_summary(request, chosen), initial=known)
    return whole(request, form)


def whole(request: BuyerRequest, form: CheckoutForm, *, shown: Seen | None = None) -> HttpResponse:
    """The whole page, 200 even with errors in it, so that a browser without script shows them.

    `shown` is what the buyer saw before; what is other by now is told line by line.
    """
    return _whole(request, form, {"differences": _differences(shown, form.summary)})


def changed(request: BuyerRequest, form: CheckoutForm, done: Changed) -> HttpResponse:
    """After other quantities: the sums, or for a browser without script, or when a producer has gone, all of it."""
    context = {"at_lines": done.at_lines, "above": done.above}
    if not request.htmx:
        return _whole(request, form, context)
    if producers_of(request.POST.dict()) == {group.producer.pk for group in form.summary.groups}:
        return parts(request, form, context)
    response = render(request, "checkout/_form.html", _context(request, form) | context)
    return reswap(retarget(_remembering(response, form), "#dat"), "outerHTML")


def parts(request: BuyerRequest, form: CheckoutForm, context: dict[str, Any] | None = None) -> HttpResponse:
    """For htmx: the sums, the ways of each producer, other ways to pay, and the province's communes."""
    other_ways = answers(request).get("cac_cach", "") != form.ways_shown
    shown = _context(request, form) | {"other_ways": other_ways} | (context or {})
    response = render(request, "checkout/_parts.html", shown)
    return _remembering(response, form)


def _whole(request: BuyerRequest, form: CheckoutForm, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "checkout/checkout.html", _context(request, form) | context)
    return _remembering(response, form)


def _context(request: BuyerRequest, form: CheckoutForm) -> dict[str, Any]:
    return {
        "form": form,
        "parts": form.parts(),
        "summary": form.summary,
        "communes": form.communes(),
        "addresses": addresses_of(request),
        "listened": LISTENED,
        "key": placement_key(request.basket.pk),
        "basket_count": form.summary.pieces,
    }


def _remembering(response: HttpResponse, form: CheckoutForm) -> HttpResponse:
    if form.summary.destination:
        places.remember(response, destination=form.summary.destination)
    count.remember(response, pieces=form.summary.pieces)
    return response


def _differences(shown: Seen | None, summary: Summary) -> list[Any]:
    return differences(before=shown, now=summary.view) if shown else []


def _summary(request: BuyerRequest, to: Destination | None, **choices: Any) -> Summary:
    return summarise(basket=request.basket, destination=to, day=clock.today(), **choices)


def _typed_destination(request: BuyerRequest) -> Destination | None:
    """Province and, if it fits, commune, as far as they are typed."""
    data = answers(request)
    found = places.find(data.get("tinh", ""))
    if found is None:
        return None
    text = data.get("xa", "")[:LONGEST_COMMUNE]
    try:
        return Destination(found.province, find_commune(province=found.province, text=text))
    except CommuneError:
        return found


def _owner(user: Any) -> dict[str, str]:
    """Name, phone and e-mail of whoever is signed in, as far as the account knows them."""
    if not user.is_authenticated:
        return {}
    name = f"{user.last_name} {user.first_name}".strip()
    return {"ho_ten": name, "dien_thoai": (user.phone or "").replace("+84", "0"), "email": user.email or ""}
