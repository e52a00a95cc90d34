"""Other quantities on the checkout's page; what is typed stays."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.basket.models import Line
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer(client: Client) -> Buyer:
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ", price=100_000, stock=9), 2)
    return buyer


def line() -> Line:
    return Line.objects.get(product__title="Trà xanh Phìn Hồ")


def presses(buyer: Buyer, button: str, value: object, headers: Any = None, **typed: str) -> Any:
    form = buyer.form(**typed) | {button: str(value)}
    return buyer.client.post(reverse("checkout:checkout"), form, headers=headers)


def test_one_more_keeps_all_that_was_typed_and_finds_no_fault(buyer: Buyer) -> None:
    maker = line().product.producer
    typed = {"dien_thoai": "091", "duong": "", "dong_y": "", "nhan_tin": "on", "hoa_don": "on", "mst": "12"}
    typed[f"ghi_chu_{maker.pk}"] = "Gọi trước khi giao"
    page = presses(buyer, "dat", f"{line().pk}.3", **typed).content.decode()
    assert line().quantity == 3
    for kept in ('value="091"', "Gọi trước khi giao", 'value="12"', 'value="Phường Ba Đình"'):
        assert kept in page
    checked = page.partition('id="id_nhan_tin"')[0].rpartition("<input")[2]
    assert "checked" in checked + page.partition('id="id_nhan_tin"')[2].partition(">")[0]
    assert "alert--bad" not in page and "Bạn điền giúp" not in page
    assert "334.000" in page


def test_the_changed_page_can_be_confirmed_at_once(buyer: Buyer) -> None:
    page = presses(buyer, "dat", f"{line().pk}.3").content.decode()
    assert buyer.sends(buyer.form() | {"da_xem": buyer._hidden(page, "da_xem")}).status_code == 302
    assert Order.objects.get().goods_total == 300_000


def test_a_line_is_taken_out_and_the_rest_stays(buyer: Buyer) -> None:
    buyer.adds(factories.product("Mật ong bạc hà"))
    page = presses(buyer, "bo", line().pk).content.decode()
    assert [one.product.title for one in Line.objects.all()] == ["Mật ong bạc hà"]
    assert "Đã bỏ Trà xanh Phìn Hồ khỏi giỏ hàng." in page


@pytest.mark.parametrize("headers", [None, HTMX])
def test_taking_out_everything_leads_to_the_basket_with_a_word(buyer: Buyer, headers: Any) -> None:
    answer = presses(buyer, "bo", line().pk, headers)
    assert (answer.headers.get("HX-Redirect") or answer.url) == reverse("basket:summary")
    said = buyer.client.get(reverse("basket:summary")).content.decode()
    assert "Giỏ hàng đang trống nên chưa có gì để đặt." in said


def test_a_typed_number_counts_with_the_button_and_is_told_before_confirming(buyer: Buyer) -> None:
    typed = {f"sl_{line().pk}": "5"}
    page = buyer.orders(**typed).content.decode()
    assert line().quantity == 5
    assert "Số lượng đã đổi. Bạn xem lại tổng tiền rồi xác nhận nhé." in page
    assert not Order.objects.exists()
    presses(buyer, "cap_nhat", 1, **{f"sl_{line().pk}": "4"})
    assert line().quantity == 4


@pytest.mark.parametrize("wrong", ["", "ba", "-1", "1.5", "1000", "9" * 40])
def test_a_number_that_is_none_is_explained_at_its_line(buyer: Buyer, wrong: str) -> None:
    page = presses(buyer, "cap_nhat", 1, **{f"sl_{line().pk}": wrong}).content.decode()
    assert "Số lượng phải là một số nguyên từ 1 đến 999." in page
    assert line().quantity == 2


def test_more_than_there_is_becomes_what_there_is_and_is_said(buyer: Buyer) -> None:
    page = presses(buyer, "dat", f"{line().pk}.12").content.decode()
    assert "Bạn chọn 12, kho chỉ còn 9" in page
    assert line().quantity == 9


@pytest.mark.parametrize("button", ["dat", "bo"])
@pytest.mark.parametrize("key", ["999999", "x", "-1", "٣", "1.1.1", "'; DROP TABLE", "9" * 60])
def test_a_line_that_is_not_in_the_basket_is_said_and_nothing_changes(
    buyer: Buyer, button: str, key: str
) -> None:
    page = presses(buyer, button, key).content.decode()
    assert "Món này không còn trong giỏ của bạn." in page
    assert line().quantity == 2


def test_a_strangers_line_is_not_touched(buyer: Buyer) -> None:
    stranger = Buyer(Client(), stocked=True)
    stranger.adds(factories.product("Miến dong Tài Hoan"), 4)
    theirs = Line.objects.get(product__title="Miến dong Tài Hoan")
    page = presses(buyer, "bo", theirs.pk, **{f"sl_{theirs.pk}": "9"}).content.decode()
    assert Line.objects.get(pk=theirs.pk).quantity == 4
    assert "Miến dong" not in page


def test_with_htmx_the_sums_and_ways_come_back_without_the_fields(buyer: Buyer) -> None:
    maker = line().product.producer
    page = presses(buyer, "dat", f"{line().pk}.3", HTMX, **{f"ghi_chu_{maker.pk}": ""}).content.decode()
    assert "334.000" in page
    assert f'id="giao-{maker.pk}" data-hx-swap-oob="true"' in page
    assert "id_ho_ten" not in page


def test_with_htmx_a_producer_that_goes_changes_the_whole_form(buyer: Buyer) -> None:
    other = factories.product("Mật ong bạc hà")
    buyer.adds(other)
    names = {f"ghi_chu_{maker.pk}": "" for maker in (line().product.producer, other.producer)}
    answer = presses(buyer, "bo", Line.objects.get(product=other).pk, HTMX, **names)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#dat", "outerHTML")
    assert 'value="Nguyễn Thị Hoài Thương"' in answer.content.decode()


def test_a_number_changed_in_another_window_is_told_not_overwritten(buyer: Buyer) -> None:
    old = buyer.form(**{f"sl_{line().pk}": "2"})
    Line.objects.update(quantity=3)
    page = buyer.sends(old).content.decode()
    assert "trước là 2 sản phẩm, 200.000\xa0₫, nay là <b>3 sản phẩm, 300.000\xa0₫</b>" in page
    assert line().quantity == 3
    assert not Order.objects.exists()


def test_what_stock_lacks_can_be_put_right_on_the_page(buyer: Buyer) -> None:
    form = buyer.form()
    StockRecord.objects.update(num_in_stock=1)
    page = buyer.sends(form).content.decode()
    assert "Trà xanh Phìn Hồ: kho chỉ còn 1." in page
    assert f'value="{line().pk}.1"' in page and "Đổi thành 1" in page
    page = presses(buyer, "dat", f"{line().pk}.1").content.decode()
    assert buyer.sends(buyer.form() | {"da_xem": buyer._hidden(page, "da_xem")}).status_code == 302
