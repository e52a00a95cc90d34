"""Questions on pages of lower packages: `{% load questions %}`."""

from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context

from marketplace.questions.page import questions_of

register = template.Library()


@register.inclusion_tag("questions/_section.html", takes_context=True)
def product_questions(context: Context, product: Any) -> dict[str, Any]:
    """`{% product_questions goods %}`: what was asked about a listed product, and answered."""
    request = context.get("request")
    shown = questions_of(product, request.GET if request else QueryDict())
    return {**shown, "request": request, "user": context.get("user")}
