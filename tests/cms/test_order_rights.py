"""Who reaches the screens of orders: nobody without the right, by no address and by no button."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.order.models import Carrier, Order, Parcel
from producers.models import Membership
from producers.models.membership import Role
from tests import factories
from tests.cms.reading import page
from tests.order.moving import parcel_of
from tests.order.placing import place
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db

HOME = "/admin/"
ASKED = ["desk_orders", "desk_orders_results", "desk_parcels", "desk_parcels_results"]
EXPORTS = ["csv", "xlsx"]


@pytest.fixture
def order(db: None) -> Order:
    return place((factories.product(), 2))


def staff(*rights: str) -> Client:
    """Somebody who may enter the admin, with these rights of orders."""
    person = factories.user()
    entering = Permission.objects.get(codename="access_admin")
    person.user_permissions.add(entering, *Permission.objects.filter(codename__in=rights))
    return sign_in_staff(Client(), person)


def asks(client: Client, order: Order) -> dict[str, Any]:
    """What every address that only shows something answers."""
    addresses = [reverse(name) for name in ASKED] + [reverse("desk_order", args=[order.pk])]
    part = order.consignments.get()
    addresses += [reverse("desk_order_paper", args=[order.pk]), reverse("desk_packing_list", args=[part.pk])]
    addresses += [f"{reverse('desk_orders')}?export={kind}" for kind in EXPORTS]
    return {address: client.get(address) for address in addresses}


def acts(client: Client, order: Order) -> dict[str, Any]:
    """What every address that changes something answers."""
    parcel = parcel_of(order)
    names = ["confirm", "pack", "hand-over", "deliver", "tracking", "split", "return", "lose", "cancel"]
    posts = {reverse("desk_parcel_act", args=[parcel.pk, name]): {"note": "Thử"} for name in names}
    posts[reverse("desk_consignment_cancel", args=[parcel.consignment_id])] = {"reason": "Thử"}
    posts[reverse("desk_parcels_act")] = {"do": "confirm", "parcel": str(parcel.pk)}
    posts[reverse("desk_order_link", args=[order.pk])] = {}
    return {address: client.post(address, fields) for address, fields in posts.items()}


def untouched(order: Order) -> bool:
    return Parcel.objects.get().state == "new" and not Entry.objects.exists()


def test_staff_without_the_right_are_refused_at_every_address_and_see_no_entry(order: Order) -> None:
    client = staff()
    for address, answer in {**asks(client, order), **acts(client, order)}.items():
        assert (answer.status_code, answer["Location"]) == (302, HOME), address
    assert untouched(order)
    assert reverse("desk_orders") not in page(client, HOME)


def test_buyers_members_of_producers_and_strangers_never_get_there(order: Order) -> None:
    member = factories.user()
    maker = order.consignments.get().partner.producer
    Membership.objects.create(producer=maker, user=member, role=Role.OWNER)
    buyer = factories.user()
    Order.objects.update(user=buyer)
    for person in (member, buyer, None):
        client = Client()
        client.force_login(person) if person else None
        for address, answer in {**asks(client, order), **acts(client, order)}.items():
            assert answer.status_code == (403 if person else 302), address
            assert order.number.encode() not in answer.content
    assert untouched(order)


def test_whoever_may_only_look_changes_and_takes_nothing(order: Order) -> None:
    client = staff("view_order")
    answers = asks(client, order)
    exports = [address for address in answers if "export" in address]
    assert {answers[address].status_code for address in answers if address not in exports} == {200}
    assert {answers[address]["Location"] for address in exports} == {HOME}
    assert not Entry.objects.filter(action="orders_exported").exists()
    html = answers[reverse("desk_order", args=[order.pk])].content.decode()
    assert "/chuyen/" not in html and "desk_parcel_act" not in html
    assert '<form method="post"' not in html
    for address, answer in acts(client, order).items():
        assert answer["Location"] == HOME, address
    assert Parcel.objects.get().state == "new"


def test_moving_and_cancelling_are_rights_apart(order: Order) -> None:
    parcel = parcel_of(order)
    mover, canceller = staff("view_order", "move_parcels"), staff("view_order", "cancel_parcels")
    confirm, cancel = (reverse("desk_parcel_act", args=[parcel.pk, name]) for name in ("confirm", "cancel"))
    assert canceller.post(confirm)["Location"] == mover.post(cancel, {"note": "Thử"})["Location"] == HOME
    assert Parcel.objects.get().state == "new"
    mover.post(confirm)
    assert Parcel.objects.get().state == "confirmed"
    canceller.post(cancel, {"note": "Thử"})
    assert Parcel.objects.get().state == "cancelled"


def test_nothing_changes_by_get_or_without_the_token_of_the_page(coordinator: Any, order: Order) -> None:
    parcel = parcel_of(order)
    addresses = [
        reverse("desk_parcel_act", args=[parcel.pk, "confirm"]),
        reverse("desk_consignment_cancel", args=[parcel.consignment_id]),
        reverse("desk_parcels_act"),
        reverse("desk_order_link", args=[order.pk]),
    ]
    assert {coordinator.get(address).status_code for address in addresses} == {405}
    strict = Client(enforce_csrf_checks=True)
    sign_in_staff(strict, User.objects.get(email="dieu-phoi@cho-ocop.example"))
    assert {strict.post(address).status_code for address in addresses} == {403}
    assert untouched(order)


def test_the_group_that_looks_after_orders_may_do_all_of_it(coordinator: Any, order: Order) -> None:
    home = page(coordinator, HOME)
    for name in ("desk_orders", "desk_parcels", "carriers:index"):
        assert reverse(name) in home
    assert page(coordinator, reverse("carriers:index"))
    names = set(Group.objects.get(name="Điều phối đơn hàng").permissions.values_list("codename", flat=True))
    assert names == {
        "access_admin", "view_order", "move_parcels", "cancel_parcels", "export_orders", "add_carrier", "change_carrier",
        "handle_returns", "view_message", "send_messages_again", "view_payment",
    }  # fmt: skip


def test_the_rights_are_offered_when_a_group_is_edited(client: Any) -> None:
    sign_in_staff(client, User.objects.create_superuser("quan-tri@cho-ocop.example", "mat-khau-dai"))
    html = page(client, reverse("wagtailusers_groups:add"))
    rights = Permission.objects.filter(
        codename__in=["move_parcels", "cancel_parcels", "export_orders", "view_order"]
    )
    assert len(rights) == 4
    assert all(f'name="permissions" value="{right.pk}"' in html for right in rights)


def test_a_carrier_is_added_with_a_page_that_has_a_place_for_the_number(coordinator: Any) -> None:
    fields = {"name": "Bưu điện", "phone": "1900 54 54 81", "is_active": "on"}
    answer = coordinator.post(
        reverse("carriers:add"), fields | {"tracking_address": "https://buudien.example/"}
    )
    assert "cần có {}" in answer.content.decode()
    answer = coordinator.post(
        reverse("carriers:add"), fields | {"tracking_address": "https://buudien.example/?ma={}"}
    )
    assert answer.status_code == 302
    assert Carrier.objects.get().link("A 1") == "https://buudien.example/?ma=A%201"
