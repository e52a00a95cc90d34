from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.desk.users import ShopUserEditForm
from marketplace.accounts.identities import NoSuchNumber, confirm_phone, confirmed_identities
from marketplace.accounts.models import User
from marketplace.audit.models import Entry
from marketplace.communication.models import Message
from tests.marketplace.accounts.person import (
    EMAIL,
    PASSWORD,
    PHONE,
    account,
    is_signed_in,
    link_in_mail,
    signs_in,
    signs_up,
    text,
)
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db

PROFILE = {"first_name": "Trần Văn An", "phone": "", "language": "vi"}


@pytest.fixture
def owner(client: Client) -> User:
    user = account(phone=PHONE, first_name="Thương", last_name="Nguyễn Thị")
    signs_in(client)
    return user


def saves(client: Client, **form: str) -> Any:
    return client.post(reverse("accounts:profile"), PROFILE | form)


def test_the_overview_leads_to_everything_there_is(client: Client, owner: User) -> None:
    page = text(client.get(reverse("accounts:overview")))
    assert "Xin chào, Nguyễn Thị Thương" in page and EMAIL in page
    for name in ("accounts:overview", "order:mine", "accounts:security", "accounts:privacy"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize("name", ["overview", "profile", "security"])
def test_guests_are_led_to_the_login(client: Client, name: str) -> None:
    address = reverse(f"accounts:{name}")
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


def gives_the_password(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})


def test_name_number_and_language_are_changed(client: Client, owner: User) -> None:
    gives_the_password(client)
    User.objects.filter(pk=owner.pk).update(phone_confirmed_at=owner.date_joined)
    saves(client, first_name=" Trần  Văn An ", phone="0987 654 321", language="en")
    owner.refresh_from_db()
    assert (owner.get_full_name(), owner.phone, owner.language) == ("Trần Văn An", "+84987654321", "en")
    assert owner.phone_confirmed_at is None


def test_another_number_needs_the_password_again_and_is_told(client: Client, owner: User) -> None:
    answer = saves(client, phone="0987 654 321")
    assert answer.url.startswith(reverse("account_reauthenticate"))
    owner.refresh_from_db()
    assert owner.phone == PHONE
    client.post(answer.url, {"password": PASSWORD, "next": reverse("accounts:profile")})
    owner.refresh_from_db()
    assert owner.phone == "+84987654321"  # what was sent is not lost
    told = Message.objects.get(kind="account_changed")
    assert (told.to, told.user, told.data["what"]) == (EMAIL, owner, "phone_changed")


def test_name_and_language_need_no_password(client: Client, owner: User) -> None:
    assert saves(client, phone="0912 345 678", language="en").url == reverse("accounts:overview")
    assert not Message.objects.exists()


def test_numbers_are_not_guessed_there(client: Client, owner: User) -> None:
    account(None, phone="+84987654321")
    gives_the_password(client)
    answers = [saves(client, phone="0987654321").status_code for _guess in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_number_that_stays_stays_confirmed(client: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(phone_confirmed_at=owner.date_joined)
    saves(client, phone="0912345678")
    owner.refresh_from_db()
    assert owner.phone_confirmed_at == owner.date_joined


@pytest.mark.parametrize(
    ("phone", "words"), [("0987654321", "Chưa đổi được sang số này"), ("09", "còn thiếu 8")]
)
def test_a_number_that_cannot_be_taken_is_told(client: Client, owner: User, phone: str, words: str) -> None:
    account(None, phone="+84987654321")
    gives_the_password(client)
    assert words in text(saves(client, phone=phone))


def test_whoever_has_only_a_number_keeps_one(client: Client) -> None:
    account(None, phone=PHONE)
    signs_in(client, "0912345678")
    gives_the_password(client)
    assert "cần giữ số điện thoại" in text(saves(client, phone=""))


def test_a_new_address_counts_once_its_mail_was_answered(client: Client, owner: User) -> None:
    gives_the_password(client)
    client.post(reverse("account_email"), {"email": "moi@example.vn", "action_add": ""})
    owner.refresh_from_db()
    assert owner.email == EMAIL
    assert "chờ xác nhận" in text(client.get(reverse("account_email")))
    client.post(link_in_mail())
    owner.refresh_from_db()
    assert owner.email == "moi@example.vn"
    assert confirmed_identities(owner).emails == {"moi@example.vn"}


def test_an_address_that_is_too_long_is_told(client: Client, owner: User) -> None:
    gives_the_password(client)
    long = "a" * 60 + "@" + "b" * 60 + ".example" * 24
    assert len(long) < 320
    page = text(client.post(reverse("account_email"), {"email": long, "action_add": ""}))
    assert "Nhiều nhất 254 ký tự" in page


def test_a_new_address_needs_the_password_again(client: Client, owner: User) -> None:
    answer = client.post(reverse("account_email"), {"email": "moi@example.vn", "action_add": ""})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="moi@example.vn").exists()


def test_one_signs_out_everywhere_else(client: Client, owner: User) -> None:
    other = Client()
    signs_in(other)
    client.post(reverse("accounts:sign_out_elsewhere"))
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)


