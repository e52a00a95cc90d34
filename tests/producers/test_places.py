import pytest
from django.test import Client

from marketplace.address.forms import PlaceFields
from tests import factories

pytestmark = pytest.mark.django_db

IN_ORDER = ["An Giang", "Cà Mau", "Đà Nẵng", "Hà Nội", "Tuyên Quang"]


@pytest.fixture(autouse=True)
def provinces() -> None:
    for name in reversed(IN_ORDER):
        factories.product(by=factories.producer(of=name))


def test_a_buyer_finds_provinces_in_the_order_of_the_alphabet() -> None:
    choices = list(PlaceFields().fields["tinh"].queryset)
    assert [str(province) for province in choices] == IN_ORDER


def test_so_does_who_looks_for_a_producer(client: Client) -> None:
    choices = client.get("/nha-san-xuat/").context["provinces"]
    assert [choice.label for choice in choices] == IN_ORDER
