from typing import Any

import pytest
from django.core.cache import caches
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from marketplace.accounts.checks import attempts_are_counted_once, the_shared_cache_has_its_table
from tests.marketplace.accounts.person import (
    EMAIL,
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

LOCKED = "Bạn chờ 5 phút rồi thử lại nhé."
SHARED = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
OWN = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "this process"}


def guesses(client: Client, login: str = EMAIL, times: int = 5) -> list[str]:
    return [text(signs_in(client, login, "doan-mo")) for _guess in range(times)]


def test_the_sixth_guess_is_told_to_wait(client: Client) -> None:
    account()
    assert all(WRONG in page for page in guesses(client))
    assert LOCKED in guesses(client, times=1)[0]
    signs_in(client)
    assert not is_signed_in(client)


def test_it_is_told_in_english_too(client: Client) -> None:
    guesses(client)
    page = client.post("/en/tai-khoan/dang-nhap/", {"login": EMAIL, "password": "x"})
    assert " 5 " in text(page) and WRONG not in text(page)


def test_a_number_is_counted_however_it_is_written_and_apart_from_others(client: Client) -> None:
    account(None, phone=PHONE)
    account(None, phone="+84987654321")
    for login in ("0912345678", "091 234 5678", "+84912345678", "84912345678", "0912.345.678"):
        assert WRONG in guesses(client, login, times=1)[0]
    assert LOCKED in guesses(client, "0912345678", times=1)[0]
    assert WRONG in guesses(client, "0987654321", times=1)[0]


def test_an_unknown_address_is_locked_like_a_known_one(client: Client) -> None:
    assert LOCKED in guesses(client, "khong-co@example.vn", times=6)[5]


def test_a_new_password_by_mail_ends_the_wait(client: Client) -> None:
    account()
    guesses(client, times=6)
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    page = client.get(link_in_mail(), follow=True)
    client.post(page.context["action_url"], {"password1": "moi-hoan-toan-9"})
    signs_in(client, password="moi-hoan-toan-9")
    assert is_signed_in(client)


def test_one_visitor_guesses_at_few_accounts(client: Client) -> None:
    pages = [guesses(client, f"nguoi{n}@example.vn", times=1)[0] for n in range(31)]
    assert WRONG in pages[29] and LOCKED in pages[30]


def test_signing_up_and_asking_for_links_have_limits_with_a_page(client: Client) -> None:
    for number in range(20):
        signs_up(client, f"nguoi{number}@example.vn")
    refused = signs_up(client, "nua@example.vn")
    assert refused.status_code == 429 and LOCKED in text(refused)
    for _ask in range(4):
        asked = client.post(reverse("account_reset_password"), {"email": EMAIL})
    assert asked.status_code == 429


def test_limits_hold_over_processes_with_the_shared_cache(client: Client, settings: Any) -> None:
    settings.CACHES = settings.CACHES | {"default": SHARED}
    call_command("createcachetable")
    guesses(client, times=5)
    del caches["default"]
    assert LOCKED in guesses(client, times=1)[0]
    settings.CACHES = settings.CACHES | {"default": OWN}
    assert WRONG in guesses(client, times=1)[0]


def test_a_cache_of_one_process_is_told_before_deployment(settings: Any) -> None:
    assert [error.id for error in attempts_are_counted_once(None)] == ["accounts.E001"]
    assert "accounts.E001" in [error.id for error in run_checks(include_deployment_checks=True)]
    settings.CACHES = settings.CACHES | {"default": SHARED}
    assert attempts_are_counted_once(None) == []


def test_a_missing_table_of_the_cache_is_told(settings: Any) -> None:
    settings.CACHES = settings.CACHES | {"default": SHARED | {"LOCATION": "not_made_yet"}}
    assert [error.id for error in the_shared_cache_has_its_table(None, ["default"])] == ["accounts.E002"]
    call_command("createcachetable")
    assert the_shared_cache_has_its_table(None, ["default"]) == []
    assert "not_made_yet" in connection.introspection.table_names()
