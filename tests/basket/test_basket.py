import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from catalogue.models import Product
from marketplace.basket.change import MOST
from marketplace.basket.models import Basket, Line
from marketplace.partner.models import StockRecord
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> Buyer:
    return Buyer(client)


def page(client: Client) -> str:
    return client.get(reverse("basket:summary")).content.decode()


def change(buyer: Buyer, line: Line, value: str, **headers: str) -> str:
    address = reverse("basket:change", args=[line.pk])
    return buyer.client.post(address, {"so_luong": value}, follow=True, headers=headers).content.decode()


def test_adding_leads_to_the_basket_and_sets_the_number_of_the_header(buyer: Buyer) -> None:
    said = buyer.adds(factories.product("Trà xanh Phìn Hồ"), 2)
    assert "Đã thêm Trà xanh Phìn Hồ vào giỏ hàng." in said.content.decode()
    cookie = buyer.client.cookies["gio"]
    assert (cookie.value, cookie["httponly"]) == ("2", "")


def test_a_chosen_size_is_what_is_bought(buyer: Buyer) -> None:
    parent, sizes = factories.sized()
    buyer.adds(sizes[1])
    assert Line.objects.get().product == sizes[1]
    assert "Bạn chọn quy cách" in buyer.adds(parent).content.decode()
    assert Line.objects.count() == 1


def test_more_than_there_is_becomes_what_there_is_and_is_said(buyer: Buyer) -> None:
    said = buyer.adds(factories.product(stock=3), 5)
    assert "Bạn chọn 5, chúng tôi chỉ thêm được 3 vì kho chỉ còn 3." in said.content.decode()
    line = Line.objects.get()
    assert line.quantity == 3
    assert "Bạn chọn 9, kho chỉ còn 3 nên chúng tôi đã chỉnh lại" in change(buyer, line, "9")
    assert Line.objects.get().quantity == 3


def test_what_the_basket_has_already_counts_against_the_stock(buyer: Buyer) -> None:
    product = factories.product(stock=5)
    buyer.adds(product, 2)
    said = buyer.adds(product, 4).content.decode()
    assert "Bạn chọn 4, chúng tôi chỉ thêm được 3 vì kho chỉ còn 5, giỏ của bạn đã có 2." in said


@pytest.mark.parametrize("wrong", ["", "ba", "-1", "1.5", "1000", "9" * 40, "\x00"])
def test_a_quantity_that_is_none_is_explained_at_the_line(buyer: Buyer, wrong: str) -> None:
    buyer.adds(factories.product())
    assert "Số lượng phải là một số nguyên từ 1 đến 999." in change(buyer, Line.objects.get(), wrong)
    assert Line.objects.get().quantity == 1


def test_the_basket_keeps_to_the_language_of_the_page(buyer: Buyer) -> None:
    fields = {"san_pham": factories.product().pk, "so_luong": "x"}
    with translation.override("vi"):
        answer = buyer.client.post("/en" + reverse("basket:add"), fields, follow=True)
    assert answer.redirect_chain[0][0] == "/en/gio-hang/"


@pytest.mark.parametrize("wrong", ["", "abc", "0", "999999999999999999999", "'; DROP TABLE"])
def test_a_product_that_is_none_is_said(buyer: Buyer, wrong: str) -> None:
    answer = buyer.client.post(reverse("basket:add"), {"san_pham": wrong, "so_luong": 1}, follow=True)
    assert "Chúng tôi không tìm thấy sản phẩm này." in answer.content.decode()


def test_a_removed_line_can_be_put_back(buyer: Buyer) -> None:
    product = factories.product("Mật ong bạc hà")
    buyer.adds(product, 3)
    address = reverse("basket:remove", args=[Line.objects.get().pk])
    answer = buyer.client.post(address, follow=True)
    assert answer.request["QUERY_STRING"] == f"da_bo={product.pk}.3"
    assert "Hoàn tác" in answer.content.decode()
    assert not Line.objects.exists()


@pytest.mark.parametrize("wrong", ["x", "1", ".", "1.", "0.1", "²", "1.²", "9" * 30 + ".1"])
def test_an_undo_that_is_not_ours_is_left_out(client: Client, wrong: str) -> None:
    answer = client.get(reverse("basket:summary"), {"da_bo": wrong})
    assert answer.status_code == 200
    assert "Hoàn tác" not in answer.content.decode()


def test_an_undo_names_alcohol_to_adults_only(client: Client) -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    product = factories.product("Rượu ngô men lá", sets=(spirits,))
    _parent, sizes = factories.sized(title="Rượu nếp cẩm", sets=(spirits,))
    undo = {"da_bo": f"{product.pk}.1"}
    for hidden in (undo, {"da_bo": f"{sizes[0].pk}.1"}):
        assert "Rượu" not in client.get(reverse("basket:summary"), hidden).content.decode()
    client.post(reverse("search:adult"))
    assert "Đã bỏ Rượu ngô men lá" in client.get(reverse("basket:summary"), undo).content.decode()


