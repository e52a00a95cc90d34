"""Returns on the order's page: `{% load returns %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

from marketplace import clock
from marketplace.order.returns.page import returns_of

register = template.Library()


@register.simple_tag
def returns(consignments: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """`{% returns consignments as asked %}`: parts that arrived, their requests, and whether to offer another."""
    return returns_of([part["consignment"] for part in consignments], moment=clock.now())
