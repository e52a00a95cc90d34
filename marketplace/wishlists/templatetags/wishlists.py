"""Hearts for the pages of lower packages: `{% load wishlists %}`."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from marketplace.wishlists.wishes import wished_by

register = template.Library()


@register.simple_tag(takes_context=True)
def wished(context: Context, product_id: int) -> bool:
    """`{% wished card.pk as on %}`: whether whoever is signed in wishes for the product; no query for guests."""
    request: HttpRequest | None = context.get("request")
    return request is not None and product_id in wished_by(request)


@register.inclusion_tag("wishlists/_form.html", takes_context=True)
def heart_form(context: Context) -> dict[str, Any]:
    """`{% heart_form %}`: the one form that all hearts of a page send."""
    return {"request": context.get("request"), "csrf_token": context.get("csrf_token")}
