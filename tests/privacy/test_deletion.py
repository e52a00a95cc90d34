"""Lan deletes her account. The shop forgets her, but not what it sold."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.models import Consent, Deletion, DeletionState, User
from marketplace.accounts.privacy.erasing import erase
from marketplace.audit.models import Entry
from marketplace.communication.delivery import deliver_due
from marketplace.communication.forgetting import forget_old
from marketplace.communication.models import Message
from marketplace.order.access import orders_of
from marketplace.order.models import Order, Parcel, ParcelState
from marketplace.work.queue import run_due
from producers.models import Membership, Role
from tests import factories
from tests.marketplace.accounts.person import PASSWORD, account, is_signed_in, signs_up, text
from tests.order.moving import bring, parcel_of
from tests.order.returns.cast import ask as ask_return
from tests.order.returns.cast import withdraw
from tests.privacy import living
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
ADDRESS = "lan@example.vn"


@pytest.fixture
def lan() -> User:
    return living.person()


@pytest.fixture
def her(client: Client, lan: User) -> Client:
    client.force_login(lan)
    return client


def asks(client: Client, **answers: str) -> str:
    answer = client.post(
        reverse("accounts:delete"), {"mat_khau": PASSWORD, "hieu": "on"} | answers, follow=True
    )
    return text(answer)


def test_the_page_says_beforehand_when_it_happens(her: Client, settings: Any) -> None:
    settings.ACCOUNT_DELETION_GRACE_HOURS = 48
    page = text(her.get(reverse("accounts:delete")))
    assert "Tài khoản được xóa sau 48 giờ kể từ lúc bạn yêu cầu. Trước lúc ấy bạn vẫn giữ lại được." in page
    settings.ACCOUNT_DELETION_GRACE_HOURS = 0
    assert "giữ lại được" not in text(her.get(reverse("accounts:delete")))


@contextmanager
def a_day_later() -> Iterator[None]:
    with clock.at(clock.now() + timedelta(hours=25)):
        yield


def traces(*words: str) -> list[str]:
    """Every column of every table that holds one of the words."""
    found = []
    for model in (each for each in apps.get_models() if each._meta.managed):
        fields = [
            f.name
            for f in model._meta.concrete_fields
            if isinstance(
                f, models.CharField | models.TextField | models.JSONField | models.GenericIPAddressField
            )
        ]
        for row in model._default_manager.values(*fields) if fields else []:
            found += [
                f"{model._meta.label}.{name}"
                for name, value in row.items()
                if any(w in str(value) for w in words)
            ]
    return sorted(set(found))


def test_what_is_gone_and_what_stays(her: Client, lan: User) -> None:
    order = living.lived(lan)
    bring(parcel_of(order), ParcelState.DELIVERED)
    assert "Chúng tôi đã nhận yêu cầu" in asks(her)
    run_due()
    assert is_signed_in(her)  # there is a day to think it over
    with a_day_later():
        run_due()
    assert not User.objects.exists() and not is_signed_in(her)
    assert traces("987654321", "Ngõ 34 Kim Mã", living.IP, PASSWORD) == []
    assert traces(ADDRESS) == [
        "communication.Message.to",
        "order.Order.guest_email",
    ]  # the last mail, the order
    kept = Order.objects.get()
    assert (kept.user, kept.total_incl_tax, kept.lines.count()) == (None, order.total_incl_tax, 1)
    assert kept.shipping_address.first_name == living.NAME  # until complaints are over


def test_it_is_recorded_without_the_person(her: Client, lan: User) -> None:
    asks(her)
    with a_day_later():
        run_due()
    deletion = Deletion.objects.get()
    assert (deletion.state, deletion.user) == (DeletionState.DONE, None)
    actions = Entry.objects.filter(object_id=str(deletion.pk), action__startswith="account.")
    rows = list(actions.order_by("pk").values_list("action", "actor", "before", "after"))
    assert rows == [("account.deletion_asked", None, None, None), ("account.deletion_done", None, None, None)]


def test_consents_stay_as_proof_of_nobody_and_news_end(her: Client, lan: User) -> None:
    living.lived(lan)
    bring(parcel_of(Order.objects.get()), ParcelState.DELIVERED)
    asks(her)
    with a_day_later():
        run_due()
    rows = Consent.objects.values_list("user", "ip", "purpose", "given", "source")
    assert set(rows) == {
        (None, None, "marketing", False, "deletion"),
        (None, None, "marketing", True, "checkout"),
        (None, None, "order_terms", True, "checkout"),
    }


def test_the_last_mail_says_so_and_the_address_can_sign_up_anew(her: Client, client: Client) -> None:
    asks(her)
    with a_day_later():
        run_due()
    message = Message.objects.get(kind="deletion_done")
    assert (message.to, message.user) == (ADDRESS, None)
    signs_up(Client(), ADDRESS)
    assert User.objects.get().email == ADDRESS and User.objects.get().first_name != "Lan"


def test_the_next_account_with_the_same_address_finds_nothing_of_before(her: Client, lan: User) -> None:
    living.lived(lan)
    guests = living.ordered(None, email=ADDRESS.upper())
    for parcel in Parcel.objects.all():
        bring(parcel, ParcelState.DELIVERED)
    assert orders_of(lan).count() == 2
    asks(her)
    with a_day_later():
        run_due()
    later = living.ordered(None, email=ADDRESS)
    assert list(orders_of(account(ADDRESS))) == [later]
    assert Client().get(guests.get_absolute_url()).status_code == 200


def test_the_last_mail_forgets_its_address_within_days(her: Client) -> None:
    asks(her)
    with a_day_later():
        run_due()
        deliver_due()
        forget_old(moment=clock.now() + timedelta(days=6))
        assert traces(ADDRESS) == ["communication.Message.to"]
        forget_old(moment=clock.now() + timedelta(days=8))
    assert traces(ADDRESS) == []


def test_a_request_to_return_goods_is_waited_for(her: Client, lan: User) -> None:
    order = living.ordered(lan)
    bring(parcel_of(order), ParcelState.DELIVERED)
    request = ask_return(order)
    assert f"Yêu cầu trả hàng {request.number} chưa xong" in asks(her)
    assert not Deletion.objects.exists()
    withdraw(request)
    asks(her)
    assert Deletion.objects.exists()


def test_somebody_with_a_phone_alone_can_go_too(client: Client) -> None:
    client.force_login(living.person(None, phone="+84912345678"))
    asks(client)
    with a_day_later():
        run_due()
    assert not User.objects.exists() and not Message.objects.filter(kind="deletion_done").exists()


def test_it_can_be_taken_back_within_the_day(her: Client) -> None:
    asks(her)
    assert "Tài khoản của bạn được giữ lại" in text(her.post(reverse("accounts:keep"), follow=True))
    with a_day_later():
        run_due()
    assert User.objects.exists() and Deletion.objects.get().state == DeletionState.TAKEN_BACK
    asks(her)  # and asked for again
    assert Deletion.objects.filter(state=DeletionState.WAITING).count() == 1


def test_without_grace_the_next_run_does_it(her: Client, settings: Any) -> None:
    settings.ACCOUNT_DELETION_GRACE_HOURS = 0
    asks(her)
    run_due()
    assert not User.objects.exists()


def test_asking_in_two_windows_asks_once(her: Client) -> None:
    asks(her)
    asks(her)
    assert Deletion.objects.count() == 1 and Message.objects.filter(kind="deletion_planned").count() == 1


def test_doing_it_again_changes_nothing(her: Client) -> None:
    asks(her)
    with a_day_later():
        run_due()
    minh, number = account("minh@example.vn"), Entry.objects.count()
    erase(deletion_id=Deletion.objects.get().pk, moment=clock.now())
    erase(deletion_id=987_654, moment=clock.now())
    assert User.objects.get() == minh and Entry.objects.count() == number


@pytest.mark.parametrize(
    "answers", [{"mat_khau": "sai"}, {"mat_khau": ""}, {"hieu": ""}, {"mat_khau": "x" * 10_000}]
)
def test_a_wrong_password_deletes_nothing(her: Client, answers: dict[str, str]) -> None:
    assert "Bạn xem lại giúp những chỗ sau" in asks(her, **answers)
    assert not Deletion.objects.exists()


def test_passwords_are_not_guessed_there(her: Client) -> None:
    for _attempt in range(10):
        asks(her, mat_khau="sai")
    answer = her.post(reverse("accounts:delete"), {"mat_khau": PASSWORD, "hieu": "on"})
    assert answer.status_code == 429 and not Deletion.objects.exists()


def test_a_parcel_under_way_keeps_the_account(her: Client, lan: User) -> None:
    order = living.lived(lan)
    page = asks(her)
    assert f"Đơn {order.number} còn kiện chưa giao xong" in page and not Deletion.objects.exists()


def test_what_comes_up_in_the_meantime_stops_it_and_is_told(her: Client, lan: User) -> None:
    asks(her)
    living.ordered(lan)
    with a_day_later():
        run_due()
    assert User.objects.exists() and Deletion.objects.get().state == DeletionState.STOPPED
    assert Message.objects.get(kind="deletion_stopped").user == lan


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True}])
def test_staff_are_not_deleted_so(client: Client, rights: dict[str, bool]) -> None:
    client.force_login(living.person(**rights))
    assert "là của nhân viên" in asks(client)


def test_a_producers_people_are_not_deleted_until_they_left(her: Client, lan: User) -> None:
    maker = factories.producer("HTX Phìn Hồ")
    row = Membership.objects.create(producer=maker, user=lan, role=Role.OWNER, since=date(2026, 1, 1))
    assert "Bạn đang là người của HTX Phìn Hồ" in asks(her)
    row.until = date(2026, 1, 2)
    row.save()
    assert "Chúng tôi đã nhận yêu cầu" in asks(her)


def test_others_keep_what_is_theirs(her: Client, lan: User) -> None:
    minh = living.person("minh@example.vn")
    theirs = living.lived(minh)
    asks(her)
    with a_day_later():
        run_due()
    minh.refresh_from_db()
    assert minh.addresses.count() == 1 and minh.wishlists.get().lines.count() == 1
    assert Order.objects.get(user=minh) == theirs and minh.baskets.filter(status="Open").exists()
    assert Message.objects.get(kind="trial").to == "minh@example.vn"


@pytest.fixture
def desk() -> Client:
    return sign_in_staff(Client(), User.objects.create_superuser("chu@example.vn", PASSWORD))


def deletes(desk: Client, people: list[User], way: str) -> str:
    if way == "one":
        return text(desk.post(reverse("wagtailusers_users:delete", args=[people[0].pk]), follow=True))
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    ids = "&".join(f"id={person.pk}" for person in people)
    return text(desk.post(f"{address}?next=/admin/users/&{ids}", follow=True))


@pytest.mark.parametrize("way", ["one", "many"])
def test_an_account_that_staff_delete_is_forgotten_like_any_other(lan: User, desk: Client, way: str) -> None:
    order = living.lived(lan)
    bring(parcel_of(order), ParcelState.DELIVERED)
    assert "Đã xóa tài khoản" in deletes(desk, [lan], way)
    assert not User.objects.filter(pk=lan.pk).exists()
    assert Message.objects.get(kind="trial").to == ""
    assert not Consent.objects.exclude(ip=None).exists()
    asked = Entry.objects.get(action="account.deletion_by_staff")
    assert asked.actor == User.objects.get() and asked.object_id == str(Deletion.objects.get().pk)


def test_the_log_of_what_staff_changed_forgets_how_the_account_was_called(lan: User, desk: Client) -> None:
    change = {"email": ADDRESS, "phone": "", "first_name": "Hoài Thương", "last_name": "", "is_active": "on"}
    assert desk.post(reverse("wagtailusers_users:edit", args=[lan.pk]), change).status_code == 302
    assert traces("Hoài Thương") == ["accounts.User.first_name", "wagtailcore.ModelLogEntry.label"]
    deletes(desk, [lan], "one")
    assert traces("Hoài Thương") == []


@pytest.mark.parametrize("way", ["one", "many"])
def test_staff_cannot_delete_whose_parcel_is_under_way(lan: User, desk: Client, way: str) -> None:
    order = living.lived(lan)
    assert f"Đơn {order.number} còn kiện chưa giao xong" in deletes(desk, [lan], way)
    assert User.objects.filter(pk=lan.pk).exists() and not Deletion.objects.exists()
