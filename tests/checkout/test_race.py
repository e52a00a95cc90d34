"""Buyers at the same time, over real server processes."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from catalogue.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.order.models import Consignment, Order
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.buyer import Buyer
from tests.checkout.server import Browser, environment, serving
from tests.project.tree import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORKER = """
import sys, django
django.setup()
from django.db import transaction
from marketplace.audit.models import record
from marketplace.work.queue import enqueue, handles, run_due
from marketplace.work.models import Job
@handles("noise")
def write(key, payload):
    record(action="noise", target=Job.objects.get(kind="noise", key=key))
print("ready", flush=True)
for number in range(int(sys.argv[1])):
    enqueue(kind="noise", key=str(number))
    run_due()
print("done", Job.objects.filter(kind="noise", state="done").count())
"""


def at_once(tries: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run them in threads that all start together."""
    tries = list(tries)
    barrier = Barrier(len(tries))

    def run(one: Callable[[], Any]) -> Any:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(run, tries))


def ready_to_order(address: str, *products: Product) -> tuple[Buyer, dict[str, str]]:
    buyer = Buyer(Browser(address))
    for product in products:
        buyer.adds(product)
    return buyer, buyer.form()


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
def test_ten_simultaneous_submissions_make_one_order() -> None:
    product = factories.product(stock=50)
    with serving(processes=2, threads=10) as address:
        buyer, form = ready_to_order(address, product)
        cookies = buyer.client.session.cookies
        browsers = [Browser(address) for _ in range(10)]
        for browser in browsers:
            browser.session.cookies.update(cookies)
        answers = at_once(lambda b=browser: Buyer(b).sends(form) for browser in browsers)
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


def test_the_worker_beside_five_parallel_checkouts_meets_no_locked_database() -> None:
    products = [factories.product(stock=100) for _ in range(3)]
    with serving(processes=1, threads=8) as address:
        rounds = [[ready_to_order(address, *products) for _ in range(5)] for _ in range(3)]
        command = [sys.executable, "-c", WORKER, "40"]
        worker = subprocess.Popen(
            command, cwd=ROOT, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert worker.stdout.readline() == "ready\n"
        answers = [
            answer for five in rounds for answer in at_once(lambda b=b, f=f: b.sends(f) for b, f in five)
        ]
        said, errors = worker.communicate(timeout=60)
    assert [answer.status_code for answer in answers] == [302] * 15
    assert (said, "locked" in errors) == ("done 40\n", False)
