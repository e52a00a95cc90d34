"""How many statements an order takes: few, and the same number for many lines."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.order.models import Order
from tests import factories
from tests.offer.test_rounding import percentage_offer
from tests.order.placing import attempt, basket_of, place, send

pytestmark = pytest.mark.django_db


def statements(lines: int, makers: int = 3) -> int:
    """Of placing an order of so many lines."""
    houses = [factories.producer(email="nha@example.vn") for _ in range(makers)]
    basket = basket_of(*[(factories.product(by=houses[at % makers]), 1) for at in range(lines)])
    made = attempt(basket)
    with CaptureQueriesContext(connection) as queries:
        send(made)
    return len(queries)


def test_three_producers_and_six_lines_take_at_most_sixty_statements() -> None:
    assert statements(6) <= 60


def test_eight_times_the_lines_take_not_one_statement_more() -> None:
    statements(1)  # what is asked once in a process
    assert statements(6) == statements(48)


def test_lines_keep_the_order_of_the_basket_and_everything_that_hangs_on_them() -> None:
    percentage_offer(10)
    products = [factories.product(f"Chè {name}") for name in ("một", "hai", "ba")]
    order = place(*[(product, 2) for product in products])
    lines = Order.objects.get(pk=order.pk).lines.order_by("pk")
    assert [line.title for line in lines] == ["Chè một", "Chè hai", "Chè ba"]
    assert [line.prices.count() for line in lines] == [1, 1, 1]
    assert [line.discounts.get().amount for line in lines] == [37_000] * 3
    assert [line.parcel_items.get().quantity for line in lines] == [2, 2, 2]
