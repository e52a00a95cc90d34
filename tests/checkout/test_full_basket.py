"""A basket of five hundred lines: the page renders, the order is placed, and nothing is asked line by line."""

import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.basket.models import Basket, Line
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from search import indexing
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LINES, MAKERS = 500, 260
CHECKOUT = "/thanh-toan/"


def fill(basket: Basket, records: list[StockRecord]) -> None:
    """A piece of each, written as the shop writes lines."""
    lines = [
        Line(
            basket=basket,
            product=record.product,
            stockrecord=record,
            line_reference=f"{record.product_id}_{record.pk}",
            price_currency="VND",
            price_incl_tax=record.price,
            price_excl_tax=record.price,
        )
        for record in records
    ]
    Line.objects.bulk_create(lines)


@pytest.fixture
def buyer(client: Client) -> Buyer:
    """With five hundred lines of many producers in the basket."""
    buyer = Buyer(client)
    buyer.adds(factories.product())
    with indexing.deferred():
        makers = [factories.producer() for _ in range(MAKERS)]
        made = [factories.product(by=makers[at % MAKERS]) for at in range(LINES - 1)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself when so much has come
    fill(Basket.open.get(), list(StockRecord.objects.filter(product__in=made).select_related("product")))
    return buyer


def measured(ask: Any) -> tuple[Any, int, float]:
    started = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    return answer, len(queries), time.process_time() - started


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of every line and producer."""
    numbers = re.findall(r'name="(sl_\d+)"[^>]* value="(\d+)"', page)
    return dict(numbers) | dict.fromkeys(re.findall(r'name="((?:ghi_chu|loi_chuc)_\d+)"', page), "")


def test_five_hundred_lines_are_shown_and_ordered_in_few_statements(buyer: Buyer) -> None:
    form = buyer.form()
    page, shown, page_time = measured(lambda: buyer.client.get(CHECKOUT))
    fields = fields_of(page.content.decode())
    assert len(fields) == LINES + 2 * (MAKERS + 1)
    answer, placed, order_time = measured(lambda: buyer.sends(form | fields))
    assert answer.status_code == 302
    assert Order.objects.get().lines.count() == LINES
    assert StockRecord.objects.filter(num_allocated=1).count() == LINES
    told = (
        f"page {shown} queries, {page_time:.2f} s of CPU; order {placed} queries, {order_time:.2f} s of CPU"
    )
    print(told)  # noqa: T201
    assert shown <= 16, told
    assert placed <= 62, told


def test_a_line_of_five_hundred_is_changed_on_the_page(buyer: Buyer) -> None:
    line = Line.objects.order_by("pk").last()
    page = buyer.sends(buyer.form() | {"dat": f"{line.pk}.2"}).content.decode()
    assert f'name="sl_{line.pk}" type="text" inputmode="numeric" autocomplete="off" value="2"' in page
