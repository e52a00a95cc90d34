"""Somebody who has left traces everywhere: orders, addresses, wishes, a basket, messages, consents."""

from typing import Any

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.consents import MARKETING, record_consent
from marketplace.accounts.models import Source, User
from marketplace.address import book
from marketplace.basket.models import Basket
from marketplace.order.models import Order
from marketplace.partner.strategy import Default
from marketplace.wishlists.wishes import wish
from tests import factories
from tests.communication.posting import post_trial
from tests.marketplace.accounts.person import account
from tests.order.placing import attempt, basket_of, send

NAME, STREET, IP = "Nguyễn Thị Hoài Thương", "Số 12", "203.0.113.9"


def person(email: str | None = "lan@example.vn", **fields: Any) -> User:
    return account(email, first_name="Lan", **fields)


def ordered(by: User | None, *, email: str = "", product: Product | None = None) -> Order:
    """An order of one parcel, with an e-mail address in it."""
    order = send(attempt(basket_of((product or factories.product("Trà xanh"), 2)), user=by))
    Order.objects.filter(pk=order.pk).update(guest_email=email, note="Gọi trước")
    return Order.objects.get(pk=order.pk)


def lived(user: User) -> Order:
    """The traces; the order is still under way."""
    tea = factories.product("Mật ong bạc hà")
    commune = factories.commune("Ba Đình")
    book.add(user_id=user.pk, written=book.Written("Lan", "+84987654321", "Ngõ 34 Kim Mã", commune))
    wish(user_id=user.pk, product_id=tea.pk, adult=False)
    basket = Basket.objects.create(owner=user)
    basket.strategy = Default()
    basket.add_product(tea, 3)
    post_trial(user.email or "", about=user, user_id=user.pk)
    record_consent(
        text=MARKETING, given=True, source=Source.CHECKOUT, moment=clock.now(), user_id=user.pk, ip=IP
    )
    return ordered(user, email=user.email or "")
