"""The thin way: basket of three producers, checkout as a guest, one order split by producer."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import ProductImage
from marketplace.order.models import Order, ParcelState, PaymentState
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db


def test_a_guest_orders_from_three_producers_with_cash_on_delivery(client: Client) -> None:
    buyer = Buyer(client)
    products = [factories.product(by=factories.producer(of=of)) for of in ("Tuyên Quang", "Hà Nội", "Cà Mau")]
    for product in products:
        buyer.adds(product, 2)
    response = buyer.orders()
    order = Order.objects.get()
    assert response.url == order.get_absolute_url()
    assert order.payment_state == PaymentState.CASH_DUE
    assert [part.parcels.get().state for part in order.consignments.all()] == [ParcelState.NEW] * 3
    assert order.goods_total == 6 * Decimal(185_000)
    assert order.total_incl_tax == sum(part.total for part in order.consignments.all())
    assert [product.stockrecords.get().num_allocated for product in products] == [2, 2, 2]


def test_the_order_page_tells_all_that_was_agreed(client: Client) -> None:
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ"), 2)
    page = client.get(buyer.orders().url)
    order = Order.objects.get()
    for text in (
        order.number,
        "Trà xanh Phìn Hồ",
        "370.000",
        "Phường Ba Đình, Hà Nội",
        "Nguyễn Thị Hoài Thương",
    ):
        assert text in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"


def test_the_order_page_shows_what_was_bought(client: Client) -> None:
    buyer = Buyer(client)
    product = factories.product()
    parent, (size, _other) = factories.sized()
    for pictured in (product, parent):
        ProductImage.objects.create(
            product=pictured, original=f"{pictured.pk}.webp", shown=f"{pictured.pk}.webp"
        )
    buyer.adds(product)
    buyer.adds(size)
    html = client.get(buyer.orders().url).content.decode()
    assert all(f"/{pictured.pk}" in html for pictured in (product, parent))
    assert html.count("srcset=") == 2


def test_an_unknown_link_is_not_found(client: Client) -> None:
    assert client.get(reverse("order:detail", args=["x" * 32])).status_code == 404