def test_a_used_confirmation_link_says_so(client: Client) -> None:
    signs_up(client)
    link = link_in_mail()
    client.post(link)
    page = text(Client().get(link))
    assert "Liên kết xác nhận email đã dùng rồi" in page and f'href="{reverse("account_login")}"' in page
    assert 'href="/en/tai-khoan/dang-nhap/"' in text(Client().get(f"/en{link}"))


def test_an_expired_confirmation_link_confirms_nothing(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs_up(client)
    link = link_in_mail()
    made = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: made + 4 * 24 * 60 * 60)
    assert "Liên kết không còn dùng được" in text(client.get(link))
    assert client.post(link).status_code == 404
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_only_what_is_confirmed_is_somebodys(owner: User) -> None:
    EmailAddress.objects.create(user=owner, email="cho@example.vn", verified=False)
    assert confirmed_identities(owner).emails == {EMAIL}
    assert confirmed_identities(owner).phones == set()
    confirm_phone(user=owner, phone=PHONE, actor=owner)
    owner.refresh_from_db()
    assert confirmed_identities(owner).phones == {PHONE}


def test_staff_vouch_for_the_number_they_saw(owner: User) -> None:
    helper = account("giup@example.vn")
    helper.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "confirm_phone"]))
    desk = sign_in_staff(Client(), helper)
    address = reverse("desk_confirm_phone", args=[owner.pk])
    desk.post(address, {"phone": "+84900000000"})
    assert confirmed_identities(owner).phones == set()
    desk.post(address, {"phone": PHONE})
    owner.refresh_from_db()
    assert confirmed_identities(owner).phones == {PHONE}
    assert Entry.objects.get(action="phone.confirmed").actor == helper
    with pytest.raises(NoSuchNumber):
        confirm_phone(user=owner, phone=PHONE, actor=helper)


def test_staff_who_change_an_address_end_the_old_one(client: Client, owner: User) -> None:
    data = {"email": "khac@example.vn", "phone": "+84987654321", "first_name": "An", "is_active": "on"}
    form = ShopUserEditForm(data, instance=owner)
    assert form.is_valid(), form.errors
    form.save()
    assert confirmed_identities(User.objects.get(pk=owner.pk)).emails == set()


def test_the_language_last_read_is_that_of_the_mails(client: Client, owner: User) -> None:
    client.get("/en/san-pham/")
    owner.refresh_from_db()
    assert owner.language == "en"
    client.get("/gio-hang/")
    owner.refresh_from_db()
    assert owner.language == "vi"


def test_a_known_language_costs_no_query(client: Client, owner: User) -> None:
    client.get("/san-pham/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/san-pham/")
    assert not [query for query in queries if "UPDATE" in query["sql"]]


def test_a_choice_of_language_stays_while_one_goes_on_reading_in_another(client: Client, owner: User) -> None:
    client.get("/san-pham/")
    saves(client, language="en", phone="0912345678")
    client.get("/gio-hang/")
    owner.refresh_from_db()
    assert owner.language == "en"


def test_the_section_one_is_in_is_marked(client: Client, owner: User) -> None:
    for name in ("account_email", "account_change_password", "mfa_index", "accounts:security"):
        page = text(client.get(reverse(name)))
        assert f'href="{reverse("accounts:security")}" aria-current="page"' in page
