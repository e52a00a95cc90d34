import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Consent, Purpose, Source, User
from marketplace.communication.delivery import deliver_due
from tests.marketplace.accounts.person import (
    EMAIL,
    PASSWORD,
    PHONE,
    WRONG,
    account,
    is_signed_in,
    link_in_mail,
    signs_in,
    signs_up,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "login", [EMAIL, "Thuong@Example.VN", "091 234 5678", "+84 912.345.678", "0912345678"]
)
def test_one_signs_in_with_an_address_or_a_number_as_people_write_it(client: Client, login: str) -> None:
    account(phone=PHONE)
    assert signs_in(client, login).url == reverse("accounts:overview")
    assert is_signed_in(client)


@pytest.mark.parametrize("login", [EMAIL, "khong-co@example.vn", "0912345678", "0987654321", "x", "ô @ b"])
def test_what_was_wrong_is_never_told(client: Client, login: str) -> None:
    account(phone=PHONE)
    assert WRONG in text(signs_in(client, login, "khong-phai"))
    assert not is_signed_in(client)


def test_signing_up_with_an_address_asks_to_confirm_it_first(client: Client) -> None:
    assert signs_up(client).url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    assert signs_in(Client()).url == reverse("account_email_verification_sent")
    client.post(link_in_mail(0))
    assert is_signed_in(client)
    user = User.objects.get(email=EMAIL)
    assert (user.get_full_name(), user.phone, user.language) == ("Nguyễn Thị Hoài Thương", None, "vi")


def test_signing_up_with_a_known_address_looks_just_the_same(client: Client) -> None:
    account()
    unknown, known = signs_up(Client(), "moi@example.vn"), signs_up(client)
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert User.objects.count() == 2
    deliver_due()
    assert [message.to for message in mail.outbox] == [["moi@example.vn"], [EMAIL]]
    assert signs_in(Client(), password=PASSWORD).url == reverse("accounts:overview")


def test_signing_up_with_a_number_signs_in_and_leaves_it_unconfirmed(client: Client) -> None:
    assert signs_up(client, "091 234 5678").url == reverse("accounts:overview")
    assert is_signed_in(client)
    user = User.objects.get(phone=PHONE)
    assert (user.email, user.phone_confirmed_at) == (None, None)


def test_a_number_belongs_to_one_account(client: Client) -> None:
    account(None, phone=PHONE)
    assert "Chưa tạo được tài khoản với số này" in text(signs_up(client, "0912 345 678"))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("", "Bạn điền giúp"),
        ("0912", "còn thiếu 6"),
        ("thuong", "Bạn nhập email"),
        ("a@b", "Địa chỉ email chưa đúng"),
    ],
)
def test_signing_up_says_what_is_wrong_with_the_identity(client: Client, login: str, words: str) -> None:
    assert words in text(signs_up(client, login))
    assert not User.objects.exists()


def test_the_terms_are_agreed_to_and_that_is_kept(client: Client) -> None:
    form = {"first_name": "An", "login": "0912345678", "password1": PASSWORD}
    assert "Bạn cần đồng ý" in text(client.post(reverse("account_signup"), form))
    assert not User.objects.exists()
    client.post(reverse("account_signup"), form | {"agreed": "on"})
    kept = Consent.objects.get()
    assert (kept.user, kept.purpose, kept.source, kept.given) == (
        User.objects.get(), Purpose.ACCOUNT_TERMS, Source.SIGN_UP, True)  # fmt: skip


def test_an_english_page_makes_an_english_account(client: Client) -> None:
    form = {"first_name": "An", "login": "0912345678", "password1": PASSWORD, "agreed": "on"}
    client.post("/en/tai-khoan/dang-ky/", form)
    assert User.objects.get().language == "en"


def test_signing_in_changes_the_session_and_signing_out_is_a_post(client: Client) -> None:
    account()
    client.get(reverse("account_login"))
    session = client.session
    session["cu"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    signs_in(client)
    assert client.session.session_key != before
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_one_is_sent_on_to_our_own_pages_only(client: Client, bad: str) -> None:
    account()
    assert signs_in(client, next=bad).url == reverse("accounts:overview")
    assert client.get(reverse("account_login"), {"next": bad}).url == reverse("accounts:overview")
    assert signs_in(Client(), next="/gio-hang/").url == "/gio-hang/"


def test_a_closed_account_does_not_open(client: Client) -> None:
    account(is_active=False)
    signs_in(client)
    assert not is_signed_in(client)


def test_a_public_page_gives_a_guest_the_way_in_and_no_session(client: Client) -> None:
    answer = client.get("/san-pham/")
    assert reverse("accounts:overview") in text(answer)
    assert "sessionid" not in answer.cookies and not answer.wsgi_request.session.modified
