from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db

CARE = ("desk_customers", "desk_reviews", "desk_questions")
ORDERS = ("desk_orders", "desk_parcels", "desk_returns")


@pytest.fixture
def carer(client: Client) -> Any:
    person = factories.user("Đỗ Thị Chăm")
    person.groups.add(Group.objects.get(name="Chăm sóc khách hàng"))
    return sign_in_staff(client, person)


def test_who_looks_after_customers_gets_their_screens_and_not_those_of_orders(carer: Client) -> None:
    assert [carer.get(reverse(name)).status_code for name in CARE] == [200, 200, 200]
    assert 200 not in [carer.get(reverse(name)).status_code for name in ORDERS]


def test_who_looks_after_customers_may_issue_a_link_to_sign_in(carer: Client) -> None:
    other = factories.user()
    assert carer.get(reverse("desk_person", args=[other.pk])).status_code == 200
