"""Lan asks for a copy of what the shop knows of her; Minh must not get it."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.models import DataExport, User
from marketplace.accounts.privacy import sections
from marketplace.audit.models import Entry
from marketplace.communication.models import Message
from marketplace.order.models import Order, ParcelState
from marketplace.work.queue import run_due
from tests.marketplace.accounts.person import PASSWORD, account, signs_in, text
from tests.order.moving import BUYER, STAFF, move, parcel_of
from tests.privacy import living

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return living.person()


def comes(client: Client, login: str) -> Client:
    """Signs in, and gives the password once more."""
    signs_in(client, login)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def her(client: Client, lan: User) -> Client:
    return comes(client, "lan@example.vn")


def asks(client: Client) -> Any:
    return client.post(reverse("accounts:export"), follow=True)


def fetched(client: Client) -> dict[str, Any]:
    answer = client.get(reverse("accounts:fetch_export", args=[DataExport.objects.get().pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["doc-toi.txt", "du-lieu.json"]
        data: dict[str, Any] = json.loads(archive.read("du-lieu.json"))
    return data


def test_the_worker_makes_a_copy_of_everything(her: Client, lan: User) -> None:
    order = living.lived(lan)
    assert "Chúng tôi đang chuẩn bị bản sao" in text(asks(her))
    assert DataExport.objects.get().content is None  # not in the request
    run_due()
    data = fetched(her)
    assert {each.name for each in sections()} == set(data)
    assert data["account"]["email"] == "lan@example.vn"
    assert data["orders"][0]["number"] == order.number
    assert data["orders"][0]["recipient"]["street"] == living.STREET
    assert data["addresses"][0]["street"] == "Ngõ 34 Kim Mã"
    assert data["wishes"][0]["title"] == "Mật ong bạc hà"
    assert data["baskets"][0]["quantity"] == 3
    assert living.IP in {row["ip"] for row in data["consents"]}
    assert "trial" in {each["kind"] for each in data["messages"]["messages"]}


def test_whose_copy_is_ready_is_told(her: Client, lan: User) -> None:
    asks(her)
    run_due()
    message = Message.objects.get(kind="data_export_ready")
    assert (message.to, message.user) == ("lan@example.vn", lan)


def test_orders_placed_by_a_confirmed_address_are_in_it_and_others_are_not(her: Client, lan: User) -> None:
    living.ordered(None, email="Lan@example.vn")
    living.ordered(None, email="minh@example.vn")
    asks(her)
    run_due()
    assert [order["email"] for order in fetched(her)["orders"]] == ["Lan@example.vn"]


def test_so_is_why_she_cancelled(her: Client, lan: User) -> None:
    move(parcel_of(living.ordered(lan)), ParcelState.CANCELLED, BUYER, note="Đặt nhầm")
    move(parcel_of(living.ordered(lan)), ParcelState.CANCELLED, STAFF, note="Hết hàng")
    asks(her)
    run_due()
    orders = fetched(her)["orders"]
    assert sorted(part["reasons"] for order in orders for part in order["consignments"]) == [[], ["Đặt nhầm"]]


def test_orders_placed_by_a_confirmed_number_are_in_it_and_others_are_not(her: Client, lan: User) -> None:
    mine, other = living.ordered(None), living.ordered(None)
    Order.objects.filter(pk=mine.pk).update(phone="+84987654321")
    Order.objects.filter(pk=other.pk).update(phone="+84912345678")
    User.objects.filter(pk=lan.pk).update(phone="+84987654321")
    asks(her)
    run_due()
    assert fetched(her)["orders"] == []
    DataExport.objects.all().delete()
    User.objects.filter(pk=lan.pk).update(phone_confirmed_at=clock.now())
    asks(her)
    run_due()
    assert [order["number"] for order in fetched(her)["orders"]] == [mine.number]


@pytest.mark.postgresql  # whose UPPER takes the two letters for one
def test_an_address_that_only_looks_alike_opens_no_orders(client: Client) -> None:
    living.ordered(None, email="lan@mail.example")
    living.person("lan@maıl.example")
    her = comes(client, "lan@maıl.example")
    asks(her)
    run_due()
    assert fetched(her)["orders"] == []


def test_it_can_be_asked_for_once_a_day(her: Client) -> None:
    asks(her)
    assert "Mỗi ngày chúng tôi chuẩn bị một bản sao" in text(asks(her))
    assert DataExport.objects.count() == 1
    run_due()
    with clock.at(clock.now() + timedelta(days=2)):
        asks(her)
    assert DataExport.objects.count() == 2


def test_it_is_fetched_by_its_person_alone(her: Client, lan: User) -> None:
    asks(her)
    run_due()
    address = reverse("accounts:fetch_export", args=[DataExport.objects.get().pk])
    account("minh@example.vn")
    minh = comes(Client(), "minh@example.vn")
    assert Client().get(address).status_code == 302
    assert minh.get(address).status_code == 404
    assert her.get(address).status_code == 200
    assert Entry.objects.get(action="account.export_fetched").actor == lan


def test_whoever_signed_in_long_ago_gives_the_password_again(lan: User, client: Client) -> None:
    signs_in(client, "lan@example.vn")
    asks(client)
    run_due()
    address = reverse("accounts:fetch_export", args=[DataExport.objects.get().pk])
    asked = client.get(address, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    given = {"password": PASSWORD, "next": asked.context["redirect_field_value"]}
    back = client.post(reverse("account_reauthenticate"), given, follow=True)
    assert back.redirect_chain[-1][0] == f"{reverse('accounts:privacy')}#ban-sao"
    assert address in text(back)
    assert client.get(address)["Content-Type"] == "application/zip"


def test_it_expires_and_says_so(her: Client) -> None:
    asks(her)
    run_due()
    export = DataExport.objects.get()
    assert export.expires_at
    with clock.at(export.expires_at + timedelta(minutes=1)):
        page = text(her.get(reverse("accounts:fetch_export", args=[export.pk]), follow=True))
        assert "đã hết hạn" in page
        run_due()
    export.refresh_from_db()
    assert export.content is None


def test_one_that_is_not_ready_is_not_there(her: Client) -> None:
    asks(her)
    assert her.get(reverse("accounts:fetch_export", args=[DataExport.objects.get().pk])).status_code == 404


def test_doing_the_job_again_makes_nothing_new(her: Client) -> None:
    from marketplace.accounts.privacy.exporting import make_export

    asks(her)
    run_due()
    first = DataExport.objects.get()
    make_export(export_id=first.pk, moment=clock.now() + timedelta(days=1))
    make_export(export_id=first.pk + 1000, moment=clock.now())
    assert DataExport.objects.get().ready_at == first.ready_at
    assert Message.objects.filter(kind="data_export_ready").count() == 1
