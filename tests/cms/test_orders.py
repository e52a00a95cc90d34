"""Staff's list of orders: what it shows, finds and narrows to."""

from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.cms.reading import page
from tests.order.placing import place

pytestmark = pytest.mark.django_db


def test_an_order_is_listed_with_recipient_sum_states_and_producers(coordinator: Any) -> None:
    order = place((factories.product(price=100_000), 2), (factories.product(price=50_000), 1))
    html = page(coordinator, reverse("desk_orders"))
    assert order.number in html and "Nguyễn Thị Hoài Thương" in html
    assert page(coordinator, reverse("desk_order", args=[order.pk]))
