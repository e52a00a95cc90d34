"""One buyer's cash orders at the same moment, over connections of their own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from marketplace.accounts.models import User
from marketplace.order.models import Order
from marketplace.order.placement import Attempt, NotInCash
from tests import factories
from tests.checkout.crowd import at_once
from tests.order.placing import attempt, basket_of, send

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CROWD = 6


def ordering(made: Attempt) -> Callable[[], str]:
    """Why not, or nothing when it was placed."""

    def tried() -> str:
        try:
            send(made)
        except NotInCash as error:
            return str(error)
        return ""

    return tried


def attempts(**more: Any) -> list[Attempt]:
    """Of one person, each of another producer's goods, so that nobody waits for stock."""
    return [attempt(basket_of((factories.product(), 1)), **more) for _ in range(CROWD)]


def by_phone(made: Attempt, phone: str) -> Attempt:
    return replace(made, recipient=replace(made.recipient, phone=phone))


def test_a_guest_who_orders_many_times_at_once_gets_no_more_than_the_limit(settings: Any) -> None:
    settings.CASH_MOST_ORDERS = 2
    came = at_once([ordering(made) for made in attempts()])
    assert came.count("") == 2 == Order.objects.count(), came
    assert all("2 đơn" in why for why in came if why)


def test_an_account_that_gives_another_number_each_time_gets_no_more_either(settings: Any) -> None:
    settings.CASH_MOST_ORDERS = 1
    user = User.objects.create_user(email="hoai.thuong@example.vn", password="mat-khau-cua-toi")
    made = [by_phone(one, f"+8490000000{at}") for at, one in enumerate(attempts(user=user))]
    assert at_once([ordering(one) for one in made]).count("") == 1


def test_accounts_that_share_a_number_do_not_lock_each_other_out(settings: Any) -> None:
    """Each is two people to the rule, number and account: all ask for them in one order."""
    settings.CASH_MOST_ORDERS = 1
    users = [User.objects.create_user(email=f"{at}@example.vn", password="mat-khau") for at in range(2)]
    one, other = "+84900000001", "+84900000002"
    pairs = [(users[0], one), (users[1], one), (users[0], other), (users[1], other)]
    made = [
        by_phone(replace(tried, user=user), phone)
        for tried, (user, phone) in zip(attempts(), pairs, strict=False)
    ]
    came = at_once([ordering(one) for one in made])
    assert came.count("") in (1, 2), came  # two when they have neither number nor account in common
