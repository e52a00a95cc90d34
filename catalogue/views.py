"""The product page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace import clock

from .product_page import find, product_page
from .signals import product_opened


@require_safe
def detail(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """A listed product. A size's key and a wrong slug lead to its address; alcohol asks for the age first."""
    product = find(pk)
    if product is None:
        raise Http404
    if pk != product.pk or product_slug != product.slug:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(product.get_absolute_url() + (f"?{query}" if query else ""))
    adult: bool = request.is_adult  # type: ignore[attr-defined]
    if product.is_alcohol and not adult:
        context: dict[str, Any] = {"adult_action": reverse("search:adult")}
        return render(request, "catalogue/adult.html", context)
    page = product_page(product, day=clock.today(), adult=adult, absolute=request.build_absolute_uri)
    product_opened.send(sender=detail, product=product, request=request)
    return render(request, "catalogue/product.html", page)
