"""What the basket says of a producer's terms before anything is ordered."""

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Reach
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db


def basket(client: Client, to: str = "") -> str:
    if to:
        client.post(reverse("basket:province"), {"tinh": to})
    return client.get(reverse("basket:summary")).content.decode()


@pytest.fixture
def buyer(client: Client) -> Buyer:
    return Buyer(client)


def test_it_says_what_a_minimum_lacks(buyer: Buyer) -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, minimum_order=200_000)
    product = factories.product(by=maker, price=185_000)
    buyer.adds(product)
    assert "nhận đơn từ 200.000\xa0₫ tiền hàng, còn thiếu <b>15.000\xa0₫</b>" in basket(buyer.client)
    buyer.adds(product)
    assert "còn thiếu" not in basket(buyer.client)


def test_a_producers_own_threshold_is_told_before_a_place_is_chosen(buyer: Buyer) -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, free_from=250_000)
    buyer.adds(factories.product(by=maker, price=185_000))
    assert "Mua thêm <b>65.000\xa0₫</b>" in basket(buyer.client)


def test_goods_that_stay_near_say_so_and_what_to_do(buyer: Buyer) -> None:
    maker = factories.producer(of="Cà Mau")
    factories.shipping_terms(maker, offers_pickup=True)
    buyer.adds(factories.product(by=maker, reach=Reach.PROVINCE))
    text = basket(buyer.client, to="ha-noi")
    assert "Chỉ giao trong Cà Mau." in text
    assert "Bạn chọn nhận tại nơi bán" in text
    assert "Xưởng chè Phìn Hồ" in text


def test_goods_that_are_only_fetched_cost_no_sending_and_need_no_place(buyer: Buyer) -> None:
    maker = factories.producer()
    factories.shipping_terms(maker, offers_pickup=True)
    buyer.adds(factories.product(by=maker, price=185_000, reach=Reach.PICKUP))
    text = basket(buyer.client)
    assert "Chỉ nhận tại nơi bán, không mất phí giao:" in text
    assert "Tổng cộng" in text
