"""Staff's list of orders: what it shows, finds and narrows to."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import clock
from marketplace.look.figures import dong
from marketplace.order.models import (
    Carrier,
    Consignment,
    Order,
    Parcel,
    ParcelState,
    PaymentState,
    ShippingAddress,
)
from marketplace.order.parcels import Tracking
from tests import factories
from tests.cms.reading import page
from tests.order.copies import copies
from tests.order.moving import bring, move, parcel_of
from tests.order.placing import place

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def listed(client: Any, **query: Any) -> list[str]:
    """The numbers of the orders that the list shows, in its order."""
    html = page(client, reverse("desk_orders_results") + "?" + urlencode(query, doseq=True))
    return re.findall(r"OC\d{6}-\w{5}(?=\s*</a>)", html)


def test_an_order_is_listed_with_recipient_sums_states_and_producers(coordinator: Any) -> None:
    tea, jam = factories.product(price=100_000), factories.product(price=50_000)
    order = place((tea, 2), (jam, 1))
    move(Parcel.objects.filter(consignment__partner=jam.producer_id).get(), ParcelState.CANCELLED)
    html = page(coordinator, reverse("desk_orders"))
    order.refresh_from_db()
    assert order.number in html and "Nguyễn Thị Hoài Thương" in html
    assert "trả tiền khi nhận hàng" in html and "Đã nhận đơn" in html
    both = [dong(total) for total in (order.owed, order.total_incl_tax)]
    assert all(total in html for total in both) and both[0] != both[1]


@pytest.fixture
def two(db: None) -> tuple[Order, Order]:
    """One order of Thương's, one of somebody else's with an account, whose parcel is with a carrier."""
    first, second = place((factories.product(), 1)), place((factories.product(), 1), to="Tuyên Quang")
    Order.objects.filter(pk=first.pk).update(guest_email="Thuong@Example.vn")
    second.shipping_address.first_name = "Đặng Văn Ưng"
    second.shipping_address.save()
    user = factories.user(email="ung@example.vn")
    Order.objects.filter(pk=second.pk).update(phone="+842438251234", user=user)
    carrier = Carrier.objects.create(name="GHN")
    parcel = bring(parcel_of(second), ParcelState.PACKED)
    move(parcel, ParcelState.HANDED_OVER, tracking=Tracking(carrier, "GHN-abc12"))
    return first, second


@pytest.mark.parametrize(
    "said",
    ["0912345678", "+84 912 345 678", "84912345678", "091.234.5678", "thuong@example.VN", "hoai thuong", "HOÀI  Thương"],
)  # fmt: skip
def test_an_order_is_found_by_phone_mail_and_name_typed_any_way(
    coordinator: Any, two: tuple[Order, Order], said: str
) -> None:
    assert listed(coordinator, q=said) == [two[0].number]


@pytest.mark.parametrize(
    "said", ["024 3825 1234", "ung@example.vn", "đặng văn", "dang van ung", "ghn-ABC12", " GHN-abc12 "]
)
def test_so_is_one_of_an_account_and_one_on_its_way(
    coordinator: Any, two: tuple[Order, Order], said: str
) -> None:
    assert listed(coordinator, q=said) == [two[1].number]


def test_a_number_is_found_whole_in_part_and_by_its_end(coordinator: Any, two: tuple[Order, Order]) -> None:
    number = two[0].number
    ways = [
        number,
        number.lower(),
        number.replace("-", ""),
        f"{number}-1",
        f"{number}-1/1",
        number[-5:],
        f" {number} ",
    ]
    assert [listed(coordinator, q=way) for way in ways] == [[number]] * len(ways)
    assert set(listed(coordinator, q=number[:8])) == {two[0].number, two[1].number}


@pytest.mark.parametrize(
    "said", ["0900000000", "%", "_", "' OR 1=1 --", "ai@example.vn", "OC", "x" * 500, "😀"]
)
def test_what_nobody_has_finds_nothing(coordinator: Any, two: tuple[Order, Order], said: str) -> None:
    assert listed(coordinator, q=said) == []
    assert "Không có đơn hàng nào như vậy" in page(
        coordinator, f"{reverse('desk_orders')}?{urlencode({'q': said})}"
    )


def test_the_list_narrows_by_payment_states_province_producer_and_carrier(
    coordinator: Any, two: tuple[Order, Order]
) -> None:
    first, second = (row.number for row in two)
    Order.objects.filter(pk=two[1].pk).update(payment_state=PaymentState.PAID)
    address = two[1].shipping_address
    maker = two[0].consignments.get().partner.name
    assert listed(coordinator, payment_state="paid") == [second]
    assert set(listed(coordinator, payment_state=["paid", "cash_due"])) == {first, second}
    assert listed(coordinator, delivery="handed_over") == [second]
    assert listed(coordinator, parcels=["new", "packed"]) == [first]
    assert listed(coordinator, province=address.province.slug) == [second]
    assert listed(coordinator, producer=maker.upper()) == [first]
    assert listed(coordinator, carrier="ghn") == [second]
    assert listed(coordinator, carrier="ghn", delivery="new") == []


def test_it_narrows_by_days_in_vietnam(coordinator: Any, two: tuple[Order, Order]) -> None:
    evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # a minute to midnight in Hà Nội
    Order.objects.filter(pk=two[0].pk).update(date_placed=evening)
    Order.objects.filter(pk=two[1].pk).update(date_placed=evening + timedelta(minutes=1))
    assert listed(coordinator, placed_to="2026-11-20") == [two[0].number]
    assert listed(coordinator, placed_from="2026-11-21", placed_to="2026-11-21") == [two[1].number]


def test_it_narrows_to_what_is_late(coordinator: Any, two: tuple[Order, Order]) -> None:
    late = clock.today() - timedelta(days=1)
    Consignment.objects.filter(order=two[1]).update(deliver_from=late, deliver_to=late)
    assert listed(coordinator, late="1") == [two[1].number]


def test_it_is_sorted_newest_first_or_by_what_is_asked(coordinator: Any, two: tuple[Order, Order]) -> None:
    newest = list(Order.objects.order_by("-date_placed").values_list("number", flat=True))
    assert listed(coordinator) == newest
    assert listed(coordinator, ordering="date_placed") == newest[::-1]
    assert listed(coordinator, ordering="shipping_address__first_name") == newest


@pytest.mark.parametrize(
    "query",
    [
        {"province": "x"},
        {"delivery": "weg"},
        {"p": "99"},
        {"placed_from": "hôm qua"},
        {"placed_from": "0001-01-01", "placed_to": "9999-12-31"},
    ],
)
def test_a_filter_that_makes_no_sense_is_no_error(
    coordinator: Any, two: tuple[Order, Order], query: dict[str, str]
) -> None:
    assert len(listed(coordinator, **query)) == 2


@pytest.mark.parametrize("name", ["desk_orders", "desk_parcels"])
def test_a_long_list_takes_no_more_queries_than_a_short_one(coordinator: Any, name: str) -> None:
    order = place((factories.product(), 1), (factories.product(), 1))
    copies(order, 2)
    page(coordinator, reverse(name))
    counts = []
    for more in (0, 57):
        copies(order, more, start=3)
        with CaptureQueriesContext(connection) as asked:
            assert order.number in page(coordinator, reverse(name))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES, "\n".join(query["sql"][:300] for query in asked)


def test_an_order_whose_person_was_forgotten_is_still_an_order(coordinator: Any) -> None:
    order = place((factories.product(), 1))
    ShippingAddress.objects.all().delete()
    Order.objects.update(shipping_address=None)
    for address in (reverse("desk_orders"), reverse("desk_parcels"), reverse("desk_order", args=[order.pk])):
        assert order.number in page(coordinator, address)
    answer = coordinator.get(reverse("desk_orders") + "?export=csv")
    assert order.number in b"".join(answer.streaming_content).decode()
