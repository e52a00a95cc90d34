import pytest
from django.test import Client

from tests import factories
from tests.order import placing

pytestmark = pytest.mark.django_db


def test_whoever_asks_for_the_head_of_an_orders_page_gets_it(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    head = client.head(order.get_absolute_url())
    assert (head.status_code, head.content) == (200, b"")
    assert head["X-Robots-Tag"] == "noindex, nofollow"
