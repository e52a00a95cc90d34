import pytest
from django.test import Client
from django.urls import reverse

from marketplace.order.models import Consignment, Order, ParcelState, Role
from tests import factories
from tests.order.moving import bring
from tests.order.placing import place

pytestmark = pytest.mark.django_db


def address(order: Order, part: Consignment) -> str:
    return reverse("order:cancel", kwargs={"token": order.token, "consignment_id": part.pk})


def state(part: Consignment) -> str:
    return part.parcels.get().state


def test_a_guest_cancels_a_part_by_the_orders_link(client: Client) -> None:
    order = place((factories.product(), 1))
    part = order.consignments.get()
    assert address(order, part) in client.get(order.get_absolute_url()).content.decode()
    assert "Hủy phần này" in client.get(address(order, part)).content.decode()
    assert state(part) == ParcelState.NEW
    page = client.post(address(order, part), {"ly_do": "Đặt nhầm"}, follow=True).content.decode()
    assert "Đã hủy phần hàng" in page
    change = part.parcels.get().changes.get()
    assert (change.after, change.role, change.actor, change.note) == (
        "cancelled",
        Role.BUYER,
        None,
        "Đặt nhầm",
    )


def test_the_owner_is_named_in_the_record(client: Client) -> None:
    owner = factories.user()
    client.force_login(owner)
    order = place((factories.product(), 1))
    part = order.consignments.get()
    client.post(address(order, part))
    assert part.parcels.get().changes.get().actor == owner


def test_what_has_been_sent_meanwhile_is_not_cancelled_and_the_page_says_why(client: Client) -> None:
    order = place((factories.product(), 1))
    part = order.consignments.get()
    bring(part.parcels.get(), ParcelState.HANDED_OVER)
    page = client.post(address(order, part), follow=True).content.decode()
    assert "không hủy được nữa" in page
    assert "Hủy phần này" not in page
    assert state(part) == ParcelState.HANDED_OVER


def test_a_double_click_cancels_once(client: Client) -> None:
    order = place((factories.product(), 1))
    part = order.consignments.get()
    for _ in range(2):
        assert client.post(address(order, part)).status_code == 302
    assert part.parcels.get().changes.count() == 1


@pytest.mark.parametrize("end", [ParcelState.CANCELLED, ParcelState.DELIVERED])
def test_the_way_back_to_what_cannot_be_cancelled_any_more_leads_to_the_order(
    client: Client, end: ParcelState
) -> None:
    order = place((factories.product(), 1))
    part = order.consignments.get()
    if end == ParcelState.CANCELLED:
        client.post(address(order, part))
    else:
        bring(part.parcels.get(), end)
    answer = client.get(address(order, part), follow=True)
    assert answer.redirect_chain == [(order.get_absolute_url(), 302)]
    assert "đã hủy hoặc đã được gửi đi" in answer.content.decode()


def test_a_part_of_another_order_is_not_there(client: Client) -> None:
    order, other = (place((factories.product(), 1)) for _ in range(2))
    foreign = other.consignments.get()
    assert client.post(address(order, foreign)).status_code == 404
    assert state(foreign) == ParcelState.NEW


def test_a_reason_that_is_too_long_is_kept_to_be_shortened(client: Client) -> None:
    order = place((factories.product(), 1))
    part = order.consignments.get()
    page = client.post(address(order, part), {"ly_do": "a" * 501}).content.decode()
    assert "tối đa 500" in page
    assert "a" * 501 in page
    assert state(part) == ParcelState.NEW


def test_other_producers_are_spoken_of_where_there_are_some(client: Client) -> None:
    others = "Các nhà sản xuất khác"
    tea, honey = (factories.product(by=factories.producer(name)) for name in ("HTX Chè", "HTX Mật"))
    for order, spoken in ((place((tea, 1)), False), (place((tea, 1), (honey, 1)), True)):
        part = order.consignments.order_by("pk")[0]
        assert (others in client.get(address(order, part)).content.decode()) == spoken
