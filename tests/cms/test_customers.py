"""Staff look after customers: Lan, who has ordered, and Minh, who has not."""

import csv

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from cms.desk.customers.finding import masked_email, masked_phone
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.order.models import Order
from tests.cms.reading import page
from tests.marketplace.accounts.person import account
from tests.privacy import living
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> User:
    return living.person(phone="+84912345678")


@pytest.fixture
def order(lan: User) -> Order:
    return living.lived(lan)


def staff(*rights: str) -> Client:
    person = account("nhan-vien@example.vn", is_staff=True)
    person.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *rights]))
    return sign_in_staff(Client(), person)


def names(client: Client, **asked: str) -> list[str]:
    rows = client.get(reverse("desk_customers_results"), asked).context["object_list"]
    return [row.email or row.phone for row in rows]


def test_the_list_shows_who_ordered_how_often_and_masks_how_to_reach_them(order: Order) -> None:
    account("minh@example.vn", first_name="Minh")
    html = page(staff("view_user"), reverse("desk_customers"))
    assert "09•• ••• 678" in html and "l•••@example.vn" in html
    assert "lan@example.vn" not in html and "912345678" not in html
    assert names(staff_again()) == ["lan@example.vn", "minh@example.vn"]  # no staff among them


def staff_again() -> Client:
    person = User.objects.get(email="nhan-vien@example.vn")
    return sign_in_staff(Client(), person)


def test_customers_are_found_by_what_they_say(order: Order) -> None:
    account("minh@example.vn", first_name="Minh")
    client = staff("view_user")
    for said in (order.number, "091 234 5678", "LAN@example.vn", "Lan"):
        assert names(client, q=said) == ["lan@example.vn"], said
    assert names(client, q="example.vn") == [] and names(client, q="x" * 10_000) == []


def test_opening_a_customer_shows_all_and_is_recorded(lan: User, order: Order) -> None:
    client = staff("view_user", "view_order")
    html = page(client, reverse("desk_customer", args=[lan.pk]))
    for part in (
        order.number,
        reverse("desk_order", args=[order.pk]),
        "lan@example.vn",
        "Đang nhận tin.",
        "2026-11",
    ):
        assert part in html
    entry = Entry.objects.get(action="customer_opened")
    assert (entry.actor.email, entry.object_id, entry.before, entry.after) == (  # type: ignore[union-attr]
        "nhan-vien@example.vn",
        str(lan.pk),
        None,
        None,
    )


def test_who_may_help_with_a_password_finds_the_way_and_is_recorded_there_too(lan: User) -> None:
    address = reverse("desk_person", args=[lan.pk])
    assert address not in page(staff("view_user"), reverse("desk_customer", args=[lan.pk]))
    User.objects.get(email="nhan-vien@example.vn").user_permissions.add(
        Permission.objects.get(codename="issue_reset_link")
    )
    client = staff_again()
    assert address in page(client, reverse("desk_customer", args=[lan.pk]))
    opened = Entry.objects.filter(action="customer_opened", object_id=str(lan.pk))
    before = opened.count()
    assert "0912 345 678" in page(client, address)
    assert opened.count() == before + 1


def test_an_order_is_no_link_for_who_may_not_see_orders(lan: User, order: Order) -> None:
    assert reverse("desk_order", args=[order.pk]) not in page(
        staff("view_user"), reverse("desk_customer", args=[lan.pk])
    )


def test_what_is_taken_along_names_nobody_and_is_recorded(lan: User, order: Order) -> None:
    answer = staff("view_user", "export_orders").get(reverse("desk_customers"), {"export": "csv"})
    heading, row = csv.reader(b"".join(answer.streaming_content).decode().splitlines())
    assert (heading[0], row[0], row[2]) == ("Mã tài khoản", str(lan.pk), "1")
    assert not any(word in " ".join(row) for word in ("Lan", "@", "912345", "912 345"))
    assert Entry.objects.get(action="customers_exported").after == {"rows": 1, "searched": False}


def test_taking_along_is_a_right_of_its_own(order: Order) -> None:
    assert staff("view_user").get(reverse("desk_customers"), {"export": "xlsx"}).status_code in (302, 403)
    assert not Entry.objects.filter(action="customers_exported").exists()


def test_without_the_right_there_is_nothing_to_see(lan: User) -> None:
    for client in (staff(), Client()):
        for address in (
            reverse("desk_customers"),
            reverse("desk_customers_results"),
            reverse("desk_customer", args=[lan.pk]),
        ):
            assert client.get(address).status_code in (302, 403)
    assert not Entry.objects.filter(action="customer_opened").exists()


def test_staff_and_strangers_are_no_customers() -> None:
    client = staff("view_user")
    boss = User.objects.get(email="nhan-vien@example.vn")
    assert client.get(reverse("desk_customer", args=[boss.pk])).status_code == 404
    editor = account("bien-tap@example.vn")  # as Wagtail makes them: staff by group, without the flag
    editor.groups.add(Group.objects.get(name="Editors"))
    assert client.get(reverse("desk_customer", args=[editor.pk])).status_code == 404
    assert names(client) == []
    assert client.get(reverse("desk_customer", args=[987_654])).status_code == 404


@pytest.mark.parametrize(
    ("phone", "email", "masked"),
    [("+842438251234", "a@b.vn", ("02•• ••• 234", "a•••@b.vn")), (None, None, ("", ""))],
)
def test_masks(phone: str | None, email: str | None, masked: tuple[str, str]) -> None:
    assert (masked_phone(phone), masked_email(email)) == masked
