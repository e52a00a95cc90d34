"""Places orders without pages, as a program would."""

from dataclasses import replace
from typing import Any

from oscar.core.loading import get_class

from catalogue.models import Product
from marketplace import clock
from marketplace.basket.models import Basket
from marketplace.basket.summary import summarise
from marketplace.order.models import Order, PaymentState
from marketplace.order.placement import Attempt, Payment, Recipient, Terms, place_order
from marketplace.partner.strategy import Default
from marketplace.shipping.quotes import Destination
from marketplace.shipping.reference import load_tariffs
from tests import factories

COMMUNES = {"Hà Nội": ("Ba Đình", "phường"), "Tuyên Quang": ("Thông Nguyên", "xã")}


def destination(to: str = "Hà Nội", commune: str = "", kind: str = "xã") -> Destination:
    load_tariffs()
    name, its_kind = (commune, kind) if commune else COMMUNES.get(to, ("Tân Thành", "xã"))
    return Destination(factories.province(to), factories.commune(name, of=to, kind=its_kind))


def basket_of(*contents: tuple[Product, int]) -> Basket:
    basket = Basket.objects.create()
    basket.strategy = Default()
    for product, pieces in contents:
        basket.add_product(product, pieces)
    return basket


def attempt(basket: Basket, to: Destination | None = None, **changes: Any) -> Attempt:
    """What a buyer who has just seen the basket sends."""
    to = to or destination()
    fresh = Basket.objects.get(pk=basket.pk)
    fresh.strategy = Default()
    if not fresh.is_empty:
        get_class("offer.applicator", "Applicator")().apply(fresh)
    made = Attempt(
        basket_id=basket.pk,
        recipient=Recipient(
            name="Nguyễn Thị Hoài Thương", phone="+84912345678", destination=to, street="Số 12"
        ),
        terms=Terms("2026-11"),
        payment=Payment(PaymentState.CASH_DUE),
        seen="",
        language="vi",
    )
    made = replace(made, **changes)
    return replace(made, seen=changes.get("seen", _seen(fresh, made)))


def _seen(basket: Basket, made: Attempt) -> str:
    to = made.recipient.destination
    return summarise(basket=basket, destination=to, day=clock.today(), ways=made.ways).seen


def send(made: Attempt) -> Order:
    return place_order(attempt=made, strategy=Default(), moment=clock.now())


def place(*contents: tuple[Product, int], to: str = "Hà Nội") -> Order:
    return send(attempt(basket_of(*contents), destination(to)))
