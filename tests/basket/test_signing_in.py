import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace.basket.models import Basket
from tests import factories
from tests.checkout.buyer import Buyer
from tests.marketplace.accounts.person import account, signs_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea() -> Product:
    return factories.product("Trà xanh")


@pytest.fixture
def honey() -> Product:
    return factories.product("Mật ong")


def lines(client: Client) -> dict[str, int]:
    found = client.get(reverse("basket:summary")).context["request"].basket
    return {line.product.title: line.quantity for line in found.all_lines()}


def number(client: Client) -> str:
    return client.cookies["gio"].value


def test_a_guests_basket_is_merged_at_sign_in(client: Client, tea: Product, honey: Product) -> None:
    account()
    signs_in(client)
    buyer = Buyer(client)
    buyer.adds(tea, 3)
    client.post(reverse("account_logout"))
    assert (lines(client), number(client)) == ({}, "0")
    buyer.adds(tea, 2)
    buyer.adds(honey, 4)
    signs_in(client)
    assert number(client) == "7"
    assert lines(client) == {"Trà xanh": 3, "Mật ong": 4}
    assert Basket.open.count() == 1


def test_a_basket_merged_once_is_not_merged_again(client: Client, tea: Product) -> None:
    account()
    Buyer(client).adds(tea, 2)
    for _again in range(2):
        signs_in(client)
        assert lines(client) == {"Trà xanh": 2}
        client.post(reverse("account_logout"))
    assert lines(client) == {}


def test_the_rule_of_alcohol_stays_after_the_merge(client: Client, tea: Product) -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    wine = factories.product("Rượu cần", sets=(spirits,))
    account()
    buyer = Buyer(client)
    buyer.adds(tea)
    signs_in(client)
    buyer.adds(wine)
    assert lines(client) == {"Trà xanh": 1}


def test_a_stranger_at_the_same_browser_sees_nothing_of_it(client: Client, tea: Product) -> None:
    account()
    account("khac@example.vn")
    Buyer(client).adds(tea)
    signs_in(client)
    client.post(reverse("account_logout"))
    signs_in(client, "khac@example.vn")
    assert (lines(client), number(client)) == ({}, "0")
