"""Lan has an account with a confirmed address; guests have none."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.consents import (
    MARKETING,
    ORDER_TERMS,
    contact_hash,
    record_consent,
    wants_marketing,
    withdrawal_token,
)
from marketplace.accounts.models import Consent, Source, User
from tests.marketplace.accounts.person import EMAIL, PHONE, account, signs_up, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(client: Client) -> User:
    user = account()
    client.force_login(user)
    return user


def given(text: Any = MARKETING, *, on: bool = True, **whose: Any) -> Consent:
    return record_consent(text=text, given=on, source=Source.CHECKOUT, moment=clock.now(), **whose)


def test_a_consent_says_what_for_which_text_when_and_from_where(lan: User) -> None:
    row = given(ORDER_TERMS, user_id=lan.pk, ip="203.0.113.9")
    assert (row.purpose, row.text_version, row.given, row.ip) == (
        "order_terms",
        "2026-11",
        True,
        "203.0.113.9",
    )
    assert (row.user, row.contact_hash, row.source) == (lan, "", "checkout")


def test_a_guests_contact_is_kept_as_a_hash_alone() -> None:
    row = given(contact="Khach@Example.vn ")
    assert row.contact_hash == contact_hash("khach@example.vn") and "khach" not in row.contact_hash
    assert wants_marketing(contact="KHACH@example.vn")
    assert not wants_marketing(contact="ai-do@example.vn") and not wants_marketing(contact="")


def test_nobody_is_sent_news_without_having_agreed(client: Client, lan: User) -> None:
    assert not wants_marketing(user_id=lan.pk)
    page = text(client.get(reverse("accounts:privacy")))
    assert "Bạn không nhận tin quảng cáo nào từ chợ." in page and "checked" not in page


def test_news_can_be_agreed_to_and_stopped_at_any_time(client: Client, lan: User) -> None:
    client.post(reverse("accounts:marketing"), {"dong_y": "on"})
    assert wants_marketing(user_id=lan.pk) and "Ngừng nhận tin" in text(
        client.get(reverse("accounts:privacy"))
    )
    for _window in ("one", "other"):
        client.post(reverse("accounts:marketing"))
    assert not wants_marketing(user_id=lan.pk)
    rows = Consent.objects.filter(user=lan).values_list("given", "source", "ip")
    assert list(rows) == [(False, "privacy_page", "127.0.0.1"), (True, "privacy_page", "127.0.0.1")]


def test_what_was_given_without_an_account_is_shown_and_stopped_with_it(client: Client, lan: User) -> None:
    given(contact=EMAIL)
    assert "Bạn đang nhận tin" in text(client.get(reverse("accounts:privacy")))
    client.post(reverse("accounts:marketing"))
    assert not wants_marketing(contact=EMAIL) and not wants_marketing(user_id=lan.pk, contacts=(EMAIL,))


def test_so_is_what_was_given_by_a_number_once_it_is_confirmed(client: Client) -> None:
    user = account(phone=PHONE)
    client.force_login(user)
    given(contact=PHONE)
    assert "Bạn không nhận tin" in text(client.get(reverse("accounts:privacy")))
    User.objects.filter(pk=user.pk).update(phone_confirmed_at=clock.now())
    assert "Bạn đang nhận tin" in text(client.get(reverse("accounts:privacy")))
    client.post(reverse("accounts:marketing"))
    assert not wants_marketing(contact=PHONE)


def test_an_unconfirmed_address_shows_nothing_of_its_earlier_guest(client: Client) -> None:
    client.force_login(account("khac@example.vn", confirmed=False))
    given(contact="khac@example.vn")
    assert "Bạn không nhận tin quảng cáo nào từ chợ." in text(client.get(reverse("accounts:privacy")))


def test_a_guest_withdraws_by_the_link(client: Client) -> None:
    given(contact="khach@example.vn")
    address = reverse("accounts:withdraw", args=[withdrawal_token("khach@example.vn")])
    assert "Ngừng nhận tin về phiên chợ mới?" in text(client.get(address))
    assert wants_marketing(contact="khach@example.vn")  # looking is not withdrawing
    for _window in ("one", "other"):
        assert "Bạn sẽ không nhận tin nữa" in text(client.post(address))
    assert not wants_marketing(contact="khach@example.vn") and Consent.objects.count() == 2


@pytest.mark.parametrize("token", ["x", "x" * 10_000, withdrawal_token("a@example.vn")[:-2] + "zz"])
def test_a_link_that_is_not_ours_withdraws_nothing(client: Client, token: str) -> None:
    assert client.post(reverse("accounts:withdraw", args=[token])).status_code == 404
    assert not Consent.objects.exists()


def test_one_persons_consents_are_not_anothers(client: Client, lan: User) -> None:
    given(user_id=account("minh@example.vn").pk, ip="203.0.113.77")
    page = text(client.get(reverse("accounts:privacy")))
    assert "203.0.113.77" not in page and "Bạn không nhận tin" in page


@pytest.mark.parametrize("name", ["privacy", "marketing", "export", "delete", "keep"])
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    address = reverse(f"accounts:{name}")
    answer = client.get(address) if name in ("privacy", "delete") else client.post(address)
    assert answer.status_code == 302 and reverse("account_login") in answer.url


def test_signing_up_records_the_terms_and_no_wish_for_news(client: Client) -> None:
    signs_up(client, "moi@example.vn")
    rows = Consent.objects.values_list("user__email", "purpose", "source", "ip")
    assert list(rows) == [("moi@example.vn", "account_terms", "sign_up", "127.0.0.1")]
