"""An order's money on pages: `{% load payments %}`."""

from collections.abc import Iterable

from django import template

from marketplace.order.models import Order
from marketplace.payment.banks import bank_name
from marketplace.payment.shown import Money, labels, money_of

register = template.Library()
register.filter("bank", bank_name)


@register.simple_tag
def money(order: Order) -> Money:
    """`{% money order as money %}`: what came, what went back, and what is still due."""
    return money_of(order)


@register.simple_tag
def with_labels(orders: Iterable[Order]) -> list[Order]:
    """`{% with_labels page as orders %}`: each with `payment_label` and `owed_now`, in one query for all."""
    return labels(orders)
