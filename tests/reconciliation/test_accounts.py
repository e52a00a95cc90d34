"""Statements of an account that is not the shop's, and of several accounts."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.models import Carrier
from marketplace.reconciliation.comparing.asking import KIND, key_of
from marketplace.reconciliation.comparing.day import compare
from marketplace.reconciliation.importing import import_file
from marketplace.reconciliation.jobs import ask_stripe, compare_day
from marketplace.reconciliation.models import ComparedDay, FileLayout, Import, ImportState, Line, Source
from marketplace.work.models import Job
from tests import factories
from tests.reconciliation.files import HEADINGS, bank, came, csv, remittance, saved, statement, workbook

pytestmark = pytest.mark.django_db
OWN = "0123456789"


@pytest.fixture(autouse=True)
def account(settings: Any) -> None:
    settings.BANK_ACCOUNT = OWN


def brought(content: bytes, layout: FileLayout | None = None) -> tuple[str, str]:
    made = import_file(
        layout=saved(layout or bank()),
        name="a.csv",
        content=content,
        user=factories.user(),
        moment=clock.now(),
    )
    assert Line.objects.exists() == (made.state == ImportState.TAKEN)
    return made.state, made.reason


def above(text: str) -> bytes:
    return f"{text}\r\n{csv(came('tien hang 0999888777', 5_000))}".encode()


@pytest.mark.parametrize(
    "told",
    [
        "Số tài khoản: 0999888777",
        '"Số tài khoản","0999 888 777"',
        '"SAO KÊ TÀI KHOẢN"\r\n"Account number (VND)","x"\r\n"TK: 0999.888.777"',
        "Account No. 1234567890",
        "STK 00123456",
    ],
)
def test_a_statement_of_another_account_is_refused_and_recorded(told: str) -> None:
    state, why = brought(above(told))
    assert state == ImportState.REFUSED and "không phải tài khoản nhận tiền" in why and "…6789" in why


@pytest.mark.parametrize(
    "told",
    [
        "Số tài khoản: 0123456789",
        "Tài khoản số 0123 456 789 - VND",
        '"Tài khoản/Account","0123.456.789"',
        '"Số tài khoản: 0123456789"\r\n"Tài khoản đối ứng: 0999888777"',
        "Số tài khoản: ******6789",
        "Từ ngày 01/11/2026 đến ngày 26/11/2026",
        "Mã khách hàng: 99988877",
    ],
)
def test_the_shops_own_and_one_that_says_nothing_are_taken(told: str) -> None:
    assert brought(above(told)) == (ImportState.TAKEN, "")


def test_a_workbook_that_lost_the_zero_before_its_number_is_the_shops_own() -> None:
    for number, state in ((123456789, ImportState.TAKEN), (999888777.0, ImportState.REFUSED)):
        content = workbook(("Số tài khoản", number), HEADINGS, came("x", 5))
        assert brought(content, bank(name="Excel", file_type="xlsx"))[0] == state
        Line.objects.all().delete()


def test_without_an_account_of_its_own_the_shop_asks_no_file_for_it(settings: Any) -> None:
    settings.BANK_ACCOUNT = ""
    assert brought(above("Số tài khoản: 0999888777"))[0] == ImportState.TAKEN


def test_a_carriers_file_or_a_refused_one_tells_nothing_of_the_banks_day() -> None:
    day = clock.today() - timedelta(days=3)
    carrier = Carrier.objects.create(name="Chở nhanh")
    for days in (0, 2):
        with clock.at(clock.now() - timedelta(days=4 - days)):
            remittance(carrier, ("K1", 5_000 + days, 0))
    Import.objects.update(first_day=day - timedelta(days=1), last_day=day + timedelta(days=1))
    assert not compare(source=Source.BANK, day=day, moment=clock.now())
    refused = statement(came("x", 1, day=day - timedelta(days=1)), ("?", "", "", "1", "y"))
    assert refused.state == "refused"
    assert not compare(source=Source.BANK, day=day, moment=clock.now())


def test_of_two_accounts_both_have_to_tell_of_a_day() -> None:
    day, after = clock.today() - timedelta(days=3), clock.today() - timedelta(days=1)
    whole = [came("x", 1, day=day), came("y", 1, day=after)]
    statement(*whole)
    assert compare(source=Source.BANK, day=day, moment=clock.now())
    second = saved(bank(name="Tài khoản thứ hai", book="hai"))
    statement(came("z", 1, day=day - timedelta(days=1)), layout=second)
    assert not compare(source=Source.BANK, day=day, moment=clock.now())
    assert ComparedDay.objects.get(source=Source.BANK, day=day).compared_at is None
    statement(came("z", 2, day=day - timedelta(days=1)), came("z", 3, day=after), layout=second)
    assert compare(source=Source.BANK, day=day, moment=clock.now())


def test_an_account_that_is_not_used_any_more_or_not_yet_is_not_waited_for() -> None:
    day, after = clock.today() - timedelta(days=3), clock.today() - timedelta(days=1)
    old = saved(bank(name="Tài khoản cũ", book="cu"))
    statement(came("z", 1, day=day - timedelta(days=1)), layout=old)
    statement(came("z", 1, day=after), layout=saved(bank(name="Tài khoản mới", book="moi")))
    statement(came("x", 1, day=day), came("y", 1, day=after))
    assert not compare(source=Source.BANK, day=day, moment=clock.now())
    FileLayout.objects.filter(pk=old.pk).update(is_active=False)
    assert compare(source=Source.BANK, day=day, moment=clock.now())


def test_a_day_that_is_not_over_is_not_asked_about() -> None:
    statement(came("x", 1), came("y", 1, day=clock.today() - timedelta(days=1)))
    keys = Job.objects.filter(kind=KIND).values_list("key", flat=True)
    assert list(keys) == [key_of(Source.BANK, clock.today() - timedelta(days=1))]


def test_of_a_day_about_which_stripe_was_not_asked_nothing_is_said(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = ""
    day = clock.today() - timedelta(days=1)
    key = key_of(Source.STRIPE, day)
    compare_day(key, ask_stripe(key, {}))
    assert not ComparedDay.objects.filter(source=Source.STRIPE, compared_at__isnull=False).exists()
