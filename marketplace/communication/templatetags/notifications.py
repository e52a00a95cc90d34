"""`{% load notifications %}`, for pages of the account only: public pages ask nothing of it."""

from typing import Any

from django import template
from django.template import Context

from marketplace.communication.notices import unread

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notifications(context: Context) -> int:
    """`{% unread_notifications as unread %}`: how many of the visitor's own wait to be read; one query a request."""
    request: Any = context["request"]
    if not hasattr(request, "unread_notifications"):
        signed_in = request.user.is_authenticated
        request.unread_notifications = unread(request.user.pk).count() if signed_in else 0
    number: int = request.unread_notifications
    return number
