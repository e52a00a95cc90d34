from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from marketplace.nul import RefuseNul
from marketplace.order.models import Order
from tests import factories
from tests.checkout.buyer import ANSWERS, Buyer

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.mark.parametrize(
    "address",
    [
        "/thanh-toan/phi/?tinh=a%00b",
        "/thanh-toan/phi/?tinh=ha-noi&xa=%00",
        "/san-pham/?tinh=%00",
        "/?%00=1",
        "/don-hang/a%00b/",
        "/khong-co/%00/",
        "/media/%00.webp",
        "/admin/%00/",
    ],
)
def test_a_nul_in_an_address_is_told_to_the_visitor(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Chúng tôi không đọc được yêu cầu này" in page
    assert "Bản trình diễn: dữ liệu mẫu" in page
    assert "\x00" not in page and "%00" not in page


def test_it_is_told_in_the_visitors_language(client: Client) -> None:
    page = client.get("/en/don-hang/a%00b/").content.decode()
    assert '<html lang="en">' in page
    assert "We could not read this request" in page


@pytest.mark.parametrize(
    "field", ["tinh", "xa", "ho_ten", "dien_thoai", "duong", "loi_nhan", "khoa", "da_xem"]
)
def test_a_nul_in_the_checkouts_form_orders_nothing(client: Client, field: str) -> None:
    buyer = Buyer(client)
    buyer.adds(factories.product())
    form = buyer.form()
    assert buyer.sends(form | {field: f"{form.get(field, ANSWERS.get(field, ''))}\x00"}).status_code == 400
    assert not Order.objects.exists()
    assert buyer.sends(form).status_code == 302


def test_it_is_seen_in_names_and_values_of_either_kind_of_form(client: Client) -> None:
    address, kind = reverse("basket:province"), "application/x-www-form-urlencoded"
    assert client.post(address, "tinh=ha%00noi", content_type=kind).status_code == 400
    assert client.post(address, "ti%00nh=ha-noi", content_type=kind).status_code == 400
    assert client.post(address, {"tinh": "ha\x00noi"}).status_code == 400
    assert client.post(address, "tinh=ha-noi", content_type=kind).status_code == 302


@pytest.mark.parametrize("name", ["noi_nhan", "sessionid", "gio_hang"])
def test_a_nul_in_a_cookie_is_refused_too(client: Client, name: str) -> None:
    client.get("/san-pham/")
    answer = client.get("/gio-hang/", headers={"Cookie": f'{name}="a\\000b"'})
    assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/san-pham/", "/tim-kiem/", "/goi-y/", "/nha-san-xuat/"])
@pytest.mark.parametrize("text", ["\x00", "chè\x00xanh"])
def test_a_search_for_a_nul_has_a_result(client: Client, address: str, text: str) -> None:
    factories.product("Chè xanh")
    assert client.get(address, {"q": text}).status_code == 200


def test_a_forged_form_is_refused_as_forged() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(reverse("basket:province"), {"tinh": "\x00"}).status_code == 403


def test_a_view_that_reads_its_body_itself_finds_it_unread(rf: RequestFactory) -> None:
    @csrf_exempt
    def view(request: Any) -> None: ...

    request = rf.post("/", {"tinh": "\x00"})
    assert RefuseNul(lambda request: None).process_view(request, view, (), {}) is None  # type: ignore[arg-type,return-value]
    assert request.read(7) == b"--BoUnD"
