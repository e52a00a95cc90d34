"""Puts the basket's page together."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace import clock
from marketplace.shipping import destination as places
from marketplace.shipping.models import Way
from marketplace.shipping.quotes import Destination
from producers.models import Province

from . import count
from .models import Basket
from .requests import BuyerRequest
from .summary import Group, summarise


def basket_page(
    request: BuyerRequest, *, towards: Destination | None = None, undo: str = "", said: str = ""
) -> HttpResponse:
    """The page, or for htmx its changing part. `undo`: what was removed, as product.quantity."""
    basket: Basket = request.basket
    seen = summarise(basket=basket, destination=towards or places.chosen(request), day=clock.today())
    context = {
        "summary": seen,
        "groups": [_group(group) for group in seen.groups],
        "provinces": Province.objects.all() if seen.groups else [],
        "undo": _undo(undo or request.GET.get("da_bo", ""), adult=request.is_adult),
        "basket_count": seen.pieces,
        "said": said,
        **_said(request),
    }
    if seen.pieces < count.remembered(request) and request.method == "GET" and not context["undo"]:
        context["vanished"] = True
    htmx = request.htmx and not request.htmx.boosted
    response = render(request, "basket/_basket.html" if htmx else "basket/basket.html", context)
    count.remember(response, pieces=seen.pieces)
    return response


def _said(request: BuyerRequest) -> dict[str, Any]:
    """Messages of this visit: those about a line by its key, the others for the top of the page."""
    at_lines: dict[int, str] = {}
    above = []
    for message in messages.get_messages(request):
        tag = message.extra_tags or ""
        if tag.startswith("dong-"):
            at_lines[int(tag.removeprefix("dong-"))] = str(message)
        else:
            above.append(message)
    return {"at_lines": at_lines, "messages": above}


def _group(group: Group) -> dict[str, Any]:
    """A producer's part with the way to free sending: reached, missing, or not on offer."""
    sent = group.way == Way.DELIVERY and not (group.quote and group.quote.refusal)
    free_from = (group.quote.free_from if group.quote else group.terms.free_from) if sent else None
    missing = max(free_from - group.goods, Decimal(0)) if free_from is not None else None
    return {"group": group, "free_from": free_from, "missing": missing}


def _undo(text: str, *, adult: bool) -> dict[str, Any] | None:
    """What was removed, to be put back; None for anything that is not ours or not for this visitor."""
    key, dot, quantity = text.partition(".")
    if not (dot and key.isascii() and key.isdigit() and quantity.isascii() and quantity.isdigit()):
        return None
    if len(text) > 24:
        return None
    product = Product.objects.select_related("parent").filter(pk=int(key)).first()
    if product is None or (product.is_alcohol and not adult):
        return None
    words = _("Đã bỏ %(title)s khỏi giỏ hàng.") % {"title": product.listed.title}
    return {"text": words, "product": product.pk, "quantity": int(quantity)}
