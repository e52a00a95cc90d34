"""Who may pay at the door, and up to how much."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from catalogue.models import Product
from marketplace import clock
from marketplace.accounts.models import User
from marketplace.basket.models import Basket
from marketplace.order.models import Order, ParcelState, PaymentState
from marketplace.order.placement import NotInCash, Payment
from marketplace.partner.models import StockRecord
from tests import factories
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import attempt, basket_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Product:
    return factories.product(price=100_000, stock=50)


def ordered(tea: Product, **more: Any) -> Order:
    return send(attempt(basket_of((tea, 1)), **more))


def by_phone(tea: Product, phone: str, **more: Any) -> Order:
    made = attempt(basket_of((tea, 1)), **more)
    return send(replace(made, recipient=replace(made.recipient, phone=phone)))


def test_an_order_above_the_limit_is_paid_first(tea: Product, settings: Any) -> None:
    total = int(ordered(tea).total_incl_tax)
    settings.CASH_MOST = total
    ordered(tea)
    settings.CASH_MOST = total - 1
    basket = basket_of((tea, 1))
    with pytest.raises(NotInCash, match="chọn cách trả khác"):
        send(attempt(basket))
    basket.refresh_from_db()
    assert (basket.status, StockRecord.objects.get().num_allocated) == (Basket.OPEN, 2)
    later = clock.now() + timedelta(hours=1)
    paid_first = attempt(basket, payment=Payment(PaymentState.AWAITING_PAYMENT, later))
    assert send(paid_first).payment_state == PaymentState.AWAITING_PAYMENT


def test_orders_under_way_are_counted_by_telephone_number(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_ORDERS = 2
    first, _second = ordered(tea), ordered(tea)
    with pytest.raises(NotInCash, match="2 đơn"):
        ordered(tea)
    by_phone(tea, "+84900000001")
    bring(parcel_of(first), ParcelState.DELIVERED)
    ordered(tea)


def test_orders_under_way_are_counted_by_account(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_ORDERS = 1
    user = User.objects.create_user(email="hoai.thuong@example.vn", password="mat-khau-cua-toi")
    by_phone(tea, "+84900000001", user=user)
    with pytest.raises(NotInCash):
        by_phone(tea, "+84900000002", user=user)
    by_phone(tea, "+84900000002")


def test_who_let_parcels_go_back_pays_first_for_a_time(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_REFUSED, settings.CASH_REFUSED_DAYS = 2, 30
    for _parcel in range(2):
        order = ordered(tea)
        bring(parcel_of(order), ParcelState.RETURNED)
    with pytest.raises(NotInCash, match="trả trước"):
        ordered(tea)
    by_phone(tea, "+84900000001")
    with clock.at(clock.now() + timedelta(days=31)):
        ordered(tea)


def test_lost_and_cancelled_parcels_are_not_the_buyers_fault(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_REFUSED = 1
    bring(parcel_of(ordered(tea)), ParcelState.LOST)
    move(parcel_of(ordered(tea)), ParcelState.CANCELLED)
    ordered(tea)


def test_an_order_of_several_parcels_is_one(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_ORDERS = 2
    send(attempt(basket_of((tea, 1), (factories.product(by=factories.producer(), price=50_000), 1))))
    assert Order.objects.get().consignments.count() == 2
    ordered(tea)
    with pytest.raises(NotInCash, match="2 đơn"):
        ordered(tea)


def test_orders_that_are_paid_first_count_for_nothing(tea: Product, settings: Any) -> None:
    settings.CASH_MOST_ORDERS = settings.CASH_MOST_REFUSED = 1
    later = clock.now() + timedelta(hours=1)
    for _order in range(2):
        waits = ordered(tea, payment=Payment(PaymentState.AWAITING_PAYMENT, later))
    Order.objects.filter(pk=waits.pk).update(payment_state=PaymentState.PAID)
    bring(parcel_of(waits), ParcelState.RETURNED)
    ordered(tea)
