from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import get_resolver, reverse

from marketplace import clock
from marketplace.accounts.codes import code_at
from marketplace.accounts.models import User
from tests.marketplace.accounts.person import PASSWORD, account, link_in_mail, signs_in, text
from tests.signing_in import code_of, factor_of, sign_in_staff

pytestmark = pytest.mark.django_db

STAFF = "nhan-vien@example.vn"
ADMIN = "/admin/"
SET_UP, CODE, LOGIN = reverse("mfa_activate_totp"), reverse("mfa_reauthenticate"), reverse("account_login")


@pytest.fixture
def staff() -> User:
    user = account(STAFF, is_staff=True, is_superuser=True)
    factor_of(user)
    return user


def sent_to(client: Client, address: str = ADMIN) -> str:
    """Where an address of the admin leads somebody instead; "" when it opens."""
    answer = client.get(address)
    return "" if answer.status_code == 200 else answer.headers.get("Location", str(answer.status_code))


def gives_code(client: Client, code: str, at: str = "mfa_authenticate") -> Any:
    return client.post(reverse(at), {"code": code, "next": ADMIN})


def test_staff_give_password_and_code(client: Client, staff: User) -> None:
    assert signs_in(client, STAFF, next=ADMIN).url == reverse("mfa_authenticate")
    assert sent_to(client).startswith(LOGIN)
    assert gives_code(client, code_of(staff)).url == ADMIN
    assert sent_to(client) == ""


@pytest.mark.parametrize("code", ["", "000000", "abc", "123456789"])
def test_a_wrong_code_opens_nothing(client: Client, staff: User, code: str) -> None:
    signs_in(client, STAFF)
    assert gives_code(client, code).status_code == 200
    assert sent_to(client).startswith(LOGIN)


def test_a_code_counts_once(client: Client, staff: User) -> None:
    code = code_of(staff)
    for visitor in (client, Client()):
        signs_in(visitor, STAFF)
        gives_code(visitor, code)
    assert sent_to(client) == ""
    assert sent_to(visitor).startswith(LOGIN)


def test_a_recovery_code_stands_in_once(client: Client, staff: User) -> None:
    code = RecoveryCodes.activate(staff).get_unused_codes()[0]
    other = Client()
    for visitor in (client, other):
        signs_in(visitor, STAFF)
        gives_code(visitor, code)
    assert sent_to(client) == ""
    assert sent_to(other).startswith(LOGIN)


def test_codes_are_tried_a_few_times_only(client: Client, staff: User) -> None:
    signs_in(client, STAFF)
    pages = [text(gives_code(client, "000000")) for _ in range(6)]
    assert "Bạn chờ 5 phút" not in pages[4] and "Bạn chờ 5 phút" in pages[5]
    gives_code(client, code_of(staff))
    assert sent_to(client).startswith(LOGIN)


def test_the_first_sign_in_of_staff_sets_the_factor_up(client: Client) -> None:
    account(STAFF, is_superuser=True)
    assert signs_in(client, STAFF, next=ADMIN).url == SET_UP
    assert sent_to(client).startswith(SET_UP)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": SET_UP})
    page = client.get(SET_UP)
    assert 'src="data:image/svg+xml;base64,' in text(page)
    secret = page.context["form"].secret
    answer = client.post(SET_UP, {"code": code_at(secret=secret, moment=clock.now())})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert sent_to(client) == ""


def by_force(client: Client, user: User) -> None:
    client.force_login(user)


def by_password(client: Client, user: User) -> None:
    signs_in(client, STAFF, next=ADMIN)


def remembered(client: Client, user: User) -> None:
    signs_in(client, STAFF, remember="on", next=ADMIN)


def by_new_password(client: Client, user: User) -> None:
    client.post(reverse("account_reset_password"), {"email": STAFF})
    form = client.get(link_in_mail(), follow=True)
    client.post(form.context["action_url"], {"password1": "moi-hoan-toan-9"})
    signs_in(client, STAFF, "moi-hoan-toan-9", next=ADMIN)


