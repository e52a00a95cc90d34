from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts import reset_links
from marketplace.accounts.models import ResetLink, User
from marketplace.audit.models import Entry
from marketplace.communication.delivery import deliver_due
from marketplace.communication.models import Message
from tests.marketplace.accounts.person import (
    EMAIL,
    PASSWORD,
    PHONE,
    account,
    is_signed_in,
    link_in_mail,
    signs_in,
    text,
)
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db

NEW = "mat-khau-moi-9"
ASK = reverse("account_reset_password")


def resets(client: Client, link: str, password: str = NEW) -> Any:
    """Open the link of a mail, and send the form that it leads to."""
    page = client.get(link, follow=True)
    address = page.context.get("action_url")
    return client.post(address, {"password1": password}) if page.context.get("form") else page


def test_a_mail_leads_to_a_new_password(client: Client) -> None:
    account()
    client.post(ASK, {"email": EMAIL})
    answer = resets(client, link_in_mail())
    assert answer.url == reverse("account_reset_password_from_key_done")
    assert not is_signed_in(client)
    signs_in(client, password=NEW)
    assert is_signed_in(client)


def test_nothing_tells_whether_an_address_has_an_account(client: Client) -> None:
    account()
    known, unknown = (client.post(ASK, {"email": email}) for email in (EMAIL, "khong@example.vn"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    deliver_due()
    assert [message.to for message in mail.outbox] == [[EMAIL]]


def test_the_secret_of_a_link_stands_in_no_row(client: Client) -> None:
    user = account()
    client.post(ASK, {"email": EMAIL})
    link = link_in_mail()
    rows = str(list(Message.objects.values()))
    assert link.rstrip("/").rpartition("-")[2] not in rows
    assert Message.objects.get().data == {"user": user.pk}


def test_a_used_link_says_so(client: Client) -> None:
    account()
    client.post(ASK, {"email": EMAIL})
    link = link_in_mail()
    resets(client, link)
    page = text(resets(Client(), link, "lan-nua-khac-1"))
    assert "đã dùng rồi, đã quá 24 giờ" in page and f'href="{ASK}"' in page
    assert f'href="/en{ASK}"' in text(resets(Client(), f"/en{link}"))
    assert User.objects.get().check_password(NEW)


def test_an_expired_link_says_so(client: Client, settings: Any) -> None:
    account()
    client.post(ASK, {"email": EMAIL})
    link = link_in_mail()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Liên kết không còn dùng được" in text(resets(client, link))
    assert User.objects.get().check_password(PASSWORD)


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(client: Client) -> None:
    account()
    other = Client()
    for visitor in (client, other):
        signs_in(visitor)
    address = reverse("account_change_password")
    assert "Mật khẩu hiện tại chưa đúng" in text(client.post(address, {"oldpassword": "x", "password1": NEW}))
    client.post(address, {"oldpassword": PASSWORD, "password1": NEW})
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    deliver_due()
    assert "Mật khẩu vừa được đổi" in str(mail.outbox[-1].body)


def asks_for_another_address(client: Client, login: str) -> str:
    """The link of the mail to the new address, which waits for its confirmation."""
    signs_in(client, login)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    client.post(reverse("account_email"), {"email": "ke-la@example.vn", "action_add": ""})
    return link_in_mail()


@pytest.mark.parametrize("way", ["reset", "changed"])
def test_a_new_password_ends_an_address_that_waits(client: Client, way: str) -> None:
    account()
    waits = asks_for_another_address(client, EMAIL)
    if way == "reset":
        Client().post(ASK, {"email": EMAIL})
        resets(Client(), link_in_mail())
    else:
        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})
    Client().post(waits)
    assert "không còn dùng được" in text(Client().get(waits))
    user = User.objects.get()
    assert user.check_password(NEW) and user.email == EMAIL


def test_an_unconfirmed_first_address_stays_with_a_new_password(client: Client) -> None:
    account(confirmed=False)
    client.post(ASK, {"email": EMAIL})
    resets(client, link_in_mail())
    assert EmailAddress.objects.get().email == EMAIL


@pytest.fixture
def buyer() -> User:
    return account(None, phone=PHONE, first_name="Nguyễn Thị Hoài Thương")


@pytest.fixture
def helper() -> User:
    user = account("giup@example.vn")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "issue_reset_link"]))
    return user


