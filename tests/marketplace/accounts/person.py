"""Somebody at the account pages, as a browser without script uses them."""

import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.communication.delivery import deliver_due

EMAIL = "thuong@example.vn"
PHONE = "+84912345678"
PASSWORD = "che-shan-tuyet-7"
WRONG = "Email, số điện thoại hoặc mật khẩu chưa đúng."


def account(
    email: str | None = EMAIL, *, phone: str | None = None, confirmed: bool = True, **more: Any
) -> User:
    """Somebody who has an account, with the password above."""
    user = User.objects.create_user(email, PASSWORD, phone=phone, **more)
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=confirmed, primary=True)
    return user


def signs_in(client: Client, login: str = EMAIL, password: str = PASSWORD, **more: str) -> Any:
    """The answer to the sent form."""
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def signs_up(client: Client, login: str = EMAIL, name: str = "Nguyễn Thị Hoài Thương") -> Any:
    form = {"first_name": name, "login": login, "password1": PASSWORD, "agreed": "on"}
    return client.post(reverse("account_signup"), form)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:overview")).status_code == 200


def text(answer: Any) -> str:
    return bytes(answer.content).decode()


def link_in_mail(number: int = -1) -> str:
    """The path of the first link in a mail, once everything that waits was sent."""
    deliver_due()
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[number].body))
    assert found, mail.outbox[number].body
    return found.group(1)
