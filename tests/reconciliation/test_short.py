"""A buyer whose transfer was too small reads it, until staff decide."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.look.figures import dong
from marketplace.reconciliation.models import Kind
from tests import factories
from tests.payment.waiting import opened, waiting
from tests.reconciliation.lines import confirmed, line_of, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(settings: Any) -> None:
    settings.BANK_NAME, settings.BANK_BIN = "Vietcombank", "970436"
    settings.BANK_ACCOUNT, settings.BANK_HOLDER = "0123456789", "CHO OCOP"


def test_a_transfer_that_was_too_small_is_told_to_its_buyer_until_staff_decide(client: Client) -> None:
    payment = opened(waiting((factories.product(price=100_000), 2)))
    order = payment.order
    pages = [order.get_absolute_url(), reverse("payment:pay", kwargs={"token": order.token})]

    def told(words: str) -> list[bool]:
        return [words in client.get(page).content.decode() for page in pages]

    short, enough = "ít hơn số phải trả", "bạn không cần chuyển thêm"
    assert told(short) == [False, False]
    first = line_of(str(payment.reference), int(payment.amount) - 60_000)
    assert told(short) == told(dong(first.amount)) == [True, True]
    decision = proposed(first, kind=Kind.BACK)
    second = line_of(str(payment.reference), 60_000)
    assert (told(short), told(enough)) == ([False, False], [True, True])
    assert not told(pages[1])[0] and told("Chọn cách trả khác") == [False, False], "nobody is asked twice"
    confirmed(decision)
    confirmed(proposed(second, kind=Kind.BACK))
    assert (told(short), told(enough)) == ([False, False], [False, False])
    assert told(pages[1])[0]
