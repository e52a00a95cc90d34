"""Buyers at the same time, over real server processes."""

import time

import pytest
from django.db import connection

from marketplace.basket.models import Basket, Line
from marketplace.order.models import Consignment, Order
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.buyer import Buyer
from tests.checkout.crowd import at_once, ready_to_order
from tests.checkout.server import Browser, serving

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def open_baskets() -> list[int]:
    """The pieces in every basket that is still open."""
    return [sum(line.quantity for line in Line.objects.filter(basket=basket)) for basket in Basket.open.all()]


@pytest.mark.postgresql
def test_twenty_buyers_of_five_pieces_make_five_orders_and_fifteen_clear_messages() -> None:
    product = factories.product("Chè Shan tuyết Phìn Hồ", stock=5)
    with serving(processes=2, threads=10) as address:
        buyers = [ready_to_order(address, product) for _ in range(20)]
        answers = at_once(lambda b=buyer, f=form: b.sends(f) for buyer, form in buyers)
    assert sorted(answer.status_code for answer in answers) == [200] * 15 + [302] * 5
    told = [answer for answer in answers if "Chè Shan tuyết Phìn Hồ: vừa hết hàng" in answer.text]
    assert len(told) == 15
    assert Order.objects.count() == 5
    assert StockRecord.objects.get().num_allocated == 5
    assert open_baskets() == [1] * 15


@pytest.mark.postgresql
def test_a_hundred_buyers_at_once_all_get_what_there_is_for_all() -> None:
    products = [factories.product(stock=100) for _ in range(3)]
    with serving(processes=2, threads=16) as address:
        buyers = [ready_to_order(address, *products) for _ in range(100)]
        answers = at_once(lambda b=buyer, f=form: b.sends(f) for buyer, form in buyers)
    assert [answer.status_code for answer in answers] == [302] * 100
    assert len({answer.headers["Location"] for answer in answers}) == Order.objects.count() == 100
    assert {record.num_allocated for record in StockRecord.objects.all()} == {100}
    assert open_baskets() == []


@pytest.mark.postgresql
def test_a_hundred_buyers_of_forty_pieces_make_forty_orders_and_no_error() -> None:
    product = factories.product("Chè Shan tuyết Phìn Hồ", stock=40)
    with serving(processes=2, threads=16) as address:
        buyers = [ready_to_order(address, product) for _ in range(100)]
        answers = at_once(lambda b=buyer, f=form: b.sends(f) for buyer, form in buyers)
    assert sorted(answer.status_code for answer in answers) == [200] * 60 + [302] * 40
    assert Order.objects.count() == StockRecord.objects.get().num_allocated == 40
    assert open_baskets() == [1] * 60


@pytest.mark.postgresql
def test_ten_simultaneous_submissions_make_one_order() -> None:
    product = factories.product(stock=50)
    with serving(processes=2, threads=10) as address:
        buyer, form = ready_to_order(address, product)
        cookies = buyer.client.session.cookies
        browsers = [Browser(address) for _ in range(10)]
        for browser in browsers:
            browser.session.cookies.update(cookies)
        answers = at_once(lambda b=browser: Buyer(b, stocked=True).sends(form) for browser in browsers)
    assert {answer.headers["Location"] for answer in answers} == {Order.objects.get().get_absolute_url()}
    assert StockRecord.objects.get().num_allocated == 1


@pytest.mark.postgresql
def test_baskets_with_the_same_products_in_another_order_do_not_block_each_other() -> None:
    products = [factories.product(stock=100) for _ in range(6)]
    with serving(processes=2, threads=10) as address:
        orders = [products, products[::-1]] * 8
        buyers = [ready_to_order(address, *order) for order in orders]
        answers = at_once(lambda b=buyer, f=form: b.sends(f) for buyer, form in buyers)
    assert [answer.status_code for answer in answers] == [302] * 16
    assert Consignment.objects.count() == 16 * 6


@pytest.mark.postgresql
def test_threads_of_these_tests_leave_no_connection_open() -> None:
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert at_once([Order.objects.count] * 3) == [0, 0, 0]
    for _attempt in range(50):  # the server takes a moment to notice
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)
    raise AssertionError("somebody is still there")
