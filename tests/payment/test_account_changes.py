"""Whoever has an order's link can change where a refund goes: buyer and staff read that it was changed, and when."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.look.figures import moment
from marketplace.order.models import Order, ParcelState
from marketplace.order.privacy import forget_persons
from marketplace.payment.models import Refund, RefundAccountChange, RefundReason
from tests import factories
from tests.order.moving import bring, parcel_of
from tests.payment.giving import grants, paid
from tests.payment.test_transfers import given, made, someone, text
from tests.signing_in import sign_in_staff

pytestmark = pytest.mark.django_db
OTHER = {"ngan_hang": "970422", "so_tai_khoan": "98765432"}
CHANGED = "Vietcombank, số cuối 8901 → MB Bank, số cuối 5432"


@pytest.fixture
def order() -> Order:
    found = paid((factories.product(price=100_000, stock=9), 2))
    bring(parcel_of(found), ParcelState.DELIVERED)
    return found


@pytest.fixture
def refund(order: Order) -> Refund:
    return grants(order, RefundReason.GOODWILL, amount=Decimal(50_000))[0]


def staffs_page(refund: Refund) -> str:
    person = User.objects.create_user(email="thu-chi@example.com", password="mat-khau-dai")
    person.groups.set(Group.objects.filter(name="Thu chi"))
    page = sign_in_staff(Client(), person).get(reverse("desk_refund", args=[refund.pk]))
    return " ".join(page.content.decode().split())


def test_both_read_which_account_became_which_and_when(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    assert "Tài khoản nhận tiền đã đổi" not in text(client, order)
    at = clock.now() + timedelta(hours=5)
    with clock.at(at):
        given(client, order, **OTHER)
        given(client, order, **OTHER)
    with clock.at(at + timedelta(hours=3)):
        seen = text(client, order)
        assert seen.count(CHANGED) == 1 and moment(at) in seen
        assert "012345678901" not in seen and "98765432" not in seen
        told = staffs_page(refund)
    assert CHANGED in told and "Tài khoản đã đổi 3 giờ trước" in told
    assert told.index("Tài khoản đã đổi") < told.index("98765432"), "read before the number is"


def test_an_account_that_never_changed_alarms_nobody(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    assert "Tài khoản đã đổi" not in staffs_page(refund)
    assert RefundAccountChange.objects.count() == 1


def test_what_was_kept_of_changes_goes_with_the_account(client: Client, order: Order, refund: Refund) -> None:
    given(client, order)
    given(client, order, **OTHER)
    made(refund, someone())
    forget_persons(moment=clock.now() + timedelta(days=365 * 20))
    assert not RefundAccountChange.objects.exists()


def test_a_change_of_an_account_from_before_changes_were_kept_is_read_too(
    client: Client, order: Order, refund: Refund
) -> None:
    given(client, order)
    RefundAccountChange.objects.all().delete()
    migration = import_module("marketplace.payment.migrations.0015_accounts_as_they_were_given")
    for _twice in range(2):
        migration.note(apps, None)
    given(client, order, **OTHER)
    assert RefundAccountChange.objects.count() == 2
    assert CHANGED in text(client, order) and CHANGED in staffs_page(refund)
