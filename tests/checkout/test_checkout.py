from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from marketplace.basket.models import Basket
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> Buyer:
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ", stock=20), 2)
    return buyer


def refused(buyer: Buyer, **answers: str) -> str:
    """The page that comes back; nothing was ordered and the basket is as it was."""
    answer = buyer.orders(**answers)
    assert answer.status_code == 200
    assert not Order.objects.exists()
    assert Basket.open.get().num_items == 2
    return answer.content.decode()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"dien_thoai": "091 234 567"}, "còn thiếu 1"),
        ({"xa": "Xã Thông Nguyên"}, "Xã Thông Nguyên thuộc Tuyên Quang, không thuộc Hà Nội"),
        ({"ho_ten": "   "}, "Bạn điền giúp chỗ này nhé."),
        ({"email": "nobody"}, "Địa chỉ email chưa đúng"),
        ({"dong_y": ""}, "Bạn cần đồng ý để chúng tôi nhận đơn."),
        ({"duong": ""}, "Bạn điền giúp chỗ này nhé."),
    ],
)
def test_a_wrong_answer_is_explained_at_its_field(buyer: Buyer, answers: dict[str, str], said: str) -> None:
    factories.commune("Thông Nguyên", of="Tuyên Quang", kind="xã")
    page = refused(buyer, **answers)
    field = next(iter(answers))
    assert page.count(said) == 2  # in the summary of errors and at the field
    assert f'href="#id_{field}"' in page
    assert f'aria-describedby="id_{field}_' in page


def test_a_commune_without_tone_marks_or_kind_is_accepted_when_there_is_one(buyer: Buyer) -> None:
    buyer.orders(xa="ba dinh")
    assert str(Order.objects.get().shipping_address.commune) == "Phường Ba Đình"


def test_of_two_communes_alike_without_tone_marks_the_buyer_chooses(buyer: Buyer) -> None:
    factories.commune("Bá Định", of="Hà Nội")
    page = refused(buyer, xa="ba dinh")
    assert page.count("Có nhiều nơi cùng tên, bạn chọn rõ một: Phường Ba Đình, Phường Bá Định.") == 2
    assert buyer.orders(xa="Ba Đình").status_code == 302


def test_an_unknown_province_is_no_province(buyer: Buyer) -> None:
    assert 'href="#id_tinh"' in refused(buyer, tinh="atlantis")


def test_an_optional_email_and_consent_are_kept_as_given(buyer: Buyer) -> None:
    buyer.orders(nhan_tin="on", email="thuong@example.vn", dia_chi_cu="quận Ba Đình", loi_nhan="Gọi trước")
    order = Order.objects.get()
    assert (order.marketing_consent, order.guest_email, order.note) == (
        True,
        "thuong@example.vn",
        "Gọi trước",
    )
    assert (order.phone, order.language, order.terms_version) == ("+84912345678", "vi", "2026-11")
    assert order.shipping_address.former_address == "quận Ba Đình"


def test_marketing_is_not_ticked_and_not_needed(buyer: Buyer) -> None:
    page = buyer.client.get(reverse("checkout:checkout")).content.decode()
    assert "checked" not in page.partition('id="id_nhan_tin"')[0].rpartition("<input")[2]
    buyer.orders()
    assert Order.objects.get().marketing_consent is False


def test_sums_that_were_not_seen_are_shown_first(buyer: Buyer) -> None:
    page = refused(buyer, da_xem="")
    assert "Bạn xem lại rồi xác nhận nhé" in page
    form = buyer.form() | {"da_xem": buyer._hidden(page, "da_xem")}
    assert buyer.sends(form).status_code == 302


def test_a_price_that_changed_is_shown_and_confirmed(buyer: Buyer) -> None:
    form = buyer.form()
    StockRecord.objects.update(price=Decimal(200_000))
    page = buyer.sends(form).content.decode()
    assert "đã đổi" in page
    assert "400.000" in page
    assert not Order.objects.exists()
    assert buyer.sends(form | {"da_xem": buyer._hidden(page, "da_xem")}).status_code == 302


def test_an_island_costs_more_than_its_province_and_is_confirmed_first(buyer: Buyer) -> None:
    factories.commune("Phú Quốc", of="An Giang", kind="đặc khu")
    page = refused(buyer, tinh="an-giang", xa="Đặc khu Phú Quốc")
    assert "55.000" in page


def test_the_form_sent_again_leads_to_the_same_order(buyer: Buyer) -> None:
    form = buyer.form()
    first, second = buyer.sends(form), buyer.sends(form)
    assert first.url == second.url == Order.objects.get().get_absolute_url()


def test_somebody_elses_key_opens_no_order(buyer: Buyer) -> None:
    buyer.orders()
    stranger = Client()
    answer = stranger.post(reverse("checkout:checkout"), {"khoa": "basket-1"})
    assert answer.url == reverse("basket:summary")


def test_an_empty_basket_has_no_checkout(client: Client) -> None:
    assert client.get(reverse("checkout:checkout")).url == reverse("basket:summary")


def test_after_the_order_the_basket_is_empty_and_its_number_gone(buyer: Buyer) -> None:
    buyer.orders()
    assert buyer.client.cookies["gio"].value == "0"
    assert "Giỏ hàng đang trống" in buyer.client.get(reverse("basket:summary")).content.decode()


def test_where_nothing_can_be_prepaid_alcohol_is_not_ordered_and_the_basket_kept(buyer: Buyer) -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    factories.product("Rượu nếp cẩm", sets=(spirits,))
    StockRecord.objects.first().product.categories.set([spirits])
    assert "Đồ uống có cồn chưa đặt được" in buyer.client.get(reverse("checkout:checkout")).content.decode()
    page = buyer.client.get(reverse("checkout:checkout")).content.decode()
    assert 'value="cash"' not in page and "Chợ chưa mở cách trả tiền nào" in page
    form = buyer.sends(buyer.form(du_tuoi="on")).context["form"]
    assert "thanh_toan" in form.errors
    assert not Order.objects.exists()


def test_an_english_buyer_stays_in_english(buyer: Buyer) -> None:
    form = buyer.form()
    with translation.override("vi"):
        answer = buyer.client.post("/en" + reverse("checkout:checkout"), form)
    order = Order.objects.get()
    assert (order.language, answer.url) == ("en", "/en" + order.get_absolute_url())


def test_choosing_a_place_brings_its_charges_and_communes(buyer: Buyer) -> None:
    page = buyer.client.get(reverse("checkout:charges"), {"tinh": "ha-noi", "xa": ""})
    text = page.content.decode()
    assert "34.000" in text
    assert 'value="Phường Ba Đình"' in text
    assert page.cookies["noi_nhan"].value == "ha-noi"


def test_the_page_takes_few_queries_whatever_the_number_of_lines(buyer: Buyer) -> None:
    counts = []
    for _round in range(2):
        for of in ("Hà Nội", "Cà Mau"):
            buyer.adds(factories.product(by=factories.producer(of=of)))
        buyer.form()
        with CaptureQueriesContext(connection) as queries:
            buyer.client.get(reverse("checkout:checkout"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_charges_of_an_empty_basket_lead_back_to_it(client: Client) -> None:
    assert client.get(reverse("checkout:charges"))["HX-Redirect"] == reverse("basket:summary")