def test_htmx_gets_the_changed_part_and_the_number_only(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    part = change(buyer, Line.objects.get(), "2", **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'value="2"' in part
    assert buyer.client.cookies["gio"].value == "2"


def test_buttons_beside_the_number_count_up_and_down(buyer: Buyer) -> None:
    buyer.adds(factories.product(), 2)
    line = Line.objects.get()
    buyer.client.post(reverse("basket:change", args=[line.pk]), {"so_luong": "2", "dat": "3"})
    assert Line.objects.get().quantity == 3
    buyer.client.post(reverse("basket:change", args=[line.pk]), {"so_luong": "3", "dat": "0"})
    assert not Line.objects.exists()


def test_a_strangers_line_cannot_be_touched(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    stranger = Client()
    for name in ("basket:change", "basket:remove"):
        address = reverse(name, args=[Line.objects.get().pk])
        assert stranger.post(address, {"so_luong": 5})["Location"] == reverse("basket:summary")
    assert Line.objects.get().quantity == 1


def test_what_is_no_longer_sold_is_said_at_its_line(buyer: Buyer) -> None:
    product = factories.product()
    buyer.adds(product)
    Product.objects.filter(pk=product.pk).update(is_public=False)
    assert "Sản phẩm này không còn bán." in page(buyer.client)


def test_what_is_gone_altogether_is_said_too(buyer: Buyer) -> None:
    product = factories.product()
    buyer.adds(product)
    product.delete()
    assert "Một số sản phẩm không còn trên Chợ" in page(buyer.client)
    assert "Một số sản phẩm không còn trên Chợ" not in page(buyer.client)


def test_less_stock_than_in_the_basket_is_said_with_a_way_out(buyer: Buyer) -> None:
    buyer.adds(factories.product(stock=5), 5)
    StockRecord.objects.update(num_allocated=3)
    shown = page(buyer.client)
    assert "Kho chỉ còn 2." in shown
    assert "Đổi thành 2" in shown


def test_charges_are_shown_by_producer_for_the_chosen_province(buyer: Buyer) -> None:
    for of in ("Hà Nội", "Cà Mau"):
        buyer.adds(factories.product(by=factories.producer(of=of)))
    assert "Chưa tính" in page(buyer.client)
    buyer.client.post(reverse("basket:province"), {"tinh": "ha-noi"})
    shown = page(buyer.client)
    assert "Phí giao đến Hà Nội" in shown
    assert "18.000" in shown
    assert "34.000" in shown
    assert "422.000" in shown  # two pieces and both charges


def test_an_unknown_province_changes_nothing(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    buyer.client.post(reverse("basket:province"), {"tinh": "<script>"})
    assert "noi_nhan" not in buyer.client.cookies


def test_alcohol_is_put_in_by_adults_only(buyer: Buyer) -> None:
    spirits = factories.category("Rượu trắng", 14, flags=("alcohol",))
    product = factories.product(sets=(spirits,))
    assert "chỉ dành cho người từ 18 tuổi" in buyer.adds(product).content.decode()
    assert not Line.objects.exists()


def test_a_full_basket_takes_no_more_pieces_than_the_limit(buyer: Buyer) -> None:
    product, other = factories.product(stock=5000), factories.product()
    buyer.adds(product, MOST - 2)
    assert "Bạn chọn 5, chúng tôi chỉ thêm được 2 vì mỗi giỏ chứa nhiều nhất 999 sản phẩm." in (
        buyer.adds(product, 5).content.decode()
    )
    assert "Giỏ hàng đã đầy" in buyer.adds(product, 1).content.decode()
    line = Line.objects.get()
    change(buyer, line, str(MOST - 3))
    buyer.adds(other, 1)
    said = change(buyer, line, str(MOST))
    assert "Bạn chọn 999, mỗi giỏ chứa nhiều nhất 999 sản phẩm nên chúng tôi để 998." in said


def test_a_full_basket_says_so_at_a_line_that_finds_no_room(buyer: Buyer) -> None:
    product, other = factories.product(stock=5000), factories.product()
    buyer.adds(product, 1)
    line = Line.objects.get()
    Line.objects.filter(pk=line.pk).update(quantity=0)
    buyer.adds(other, 1)
    Line.objects.filter(product=other).update(quantity=MOST)
    assert "Giỏ hàng đã đầy" in change(buyer, line, "1")


def test_pages_that_only_show_the_number_ask_the_database_nothing_for_it(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    with CaptureQueriesContext(connection) as queries:
        buyer.client.get("/khong-co/")
    assert not [query for query in queries if "basket" in query["sql"]]


def test_the_page_takes_as_many_queries_for_six_lines_as_for_two(buyer: Buyer) -> None:
    makers = [factories.producer(of=of) for of in ("Hà Nội", "Cà Mau", "An Giang")]
    buyer.client.post(reverse("basket:province"), {"tinh": "ha-noi"})
    counts = []
    for _round in range(2):
        for maker in makers:
            buyer.adds(factories.product(by=maker))
            buyer.adds(factories.sized(by=maker)[1][0])
        with CaptureQueriesContext(connection) as queries:
            page(buyer.client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_an_ordered_basket_is_not_changed_any_more(buyer: Buyer) -> None:
    buyer.adds(factories.product())
    Basket.objects.update(status=Basket.SUBMITTED)
    address = reverse("basket:change", args=[Line.objects.get().pk])
    answer = buyer.client.post(address, {"so_luong": 5}, follow=True)
    assert "Món này không còn trong giỏ của bạn." in answer.content.decode()
    assert Line.objects.get().quantity == 1
