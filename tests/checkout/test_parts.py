"""How each producer's goods come, and the words for it."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from catalogue.models import Reach
from marketplace.order.models import Consignment, Order
from marketplace.shipping.models import ProducerTerms
from producers.models import Producer
from tests import factories
from tests.checkout.buyer import Buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client: Client) -> Buyer:
    return Buyer(client)


@pytest.fixture
def maker() -> Producer:
    """Offers pick-up, and has one product in no basket yet."""
    made = factories.producer("HTX Năm Căn", of="Cà Mau")
    factories.shipping_terms(made, offers_pickup=True)
    return made


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def charges(buyer: Buyer, **typed: str) -> str:
    return text(buyer.client.get(reverse("checkout:charges"), {"tinh": "ha-noi", "xa": "ba dinh"} | typed))


def test_a_note_and_a_gift_message_go_to_the_producer_they_are_for(buyer: Buyer, maker: Producer) -> None:
    other = factories.producer()
    for by in (maker, other):
        buyer.adds(factories.product(by=by))
    words = {f"ghi_chu_{maker.pk}": "Gói kỹ giúp tôi", f"loi_chuc_{other.pk}": "Chúc mừng năm mới"}
    page = text(buyer.client.get(buyer.orders(**words).url))
    kept = {part.partner_id: (part.note, part.gift_message) for part in Consignment.objects.all()}
    assert kept == {maker.pk: ("Gói kỹ giúp tôi", ""), other.pk: ("", "Chúc mừng năm mới")}
    assert "Gói kỹ giúp tôi" in page and "Chúc mừng năm mới" in page


@pytest.mark.parametrize(("name", "limit"), [("ghi_chu", 500), ("loi_chuc", 300)])
def test_words_that_are_too_long_are_explained_and_not_cut(
    buyer: Buyer, maker: Producer, name: str, limit: int
) -> None:
    buyer.adds(factories.product(by=maker))
    page = text(buyer.orders(**{f"{name}_{maker.pk}": "ồ" * (limit + 1)}))
    assert page.count(f"Bạn viết dài quá, tối đa {limit} ký tự.") == 2
    assert "ồ" * (limit + 1) in page
    assert buyer.orders(**{f"{name}_{maker.pk}": "ồ" * limit}).status_code == 302


def test_the_buyer_may_fetch_and_then_needs_no_address(buyer: Buyer, maker: Producer) -> None:
    buyer.adds(factories.product(by=maker))
    fetch = {f"cach_{maker.pk}": "pickup", "tinh": "", "xa": "", "duong": ""}
    first = buyer.orders(**fetch)
    seen = buyer._hidden(text(first), "da_xem")
    answer = buyer.sends(buyer.form(**fetch) | {"da_xem": seen})
    order = Order.objects.get()
    assert (answer.url, order.shipping_incl_tax) == (order.get_absolute_url(), 0)
    page = text(buyer.client.get(answer.url))
    assert "Xưởng chè Phìn Hồ" in page
    assert "Thứ hai đến thứ bảy, 8–17 giờ" in page


def test_part_sent_and_part_fetched_needs_an_address(buyer: Buyer, maker: Producer) -> None:
    for by in (maker, factories.producer()):
        buyer.adds(factories.product(by=by))
    page = text(buyer.orders(**{f"cach_{maker.pk}": "pickup", "duong": ""}))
    assert 'href="#id_duong"' in page
    assert not Order.objects.exists()


def test_choosing_to_fetch_shows_the_sums_without_its_charge(buyer: Buyer, maker: Producer) -> None:
    buyer.adds(factories.product(by=maker, price=100_000))
    assert "134.000" in charges(buyer)
    fetched = charges(buyer, **{f"cach_{maker.pk}": "pickup"})
    assert "Nhận tại nơi bán từ" in fetched
    assert "134.000" not in fetched.partition('id="giao-')[0]


def test_live_goods_for_another_province_are_offered_for_fetching(buyer: Buyer, maker: Producer) -> None:
    buyer.adds(factories.product(by=maker, reach=Reach.PROVINCE))
    assert "Bạn chọn nhận tại nơi bán" in text(buyer.orders())
    assert not Order.objects.exists()
    page = text(buyer.orders(**{f"cach_{maker.pk}": "pickup"}))
    form = buyer.form(**{f"cach_{maker.pk}": "pickup"}) | {"da_xem": buyer._hidden(page, "da_xem")}
    assert buyer.sends(form).status_code == 302
    assert Consignment.objects.get().way == "pickup"


def test_goods_that_are_only_fetched_ask_for_no_choice(buyer: Buyer, maker: Producer) -> None:
    buyer.adds(factories.product(by=maker, reach=Reach.PICKUP))
    page = text(buyer.client.get(reverse("checkout:checkout")))
    assert "Bạn nhận tất cả tại nơi bán nên không cần điền phần này." in page
    assert f'name="cach_{maker.pk}"' not in page


@pytest.mark.parametrize("way", ["flown", "pickup' OR 1=1"])
def test_a_way_that_is_none_is_asked_for_again(buyer: Buyer, maker: Producer, way: str) -> None:
    buyer.adds(factories.product(by=maker))
    assert "Cách nhận này không còn nữa" in text(buyer.orders(**{f"cach_{maker.pk}": way}))
    assert not Order.objects.exists()


@pytest.mark.parametrize("key", ["9" * 5000, "٣", "x", ""])
@pytest.mark.parametrize("field", ["cach_", "ghi_chu_"])
def test_words_to_a_producer_that_is_none_are_nobodys(
    buyer: Buyer, maker: Producer, field: str, key: str
) -> None:
    buyer.adds(factories.product(by=maker))
    forged = {f"{field}{key}": "pickup"}
    assert charges(buyer, **forged)
    pressed = urlencode(buyer.form() | forged | {"cap_nhat": "1"})
    kind, headers = "application/x-www-form-urlencoded", {"HX-Request": "true"}
    answer = buyer.client.post(reverse("checkout:checkout"), pressed, content_type=kind, headers=headers)
    assert answer.status_code == 200


def test_fetching_that_is_offered_no_more_is_not_ordered_unseen(buyer: Buyer, maker: Producer) -> None:
    buyer.adds(factories.product(by=maker))
    fetch = {f"cach_{maker.pk}": "pickup"}
    seen = buyer._hidden(text(buyer.orders(**fetch)), "da_xem")
    form = buyer.form(**fetch) | {"da_xem": seen}
    ProducerTerms.objects.update(offers_pickup=False)
    page = text(buyer.sends(form))
    assert "trước là Nhận tại nơi bán, nay là <b>phí giao 34.000\xa0₫</b>" in page
    assert not Order.objects.exists()


def test_a_minimum_that_is_not_reached_is_told_and_stops_the_order(buyer: Buyer, maker: Producer) -> None:
    ProducerTerms.objects.update(minimum_order=500_000)
    buyer.adds(factories.product(by=maker, price=185_000))
    page = text(buyer.orders())
    assert "HTX Năm Căn nhận đơn từ 500.000\xa0₫ tiền hàng, còn thiếu 315.000\xa0₫." in page
    assert not Order.objects.exists()


def test_an_account_holder_finds_name_phone_and_email_filled_in(
    client: Client, django_user_model: type
) -> None:
    owner = django_user_model.objects.create_user(  # type: ignore[attr-defined]
        email="thuong@example.vn", phone="+84912345678", last_name="Nguyễn Thị", first_name="Thương"
    )
    client.force_login(owner)
    buyer = Buyer(client)
    buyer.adds(factories.product())
    page = text(client.get(reverse("checkout:checkout")))
    for value in ("Nguyễn Thị Thương", "0912345678", "thuong@example.vn"):
        assert f'value="{value}"' in page
    buyer.orders()
    assert Order.objects.get().user == owner
