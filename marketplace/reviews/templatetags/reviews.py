"""Reviews on pages of lower packages: `{% load reviews %}`."""

from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.urls import reverse

from marketplace.order.delivered import delivered_lines
from marketplace.order.models import Order
from marketplace.reviews.models import ProductReview
from marketplace.reviews.page import reviews_of

register = template.Library()


@register.inclusion_tag("reviews/_section.html", takes_context=True)
def product_reviews(context: Context, product: Any) -> dict[str, Any]:
    """`{% product_reviews goods %}`: what buyers say of a listed product, as the page's query filters it."""
    request = context.get("request")
    asked = request.GET if request else QueryDict()
    return {**reviews_of(product, asked), "request": request, "user": context.get("user")}


@register.simple_tag
def review_links(order: Order) -> list[dict[str, Any]]:
    """`{% review_links order as links %}`: for each delivered line, its consignment's key and the way to write or
    change its review; for _links.html. Two queries an order."""
    lines = delivered_lines(order).filter(product__isnull=False)
    written = set(ProductReview.objects.filter(line__in=lines).values_list("line", flat=True))
    return [
        {
            "consignment": line.consignment_id,
            "title": line.title,
            "url": reverse("reviews:write_by_link", kwargs={"token": order.token, "line": line.pk}),
            "written": line.pk in written,
        }
        for line in lines
    ]
