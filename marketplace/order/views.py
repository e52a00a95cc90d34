"""The order's page, for whoever has its link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import Order
from .page import order_context


@never_cache
@require_safe
def detail(request: HttpRequest, token: str) -> HttpResponse:
    """Never indexed, and its address is told to no other site."""
    order = get_object_or_404(
        Order.objects.select_related("shipping_address__province", "shipping_address__commune"), token=token
    )
    link = request.build_absolute_uri(order.get_absolute_url())
    response = render(request, "order/order.html", order_context(order) | {"link": link})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
