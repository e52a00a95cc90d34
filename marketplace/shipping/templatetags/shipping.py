"""What other packages' pages show of shipping: `{% load shipping %}`."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace import clock
from marketplace.look import figures
from marketplace.shipping import destination
from marketplace.shipping.goods import is_live, weight_of
from marketplace.shipping.quotes import Parcel, Quote, quote, tariffs

register = template.Library()


@register.simple_tag(takes_context=True)
def shipping_line(context: Context, product: Product, price: Decimal | None = None) -> str:
    """`{% shipping_line product price %}`: charge and days of one piece to the visitor's province.

    A general sentence while no province is chosen (no query then, two otherwise).
    """
    request = context.get("request")
    chosen = destination.chosen(request) if request else None
    listed = product.listed
    if chosen is None or listed.producer is None:
        return _("Phí giao và ngày giao tính theo nơi nhận, hiện trong giỏ hàng trước khi bạn đặt.")
    parcel = Parcel(weight_of(product), price or Decimal(0), live=is_live(product))
    found = quote(
        origin=listed.producer, destination=chosen, parcel=parcel, day=clock.today(), table=tariffs()
    )
    return found.refusal or _said(found, chosen.province.display_name)


def _said(found: Quote, province: str) -> str:
    facts: dict[str, Any] = {
        "province": province,
        "charge": figures.dong(found.charge) if found.charge else _("miễn phí"),
        "first": figures.day(found.first_day) if found.first_day else "",
        "last": figures.day(found.last_day) if found.last_day else "",
    }
    return _("Giao đến %(province)s: %(charge)s, dự kiến %(first)s – %(last)s.") % facts
