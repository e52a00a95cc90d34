"""What staff print for a producer and for a buyer. A paper shows a person, so taking one is an opening too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace import clock
from marketplace.audit.models import record
from marketplace.order.models import Consignment, Order
from marketplace.order.papers.order import order_paper
from marketplace.order.papers.packing import packing_list
from marketplace.order.views import pdf

from .history import OPENED

PLACES = ("shipping_address__province", "shipping_address__commune")


@never_cache
@require_safe
def of_order(request: HttpRequest, pk: int) -> HttpResponse:
    """In the buyer's language, since the buyer gets it."""
    order = get_object_or_404(Order.objects.select_related(*PLACES), pk=pk)
    _taken(request.user, order, order.number)
    with override(order.language):
        content = order_paper(order=order, moment=clock.now(), shows_person=True)
    return pdf(content, name=order.number)


@never_cache
@require_safe
def of_consignment(request: HttpRequest, pk: int) -> HttpResponse:
    """In Vietnamese, since the producer packs by it."""
    places = [f"order__{place}" for place in PLACES]
    part = get_object_or_404(Consignment.objects.select_related("partner", *places), pk=pk)
    _taken(request.user, part.order, part.number)
    with override("vi"):
        content = packing_list(consignment=part, moment=clock.now())
    return pdf(content, name=part.number)


def _taken(user: Any, order: Order, paper: str) -> None:
    record(action=OPENED, target=order, actor=user, after={"paper": paper})
