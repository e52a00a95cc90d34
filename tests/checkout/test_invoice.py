import pytest
from django.test import Client
from django.urls import reverse

from marketplace.order.models import InvoiceRequest, Order
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db
INVOICE = {
    "hoa_don": "on",
    "mst": "0300 588 569",
    "cong_ty": "Công ty TNHH Hoài Thương",
    "dia_chi_hd": "Số 12, ngõ 34, phường Ba Đình, Hà Nội",
    "email_hd": "ke-toan@example.vn",
}


@pytest.fixture
def buyer(client: Client) -> Buyer:
    buyer = Buyer(client)
    buyer.adds(factories.product())
    return buyer


def test_an_invoice_is_asked_for_and_shown_on_the_order(buyer: Buyer) -> None:
    page = buyer.client.get(buyer.orders(**INVOICE).url).content.decode()
    asked = Order.objects.get().invoice_request
    assert (asked.tax_code, asked.company) == ("0300588569", "Công ty TNHH Hoài Thương")
    for text in (asked.tax_code, asked.company, asked.address, asked.email):
        assert text in page


def test_every_producer_of_the_order_finds_the_same_request(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    buyer.orders(**INVOICE)
    parts = Order.objects.get().consignments.all()
    assert [part.order.invoice_request.email for part in parts] == ["ke-toan@example.vn"] * 2


def test_nobody_has_to_want_one(buyer: Buyer) -> None:
    buyer.orders(**INVOICE | {"hoa_don": "", "mst": "nonsense", "email_hd": "nobody"})
    assert Order.objects.exists()
    assert not InvoiceRequest.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("mst", "0300588568", "chữ số kiểm tra không khớp"),
        ("mst", "", "Hóa đơn cần thông tin này."),
        ("cong_ty", "  ", "Hóa đơn cần thông tin này."),
        ("dia_chi_hd", "", "Hóa đơn cần thông tin này."),
        ("email_hd", "", "Hóa đơn cần thông tin này."),
        ("email_hd", "nobody", "Địa chỉ email chưa đúng"),
        ("cong_ty", "x" * 201, "200"),
    ],
)
def test_what_an_invoice_lacks_is_said_at_its_field(buyer: Buyer, field: str, value: str, said: str) -> None:
    page = buyer.orders(**INVOICE | {field: value}).content.decode()
    assert page.count(f'href="#id_{field}"') == 1
    assert page.count(said) >= 2
    assert not Order.objects.exists()


def test_the_request_is_hidden_with_the_name_when_the_link_is_old(buyer: Buyer) -> None:
    order_url = buyer.orders(**INVOICE).url
    Order.objects.update(date_placed="2020-01-01T00:00Z")
    page = Client().get(order_url).content.decode()
    assert "Hoài Thương" not in page
    assert "0300588569" not in page
    assert reverse("basket:summary") in page