def by_wagtails_login(client: Client, user: User) -> None:
    for address in ("/admin/login/", "/_util/login/", "/en/_util/login/"):
        client.post(address, {"username": STAFF, "password": PASSWORD})


def by_djangos_login(client: Client, user: User) -> None:
    client.login(email=STAFF, password=PASSWORD)


def before_the_promotion(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=False, is_superuser=False)
    Authenticator.objects.filter(user=user).delete()
    signs_in(client, STAFF)
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)


def with_a_factor_of_another(client: Client, user: User) -> None:
    other = account("khac@example.vn")
    sign_in_staff(client, other)
    client.force_login(user)


def with_a_factor_that_is_gone(client: Client, user: User) -> None:
    sign_in_staff(client, user)
    Authenticator.objects.filter(user=user).delete()


WAYS = (by_force, by_password, remembered, by_new_password, by_wagtails_login, by_djangos_login,
        before_the_promotion, with_a_factor_of_another, with_a_factor_that_is_gone)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_way_round_leads_into_the_admin(
    client: Client, staff: User, way: Callable[[Client, User], None]
) -> None:
    way(client, staff)
    for address in (ADMIN, "/admin/users/", "/admin/account/", reverse("searches")):
        assert sent_to(client, address).startswith((LOGIN, SET_UP, CODE)), address
        assert client.post(address).status_code in (302, 403)


def test_a_new_factor_does_not_lift_older_sessions(client: Client, staff: User) -> None:
    before_the_promotion(client, staff)
    factor_of(staff)
    assert sent_to(client).startswith(CODE)
    gives_code(client, code_of(staff), at="mfa_reauthenticate")
    assert sent_to(client) == ""


def test_a_password_alone_never_removes_the_factor(client: Client, staff: User) -> None:
    before_the_promotion(client, staff)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    client.post(reverse("mfa_deactivate_totp"))
    factor_of(staff)
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert client.post(reverse(name)).url.startswith(CODE)
    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    assert again.url.startswith(CODE)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_whoever_removes_the_last_factor_sets_one_up_again(client: Client, staff: User) -> None:
    sign_in_staff(client, staff)
    gives_code(client, code_of(staff), at="mfa_reauthenticate")
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=staff).exists()
    assert sent_to(client).startswith(SET_UP)


@pytest.mark.parametrize("kind", ["flag", "permission", "group"])
def test_whoever_may_enter_the_admin_needs_it(client: Client, kind: str) -> None:
    user = account(STAFF, is_staff=kind == "flag")
    if kind == "permission":
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if kind == "group":
        user.groups.add(Group.objects.get(name="Editors"))
    assert signs_in(client, STAFF).url == SET_UP
    assert sent_to(client).startswith(SET_UP)


def test_buyers_have_no_business_there(client: Client) -> None:
    account()
    signs_in(client)
    assert sent_to(client) == "403"


def test_other_logins_lead_to_the_one_login_or_do_not_exist(client: Client) -> None:
    for address in ("/admin/login/", "/_util/login/", "/en/_util/login/"):
        assert client.get(address + "?next=/admin/users/").url.endswith(
            "/tai-khoan/dang-nhap/?next=%2Fadmin%2Fusers%2F"
        )
    for address in ("/admin/password_reset/", "/admin/password_reset/confirm/MQ/abc/"):
        assert client.get(address).url == reverse("account_reset_password")
    for address in ("/accounts/login/", "/dashboard/login/", "/django-admin/login/", "/login/"):
        assert client.get(address).status_code == 404
    assert sent_to(client) == f"{LOGIN}?next={ADMIN}"


def test_every_address_of_the_admin_is_guarded(client: Client, staff: User) -> None:
    client.force_login(staff)
    names = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith("wagtailadmin_")
    }
    plain = [f"/{get_resolver().reverse_dict[name][0][0][0]}" for name in names]
    opened = [address for address in plain if "%" not in address and sent_to(client, address) == ""]
    assert len(plain) > 10 and opened == ["/admin/logout/"]
