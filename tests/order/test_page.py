import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.identities import confirm_phone
from marketplace.look.figures import day, dong
from marketplace.order.models import Carrier, Order, Parcel, ParcelState
from marketplace.order.page import order_context
from marketplace.order.parcels import Tracking, split_parcel
from tests import factories
from tests.order import placing
from tests.order.moving import STAFF, bring, move, parcel_of

pytestmark = pytest.mark.django_db


def seen(client: Client, order: Order) -> str:
    return bytes(client.get(order.get_absolute_url()).content).decode()


def test_whoever_asks_for_the_head_of_an_orders_page_gets_it(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    head = client.head(order.get_absolute_url())
    assert (head.status_code, head.content) == (200, b"")
    assert head["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_says_who_is_asked_about_each_part(client: Client) -> None:
    maker = factories.producer("HTX Phìn Hồ", phone="+84912000111", email="htx@example.vn")
    page = seen(client, placing.place((factories.product(by=maker), 1)))
    assert "tel:+84912000111" in page
    assert "mailto:htx@example.vn" in page


def test_a_parcel_on_its_way_shows_carrier_number_and_link(client: Client) -> None:
    parcel = bring(parcel_of(placing.place((factories.product(), 1))), ParcelState.PACKED)
    carrier = Carrier.objects.create(name="Giao Nhanh", tracking_address="https://giao.example/tra?ma={}")
    move(parcel, ParcelState.HANDED_OVER, tracking=Tracking(carrier, "GN 12/3"))
    page = seen(client, parcel.consignment.order)
    assert 'href="https://giao.example/tra?ma=GN%2012%2F3"' in page
    assert "Đang giao" in page


def test_parcels_of_a_split_are_shown_with_what_is_in_them(client: Client) -> None:
    order = placing.place((factories.product("Chè dây"), 3))
    part = order.consignments.get()
    quantities = {part.lines.get().pk: 1}
    split_parcel(parcel_id=part.parcels.get().pk, quantities=quantities, by=STAFF, moment=clock.now())
    page = seen(client, order)
    assert "Kiện 2" in page
    assert "Chè dây × 1" in page


def test_the_days_of_past_steps_stay_on_the_page(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    with clock.at(clock.now() + timedelta(days=400)):
        day = clock.today()
        bring(parcel_of(order), ParcelState.CONFIRMED)
    assert f"{day:%d/%m/%Y}" in seen(client, order)


def test_a_parcel_that_was_split_off_late_keeps_the_days_before(client: Client) -> None:
    order = placing.place((factories.product(), 3))
    first = parcel_of(order)
    days = [clock.now() + timedelta(days=400 + n) for n in range(3)]
    for moment, state in zip(days, (ParcelState.CONFIRMED, ParcelState.PACKED), strict=False):
        with clock.at(moment):
            move(first, state)
    quantities = {order.lines.get().pk: 1}
    made = split_parcel(parcel_id=first.pk, quantities=quantities, by=STAFF, moment=days[2])
    with clock.at(days[2] + timedelta(days=1)):
        move(first, ParcelState.HANDED_OVER)
    part = order_context(Order.objects.get())["consignments"][0]
    steps = next(row["steps"] for row in part["parcels"] if row["parcel"] == made)
    assert [step["note"] for step in steps[1:4]] == [day(days[0]), day(days[1]), ""]


def test_what_has_arrived_is_not_to_be_paid_any_more(client: Client) -> None:
    order = placing.place((factories.product(price=100_000), 3))
    part = order.consignments.get()
    line, first = part.lines.get().pk, parcel_of(order)
    second = split_parcel(parcel_id=first.pk, quantities={line: 1}, by=STAFF, moment=clock.now())
    pages = [seen(client, order)]
    for parcel in (first, second):
        bring(parcel, ParcelState.DELIVERED)
        pages.append(seen(client, order))
    due = re.compile(r"Bạn trả khi nhận.*?<dd>([^<]*)</dd>", re.DOTALL)
    assert [due.findall(page) for page in pages] == [[dong(part.total)], [dong(100_000)], []]
    assert ["Tiền phải trả" in page for page in pages] == [True, True, False]


PRIVATE = ("Nguyễn Thị Hoài Thương", "0912 345 678", "Số 12", "+84912345678")


def test_an_old_link_no_longer_tells_who_the_order_went_to(client: Client, settings: Any) -> None:
    settings.ORDER_LINK_SHOWS_PERSON_DAYS = 90
    order = placing.place((factories.product(), 1))
    with clock.at(clock.now() + timedelta(days=89)):
        fresh = seen(client, order)
    assert "Nguyễn Thị Hoài Thương" in fresh
    assert "Số 12" in fresh
    with clock.at(clock.now() + timedelta(days=91)):
        old = seen(client, order)
    assert order.number in old
    assert [word for word in PRIVATE if word in old] == []


def test_its_owner_sees_an_old_order_whole_and_another_person_does_not(client: Client) -> None:
    owner, other = factories.user(), factories.user()
    order = placing.place((factories.product(), 1))
    Order.objects.update(user=owner)
    for person, expected in ((owner, True), (other, False)):
        client.force_login(person)
        with clock.at(clock.now() + timedelta(days=1000)):
            assert ("Số 12" in seen(client, order)) is expected


def test_a_link_that_was_never_given_leads_nowhere(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    for token in (order.token[:-1], order.token.swapcase(), order.number, str(order.pk)):
        assert client.get(reverse("order:detail", kwargs={"token": token})).status_code == 404


def test_an_account_lists_its_own_orders_only(client: Client) -> None:
    mine, theirs = (placing.place((factories.product(), 1)) for _ in range(2))
    owner = factories.user()
    Order.objects.filter(pk=mine.pk).update(user=owner)
    client.force_login(owner)
    page = bytes(client.get(reverse("order:mine")).content).decode()
    assert mine.number in page
    assert theirs.number not in page


def numbers_listed(client: Client, person: Any) -> list[str]:
    client.force_login(person)
    return [order.number for order in client.get(reverse("order:mine")).context["page"]]


def test_a_guests_order_joins_the_account_once_the_address_is_confirmed(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    Order.objects.update(guest_email="Hoai@Example.vn")
    person = factories.user(email="hoai@example.vn")
    address = EmailAddress.objects.create(user=person, email="hoai@example.vn", verified=False)
    assert numbers_listed(client, person) == []
    address.verified = True
    address.save()
    assert numbers_listed(client, person) == [order.number]


def test_an_unconfirmed_number_opens_no_earlier_order(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    person = factories.user(phone=order.phone)
    assert numbers_listed(client, person) == []
    confirm_phone(user=person, phone=order.phone, actor=None)
    assert numbers_listed(client, person) == [order.number]


def test_an_order_of_another_account_never_joins(client: Client) -> None:
    order = placing.place((factories.product(), 1))
    Order.objects.update(user=factories.user())
    person = factories.user(phone=order.phone)
    confirm_phone(user=person, phone=order.phone, actor=None)
    assert numbers_listed(client, person) == []


def test_the_list_takes_as_many_queries_for_one_order_as_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    owner = factories.user()
    client.force_login(owner)
    for _ in range(4):
        placing.place((factories.product(), 1))
        Order.objects.update(user=owner)
        with django_assert_max_num_queries(10):
            client.get(reverse("order:mine"))


def test_the_page_takes_as_many_queries_for_one_producer_as_for_four(client: Client) -> None:
    counts = []
    for producers in (1, 4):
        order = placing.place(*[(factories.product(by=factories.producer()), 1) for _ in range(producers)])
        for parcel in Parcel.objects.filter(consignment__order=order):
            bring(parcel, ParcelState.DELIVERED)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(order.get_absolute_url()).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
