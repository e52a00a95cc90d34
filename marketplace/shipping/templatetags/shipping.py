"""What other packages' pages show of shipping: `{% load shipping %}`."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from catalogue.models import Product, Reach
from marketplace import clock
from marketplace.look import figures
from marketplace.shipping import destination
from marketplace.shipping.goods import reach_of, volume_of, weight_of
from marketplace.shipping.models import ProducerTerms, terms_of
from marketplace.shipping.quotes import Parcel, Quote, quote, tariffs

register = template.Library()


@register.simple_tag(takes_context=True)
def shipping_line(context: Context, product: Product, price: Decimal | None = None) -> str:
    """`{% shipping_line product price %}`: how the product comes to the buyer, and what sending one piece costs.

    While no province is chosen: how far it may go, and a general sentence (no query for goods that are sent
    everywhere, one for others). With a province three.
    """
    request = context.get("request")
    chosen = destination.chosen(request) if request else None
    maker, reach = product.listed.producer, reach_of(product)
    if maker is None or (chosen is None and reach == Reach.EVERYWHERE):
        return _("Phí giao và ngày giao tính theo nơi nhận, hiện trong giỏ hàng trước khi bạn đặt.")
    terms = terms_of(maker)
    said = [reach_words(reach, terms)]
    if chosen is not None and reach != Reach.PICKUP:
        parcel = Parcel(weight_of(product), price or Decimal(0), volume_of(product), reach)
        found = quote(terms=terms, destination=chosen, parcel=parcel, day=clock.today(), table=tariffs())
        said.append(
            ""
            if found.refusal and reach == Reach.PROVINCE
            else found.refusal or _said(found, chosen.province.display_name)
        )
    said.append(_pickup(terms))
    return " ".join(words for words in said if words)


@register.simple_tag
def reach_words(reach: Reach, terms: ProducerTerms) -> str:
    """How far goods go, in a sentence; nothing for those that go everywhere."""
    if reach == Reach.PROVINCE:
        words = _("Chỉ giao trong %(province)s.")
        return words % {"province": terms.producer.province.display_name}
    return _("Chỉ nhận tại nơi bán, không giao.") if reach == Reach.PICKUP else ""


def _pickup(terms: ProducerTerms) -> str:
    if not terms.offers_pickup:
        return ""
    return _("Nhận tại nơi bán không mất phí: %(place)s.") % {"place": terms.pickup_address}


def _said(found: Quote, province: str) -> str:
    facts: dict[str, Any] = {
        "province": province,
        "charge": figures.dong(found.charge) if found.charge else _("miễn phí"),
        "first": figures.day(found.first_day) if found.first_day else "",
        "last": figures.day(found.last_day) if found.last_day else "",
    }
    return _("Giao đến %(province)s: %(charge)s, dự kiến %(first)s – %(last)s.") % facts