def issued(helper: User, buyer: User) -> str:
    """The path of the link that staff see on their screen."""
    screen = sign_in_staff(Client(), helper).post(reverse("desk_reset_link", args=[buyer.pk]))
    return str(screen.context["address"]).removeprefix("http://testserver")


def test_staff_issue_a_link_for_whoever_has_only_a_number(client: Client, helper: User, buyer: User) -> None:
    link = issued(helper, buyer)
    page = client.get(link)
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin"
    assert client.post(link, {"password1": NEW}).url == reverse("account_reset_password_from_key_done")
    signs_in(client, "0912345678", NEW)
    assert is_signed_in(client)
    assert [(entry.action, entry.actor) for entry in Entry.objects.order_by("id")] == [
        ("reset_link.issued", helper),
        ("reset_link.used", None),
    ]


def test_the_link_is_kept_as_a_digest_only(helper: User, buyer: User) -> None:
    token = issued(helper, buyer).rstrip("/").rpartition("/")[2]
    assert token not in str(list(ResetLink.objects.values())) + str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("used", "đã được dùng"),
        ("expired", "quá 24 giờ"),
        ("replaced", "liên kết mới thay"),
        ("cut", "cắt mất"),
    ],
)
def test_a_link_that_ended_says_why(client: Client, helper: User, buyer: User, what: str, words: str) -> None:
    link = issued(helper, buyer)
    if what == "used":
        client.post(link, {"password1": NEW})
    if what == "replaced":
        issued(helper, buyer)
    if what == "cut":
        link = link[:-9] + "/"
    with clock.at(clock.now() + timedelta(hours=25 if what == "expired" else 1)):
        assert Client().get(link).status_code == 410
        page = Client().post(link, {"password1": "lai-mot-lan-nua-1"})
    buyer.refresh_from_db()
    assert page.status_code == 410 and words in text(page)
    assert buyer.check_password(NEW if what == "used" else PASSWORD)


def test_it_ends_an_address_that_waits_and_is_told(client: Client, helper: User, buyer: User) -> None:
    waits = asks_for_another_address(client, "0912345678")
    Client().post(issued(helper, buyer), {"password1": NEW})
    Client().post(waits)
    buyer.refresh_from_db()
    assert buyer.email is None
    told = Message.objects.get(kind="account_changed")
    assert (told.data["what"], told.user) == ("password_reset", buyer)


def test_two_who_use_a_link_at_once_do_not_both_win(buyer: User, helper: User) -> None:
    token = reset_links.issue(user=buyer, actor=helper)
    reset_links.holder(token=token)
    reset_links.use(token=token, password=NEW)
    with pytest.raises(reset_links.LinkEnded):
        reset_links.use(token=token, password="lan-hai-khac-1")


@pytest.mark.parametrize("kind", ["email", "staff", "closed"])
def test_others_get_their_password_another_way(helper: User, kind: str) -> None:
    user = account(EMAIL if kind == "email" else None, phone=PHONE, is_staff=kind == "staff",
                   is_active=kind != "closed")  # fmt: skip
    client = sign_in_staff(Client(), helper)
    assert client.post(reverse("desk_reset_link", args=[user.pk])).status_code == 302
    assert not ResetLink.objects.exists()


def test_only_staff_with_the_right_issue_links(buyer: User, helper: User) -> None:
    helper.user_permissions.remove(Permission.objects.get(codename="issue_reset_link"))
    client = sign_in_staff(Client(), helper)
    assert client.post(reverse("desk_reset_link", args=[buyer.pk])).status_code == 302
    assert client.get(reverse("desk_person", args=[buyer.pk])).status_code == 302
    signs_in(client := Client(), "0912345678")
    assert client.post(reverse("desk_reset_link", args=[buyer.pk])).status_code == 403
    assert not ResetLink.objects.exists()


def test_staff_who_change_people_find_the_button(buyer: User, client: Client) -> None:
    chief = User.objects.create_superuser("chu@example.vn", PASSWORD)
    page = text(sign_in_staff(client, chief).get(reverse("wagtailusers_users:edit", args=[buyer.pk])))
    assert reverse("desk_person", args=[buyer.pk]) in page
    assert "Cấp liên kết dùng một lần" in text(client.get(reverse("desk_person", args=[buyer.pk])))
