"""Back-in-stock notices on the product page: `{% load alerts %}`."""

from typing import Any

from django import template
from django.template import Context

from marketplace.customer.models import OPEN, ProductAlert

register = template.Library()


@register.inclusion_tag("customer/_ask.html", takes_context=True)
def stock_alert(context: Context) -> dict[str, Any]:
    """`{% stock_alert %}` on the product page: a form for what is sold out; nothing, and no query, where nothing
    is, nor for alcohol, of which no notices are sent."""
    product = context["product"]
    out: list[dict[str, Any]] = []
    if product["sale"] == "on_sale" and not product["adult"] and product["price"] is not None:
        out = [{"id": size.id, "label": size.label} for size in context["sizes"] if not size.in_stock]
        if not context["sizes"] and not product["in_stock"]:
            out = [{"id": context["product_id"], "label": ""}]
    user = context.get("user")
    signed_in = bool(user and user.is_authenticated)
    waiting = _waiting(user, out) if out and signed_in else set()
    asked = [one for one in out if one["id"] not in waiting]
    return {"out": asked, "waits": bool(waiting), "signed_in": signed_in, "request": context.get("request"),
            "csrf_token": context.get("csrf_token")}  # fmt: skip


def _waiting(user: Any, out: list[dict[str, Any]]) -> set[int]:
    own = ProductAlert.objects.filter(user=user, status__in=OPEN, product__in=[one["id"] for one in out])
    return set(own.values_list("product", flat=True))
