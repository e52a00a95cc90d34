"""A basket that becomes an order in one window while another one changes it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from marketplace.basket import change
from marketplace.basket.models import Basket, Line
from marketplace.order.models import Order
from tests import factories
from tests.checkout.buyer import Buyer
from tests.order.placing import attempt, basket_of, send

CHANGES = {
    "add": lambda basket, line: change.add(basket=basket, product=line.product, quantity=1),
    "set_quantity": lambda basket, line: change.set_quantity(basket=basket, line=line, quantity=1),
    "remove": lambda basket, line: change.remove(basket=basket, line=line),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_written_into_an_ordered_basket(name: str) -> None:
    basket = basket_of((factories.product(), 2))
    Basket.objects.update(status=Basket.SUBMITTED)
    with pytest.raises(change.Ordered, match="vừa được đặt ở một cửa sổ khác"):
        CHANGES[name](basket, basket.all_lines()[0])
    assert Line.objects.get().quantity == 2


def somebody_waits() -> bool:
    """Whether another connection waits for the end of this one's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
        )
        return bool(cursor.fetchone())


def while_ordering(act: Callable[[], Any]) -> Any:
    """Begin to order the one open basket, let another window act, and finish the order once it waits or is done."""

    def window() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            send(attempt(Basket.open.get()))
            acting = pool.submit(window)
            while not (acting.done() or somebody_waits()):
                time.sleep(0.02)
        return acting.result()


@pytest.fixture
def buyer(client: Client) -> Buyer:
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ"), 2)
    return buyer


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_what_is_added_meanwhile_lies_in_a_new_basket(buyer: Buyer, headers: dict[str, str]) -> None:
    fields = {"san_pham": factories.product("Mật ong bạc hà").pk, "so_luong": 1}
    answer = while_ordering(lambda: buyer.client.post(reverse("basket:add"), fields, headers=headers))
    assert [line.title for line in Order.objects.get().lines.all()] == ["Trà xanh Phìn Hồ"]
    assert [line.product.title for line in Line.objects.filter(basket=Basket.open.get())] == [
        "Mật ong bạc hà"
    ]
    assert Line.objects.filter(basket__status=Basket.SUBMITTED).count() == 1
    shown = answer if headers else buyer.client.get(reverse("basket:summary"))
    assert "Đã thêm Mật ong bạc hà vào giỏ hàng." in shown.content.decode()
    assert buyer.client.cookies["gio"].value == "1"


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
@pytest.mark.parametrize("name", ["basket:change", "basket:remove"])
def test_a_change_that_comes_too_late_is_told(buyer: Buyer, name: str, headers: dict[str, str]) -> None:
    address = reverse(name, args=[Line.objects.get().pk])
    late = {"data": {"so_luong": 5}, "headers": headers, "follow": True}
    answer = while_ordering(lambda: buyer.client.post(address, **late))
    text = answer.content.decode()
    assert "Giỏ hàng này vừa được đặt ở một cửa sổ khác" in text
    assert "Giỏ hàng đang trống" in text
    assert [line.quantity for line in Order.objects.get().lines.all()] == [2]
    assert Line.objects.get().quantity == 2
