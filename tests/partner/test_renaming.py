from typing import Any

import pytest
from django.test import Client

from catalogue.models import ProductChange
from search import indexing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed() -> Any:
    """A producer with two products, after its partner got another name."""
    maker = factories.producer("HTX Phìn Hồ")
    factories.product(by=maker)
    factories.sized(by=maker)
    maker.partner.name = "Hợp tác xã chè Đường Thượng"
    maker.partner.save()
    return type(maker).objects.get(pk=maker.pk)


def test_its_products_are_found_by_the_new_name(renamed: Any) -> None:
    assert not any(indexing.drift().values())


def test_nobody_elses_products_are_touched(renamed: Any) -> None:
    other = factories.product()
    before = ProductChange.objects.get(pk=other.pk).number
    renamed.partner.save()
    assert ProductChange.objects.get(pk=other.pk).number == before


def test_the_list_finds_it_and_its_address_follows(client: Client, renamed: Any) -> None:
    page = client.get("/nha-san-xuat/", {"q": "duong thuong"})
    assert [producer["url"] for producer in page.context["producers"]] == [renamed.get_absolute_url()]
    assert renamed.slug == "hop-tac-xa-che-duong-thuong"
    assert client.get(f"/nha-san-xuat/htx-phin-ho_{renamed.pk}/")["Location"] == renamed.get_absolute_url()
