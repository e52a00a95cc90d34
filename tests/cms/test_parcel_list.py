"""What is to be done today: the list of parcels that wait, and moving many of them at once."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from marketplace import clock
from marketplace.order.models import (
    Carrier,
    Consignment,
    Order,
    Parcel,
    ParcelChange,
    ParcelState,
    PaymentState,
)
from tests import factories
from tests.cms.reading import page
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import place
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


def waiting(client: Any, **query: Any) -> list[int]:
    """The keys of the parcels that the list offers, in its order."""
    html = page(client, reverse("desk_parcels_results") + "?" + urlencode(query))
    return [int(key) for key in re.findall(r'name="parcel" value="(\d+)"', html)]


def act(client: Any, name: str, *parcels: Parcel, **fields: Any) -> str:
    keys = [parcel.pk for parcel in parcels]
    answer = client.post(reverse("desk_parcels_act"), {"do": name, "parcel": keys} | fields)
    assert answer.status_code == 200
    return str(answer.content.decode())


def states() -> list[str]:
    return list(Parcel.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def three(db: None) -> list[Parcel]:
    """Parcels of three orders, the first placed first; the last goes to another province."""
    made = []
    for hour, to in enumerate(["Hà Nội", "Hà Nội", "Tuyên Quang"]):
        with clock.at(clock.now() + timedelta(hours=hour - 5)):
            made.append(parcel_of(place((factories.product(f"Chè loại {hour}"), 2), to=to)))
    return made


def test_what_waits_longest_stands_first_with_what_is_in_it(coordinator: Any, three: list[Parcel]) -> None:
    assert waiting(coordinator) == [parcel.pk for parcel in three]
    html = page(coordinator, reverse("desk_parcels"))
    assert "2 × Chè loại 0" in html and str(three[0]) in html
    buttons = re.findall(r'name="do" value="([\w-]+)"[^>]*>([^<]+)<', html)
    assert [name for name, _label in buttons] == ["confirm", "pack", "hand-over"]
    assert buttons[0][1] == "Xác nhận"


def test_what_is_sent_has_ended_or_is_not_paid_is_not_to_be_done(
    coordinator: Any, three: list[Parcel]
) -> None:
    bring(three[0], ParcelState.HANDED_OVER)
    move(three[1], ParcelState.CANCELLED)
    Order.objects.filter(consignments__parcels=three[2]).update(
        payment_state=PaymentState.AWAITING_PAYMENT, payment_due_at=clock.now()
    )
    assert waiting(coordinator) == []
    assert waiting(coordinator, state="handed_over") == [three[0].pk]


def test_the_list_narrows_by_state_producer_province_and_lateness(
    coordinator: Any, three: list[Parcel]
) -> None:
    first, second, third = three
    move(second, ParcelState.CONFIRMED)
    yesterday = clock.today() - timedelta(days=1)
    Consignment.objects.filter(parcels=third).update(deliver_from=yesterday, deliver_to=yesterday)
    assert waiting(coordinator, state="new") == [first.pk, third.pk]
    assert waiting(coordinator, producer=first.consignment.partner.name.lower()) == [first.pk]
    assert waiting(coordinator, province=factories.province("Tuyên Quang").slug) == [third.pk]
    assert waiting(coordinator, late="1") == [third.pk]
    assert waiting(coordinator, late="1", state="confirmed") == []


def test_many_are_confirmed_and_packed_at_once(coordinator: Any, three: list[Parcel]) -> None:
    assert "Xong 3 trên 3 kiện" in act(coordinator, "confirm", *three)
    act(coordinator, "pack", *three[:2])
    assert states() == ["packed", "packed", "confirmed"]
    partners = {parcel.consignment.partner_id for parcel in three}
    assert {change.acting_for_id for change in ParcelChange.objects.all()} == partners


def test_one_that_cannot_be_moved_says_why_and_stops_no_other(coordinator: Any, three: list[Parcel]) -> None:
    move(three[1], ParcelState.CANCELLED)
    html = act(coordinator, "confirm", *three)
    assert states() == ["confirmed", "cancelled", "confirmed"]
    assert "Xong 2 trên 3 kiện" in html and html.count("Chưa được") == 1
    assert f"Kiện {three[1]} đang là “Đã hủy”" in html
    again = act(coordinator, "confirm", *three)
    assert "Xong 0 trên 3 kiện" in again
    assert f"Kiện {three[0]} đã là “Nhà sản xuất đã xác nhận” rồi." in again


def test_handing_over_many_asks_for_one_carrier_and_a_number_each(
    coordinator: Any, three: list[Parcel]
) -> None:
    carrier = Carrier.objects.create(name="GHN")
    sent = [bring(parcel, ParcelState.PACKED) for parcel in three[:2]]
    asked = act(coordinator, "hand-over", *sent)
    assert f"Mã vận đơn của kiện {sent[0]}" in asked and 'name="do" value="hand-over"' in asked
    assert states() == ["packed", "packed", "new"]
    numbers = {f"number-{sent[0].pk}": "A1", f"number-{sent[1].pk}": "A2", "number": "1"}
    assert "chọn đơn vị vận chuyển" in act(coordinator, "hand-over", *sent, **numbers)
    assert "Xong 2 trên 2 kiện" in act(coordinator, "hand-over", *sent, carrier=carrier.pk, **numbers)
    rows = Parcel.objects.filter(state="handed_over").order_by("pk").values_list("carrier", "tracking_number")
    assert list(rows) == [(carrier.pk, "A1"), (carrier.pk, "A2")]


def test_nothing_ticked_and_nonsense_are_no_errors(coordinator: Any, three: list[Parcel]) -> None:
    assert "chưa chọn kiện nào" in act(coordinator, "confirm")
    assert "chưa chọn kiện nào" in act(coordinator, "hand-over", number="1")
    for keys in (["x", "-1", "9" * 40, "١"], [10**9]):
        answer = coordinator.post(reverse("desk_parcels_act"), {"do": "confirm", "parcel": keys})
        assert "chưa chọn kiện nào" in answer.content.decode()
    for name in ("cancel", "deliver", ""):
        assert coordinator.post(reverse("desk_parcels_act"), {"do": name}).status_code == 404
    assert states() == ["new"] * 3


def test_whoever_may_only_look_is_offered_no_buttons(client: Any, three: list[Parcel]) -> None:
    person = factories.user()
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_order"]))
    sign_in_staff(client, person)
    assert 'name="do"' not in page(client, reverse("desk_parcels"))
