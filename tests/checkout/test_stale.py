"""Forms that are old, edited, sent again, or of somebody else: a clear word, nothing lost, nothing leaked."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.basket import seen
from marketplace.basket.models import Basket, Line
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.shipping.models import Tariff
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db
CHECKOUT = "/thanh-toan/"


@pytest.fixture
def buyer(client: Client) -> Buyer:
    buyer = Buyer(client)
    buyer.adds(factories.product("Trà xanh Phìn Hồ", price=100_000, stock=20), 2)
    return buyer


def refused(buyer: Buyer, form: dict[str, str]) -> str:
    page = buyer.sends(form).content.decode()
    assert not Order.objects.exists()
    assert Basket.open.get().num_items == 2
    return page


def test_a_price_that_changed_is_told_line_by_line(buyer: Buyer) -> None:
    form = buyer.form()
    StockRecord.objects.update(price=Decimal(120_000))
    page = refused(buyer, form)
    assert "trước là 2 sản phẩm, 200.000\xa0₫, nay là <b>2 sản phẩm, 240.000\xa0₫</b>" in page
    assert "trước là 234.000\xa0₫, nay là <b>274.000\xa0₫</b>" in page


def test_a_charge_that_changed_is_told_with_its_producer(buyer: Buyer) -> None:
    form = buyer.form()
    Tariff.objects.update(base_price=40_000)
    page = refused(buyer, form)
    assert "trước là phí giao 34.000\xa0₫, nay là <b>phí giao 40.000\xa0₫</b>" in page


def test_what_came_and_went_in_another_window_is_told(buyer: Buyer) -> None:
    form = buyer.form()
    Line.objects.all().delete()
    buyer.adds(factories.product("Mật ong bạc hà", price=50_000), 2)
    page = refused(buyer, form)
    assert (
        "Mật ong bạc hà</span>: trước là không có trong giỏ, nay là <b>2 sản phẩm, 100.000\xa0₫</b>" in page
    )
    assert (
        "Trà xanh Phìn Hồ</span>: trước là 2 sản phẩm, 200.000\xa0₫, nay là <b>không có trong giỏ</b>" in page
    )


def test_a_price_that_changed_since_it_went_into_the_basket_stands_at_its_line(buyer: Buyer) -> None:
    StockRecord.objects.update(price=Decimal(120_000))
    words = "Giá lúc bạn thêm vào giỏ là 100.000\xa0₫, nay là <b>120.000\xa0₫</b>."
    assert words in buyer.client.get(CHECKOUT).content.decode()
    assert words in buyer.client.get(reverse("basket:summary")).content.decode()


@pytest.mark.parametrize("forged", ["234000-0123456789abcdef", "x", "W10:abc", "a" * 200_000])
def test_a_forged_view_agrees_to_nothing(buyer: Buyer, forged: str) -> None:
    assert "Bạn xem lại rồi xác nhận nhé" in refused(buyer, buyer.form() | {"da_xem": forged})


def test_a_view_of_another_basket_agrees_to_nothing(buyer: Buyer) -> None:
    cheap = seen.Seen((seen.SeenLine(1, 2, 2),), (seen.SeenPart(1, "delivery", 0),))
    refused(buyer, buyer.form() | {"da_xem": seen.sign(cheap)})


def test_prices_charges_and_ids_that_are_put_into_the_form_change_nothing(buyer: Buyer) -> None:
    edited = {
        "price": "1",
        "tong": "1",
        "shipping_charge": "0",
        "zone": "province",
        "basket": "1",
        "user": "1",
    }
    buyer.sends(buyer.form() | edited)
    order = Order.objects.get()
    assert (order.total_incl_tax, order.shipping_incl_tax, order.user) == (234_000, 34_000, None)


def test_a_strangers_basket_cannot_be_ordered(buyer: Buyer) -> None:
    stranger = Client()
    stranger.cookies["gio_hang"] = f"{Basket.objects.get().pk}:forged"
    answer = stranger.post(CHECKOUT, buyer.form())
    assert answer.url == reverse("basket:summary")
    assert not Order.objects.exists()


def test_the_form_sent_again_says_that_there_is_one_order(buyer: Buyer) -> None:
    form = buyer.form()
    buyer.sends(form)
    page = buyer.client.post(CHECKOUT, form, follow=True).content.decode()
    assert "Giỏ hàng này đã được đặt rồi" in page
    assert Order.objects.count() == 1


def test_an_old_window_neither_orders_nor_changes_the_next_basket(buyer: Buyer) -> None:
    old = buyer.form()
    buyer.sends(old)
    buyer.adds(factories.product("Mật ong bạc hà"))
    line = Line.objects.get(product__title="Mật ong bạc hà")
    answer = buyer.client.post(CHECKOUT, old | {"bo": str(line.pk)})
    assert answer.url == Order.objects.get().get_absolute_url()
    assert Line.objects.filter(pk=line.pk).exists()


def test_the_way_back_after_ordering_leads_to_the_order(buyer: Buyer) -> None:
    buyer.orders()
    page = buyer.client.get(CHECKOUT, follow=True)
    assert page.redirect_chain[0][0] == Order.objects.get().get_absolute_url()
    assert "Giỏ hàng này đã được đặt rồi" in page.content.decode()


def test_the_way_back_of_a_stranger_leads_nowhere(buyer: Buyer) -> None:
    buyer.orders()
    stranger = Client()
    stranger.cookies["don_vua_dat"] = Order.objects.get().token
    assert stranger.get(CHECKOUT).url == reverse("basket:summary")


def test_an_accounts_order_is_not_shown_to_whoever_comes_after(
    client: Client, django_user_model: type
) -> None:
    client.force_login(django_user_model.objects.create_user(email="thuong@example.vn"))  # type: ignore[attr-defined]
    buyer = Buyer(client)
    buyer.adds(factories.product())
    buyer.orders()
    assert client.get(CHECKOUT).url == Order.objects.get().get_absolute_url()
    del client.cookies["sessionid"]
    assert client.get(CHECKOUT).url == reverse("basket:summary")


def test_a_page_that_is_kept_by_nobody(buyer: Buyer) -> None:
    assert "no-store" in buyer.client.get(CHECKOUT)["Cache-Control"]
