"""Orders forget their persons after a time, guests' and account holders' alike."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.models import Order, ParcelChange, ParcelState
from marketplace.order.privacy import NOBODY, forget_persons
from tests.order.moving import BUYER, STAFF, bring, move, parcel_of
from tests.privacy import living

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


def test_the_page_of_a_forgotten_order_still_opens(client: Any, settings: Any) -> None:
    order = living.ordered(None)
    bring(parcel_of(order), ParcelState.DELIVERED)
    forget_persons(moment=later(settings, 1))
    assert client.get(order.get_absolute_url()).status_code == 200
    with clock.at(later(settings, 1)):
        assert client.get(order.get_absolute_url()).status_code == 200
