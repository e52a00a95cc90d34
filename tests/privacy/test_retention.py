"""Orders forget their persons after a time, guests' and account holders' alike."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.order.models import Order, ParcelChange, ParcelState
from marketplace.order.models.order import NOBODY
from marketplace.order.papers.order import recipient_lines
from marketplace.order.privacy import forget_persons
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.order.returns.cast import ask
from tests.privacy import living
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


def later(settings: Any, days: int) -> Any:
    return clock.now() + timedelta(days=settings.ORDER_PERSON_DAYS + days)


def test_an_old_order_names_nobody_and_its_sums_stay(settings: Any) -> None:
    orders = [
        living.ordered(living.person(), email="lan@example.vn"),
        living.ordered(None, email="a@example.vn"),
    ]
    for order in orders:
        bring(parcel_of(order), ParcelState.DELIVERED)
    assert forget_persons(moment=later(settings, 1)) == 2
    for order in Order.objects.select_related("shipping_address"):
        address = order.shipping_address
        assert (order.phone, order.guest_email, order.note) == (NOBODY, "", "")
        assert [address.first_name, address.line1, str(address.phone_number), address.search_text] == [""] * 4
        assert address.place == "Phường Ba Đình, Hà Nội" and order.total_incl_tax == orders[0].total_incl_tax


def test_why_a_buyer_cancelled_is_forgotten_and_what_staff_wrote_stays(settings: Any) -> None:
    for by, why in ((BUYER, "Tôi, Thương, đổi số 0912 345 678"), (STAFF, "Hết hàng")):
        move(parcel_of(living.ordered(None)), ParcelState.CANCELLED, by, note=why)
    forget_persons(moment=later(settings, 1))
    assert list(ParcelChange.objects.order_by("pk").values_list("note", flat=True)) == ["", "Hết hàng"]


def test_doing_it_again_finds_nothing(settings: Any) -> None:
    bring(parcel_of(living.ordered(None)), ParcelState.DELIVERED)
    assert forget_persons(moment=later(settings, 1)) == 1
    assert forget_persons(moment=later(settings, 2)) == 0


def test_orders_that_are_young_or_under_way_keep_their_person(settings: Any) -> None:
    young, waiting = living.ordered(None), living.ordered(None)
    bring(parcel_of(young), ParcelState.DELIVERED)
    assert forget_persons(moment=later(settings, -1)) == 0
    bring(parcel_of(waiting), ParcelState.HANDED_OVER)
    assert forget_persons(moment=later(settings, 1)) == 1
    assert Order.objects.exclude(phone=NOBODY).get() == waiting


def test_the_page_of_a_forgotten_order_says_so_to_its_owner_too(client: Any, settings: Any) -> None:
    owner = living.person()
    order = living.ordered(owner)
    bring(parcel_of(order), ParcelState.DELIVERED)
    request = ask(order)
    forget_persons(moment=later(settings, 1))
    client.force_login(owner)
    for address in (order.get_absolute_url(), request.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "lời nhắn đã xóa" in page and "đăng nhập bằng tài khoản" not in page
        assert [word for word in ("<br>+", "<br>, ", "<p>–</p>") if word in page] == []
    paper = PdfReader(BytesIO(client.get(reverse("order:paper", args=[order.token])).content))
    assert "Người nhận" not in paper.pages[0].extract_text()


def test_staff_see_that_a_person_was_forgotten_and_print_no_half_address(client: Any, settings: Any) -> None:
    order = living.ordered(None)
    bring(parcel_of(order), ParcelState.DELIVERED)
    request = ask(order)
    forget_persons(moment=later(settings, 1))
    sign_in_staff(client, User.objects.create_superuser("chu@example.vn"))
    addresses = [reverse("desk_order", args=[order.pk]), reverse("desk_return", args=[request.pk])]
    for address in addresses:
        page = client.get(address).content.decode()
        assert "lời nhắn đã xóa" in page and 'tel:+"' not in page
    assert recipient_lines(Order.objects.get()) == ["Phường Ba Đình, Hà Nội"]


def test_a_forgotten_guest_is_not_offered_to_take_back_what_nobody_finds(client: Any, settings: Any) -> None:
    order = living.ordered(None, email="lan@example.vn")
    Order.objects.update(marketing_consent=True)
    bring(parcel_of(order), ParcelState.DELIVERED)
    assert "Ngừng nhận tin" in client.get(order.get_absolute_url()).content.decode()
    forget_persons(moment=later(settings, 1))
    assert "Ngừng nhận tin" not in client.get(order.get_absolute_url()).content.decode()


def test_the_page_of_a_forgotten_order_still_opens(client: Any, settings: Any) -> None:
    order = living.ordered(None)
    bring(parcel_of(order), ParcelState.DELIVERED)
    forget_persons(moment=later(settings, 1))
    assert client.get(order.get_absolute_url()).status_code == 200
    with clock.at(later(settings, 1)):
        assert client.get(order.get_absolute_url()).status_code == 200
