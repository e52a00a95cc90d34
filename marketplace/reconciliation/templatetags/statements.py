"""What statements say of an order, on its buyer's pages: `{% load statements %}`."""

from decimal import Decimal
from typing import NamedTuple

from django import template
from django.db.models import Sum

from marketplace.order.models import Order
from marketplace.reconciliation.models import Line, LineState
from marketplace.reconciliation.models.line import Hint

register = template.Library()


class CameShort(NamedTuple):
    """`sum`: whole đồng of transfers each less than asked for; `is_enough`: together they are not less."""

    sum: Decimal
    is_enough: bool


@register.simple_tag
def came_short(order: Order) -> CameShort | None:
    """`{% came_short order as short %}`: what came with the order's own code and staff have decided nothing of yet."""
    waits = Line.objects.filter(state__in=[LineState.OPEN, LineState.PROPOSED], hint=Hint.CODE_SHORT)
    rows = waits.filter(hinted__order=order).order_by("-hinted__amount").values_list("hinted__amount")
    found = rows.annotate(sum=Sum("amount")).first()
    return CameShort(found[1], found[1] >= found[0]) if found else None
