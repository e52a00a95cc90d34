"""A transfer that was too small: from then on the rest is asked for, and when it comes the order is paid, once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace import clock
from marketplace.communication.models import Message
from marketplace.look.figures import dong
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order
from marketplace.payment import vietqr
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import Payment
from marketplace.payment.qr import drawn
from marketplace.reconciliation.models import Hint, Kind, Line, LineState
from marketplace.reconciliation.taking import match_line
from marketplace.work.queue import run_due
from tests import factories
from tests.checkout.crowd import at_once
from tests.order.moving import BUYER
from tests.payment.giving import gone, settled
from tests.payment.waiting import after_the_end, opened, state, waiting
from tests.reconciliation.files import came, statement
from tests.reconciliation.lines import line_of, proposed

pytestmark = pytest.mark.django_db
REST = 60_000


@pytest.fixture(autouse=True)
def account(settings: Any) -> None:
    settings.BANK_NAME, settings.BANK_BIN = "Vietcombank", "970436"
    settings.BANK_ACCOUNT, settings.BANK_HOLDER = "0123456789", "CHO OCOP"


@pytest.fixture
def payment() -> Payment:
    return opened(waiting((factories.product(price=100_000, stock=5), 2)))


def page(client: Client, order: Order) -> str:
    return client.get(reverse("payment:pay", kwargs={"token": order.token})).content.decode()


def code(payment: Payment, amount: int) -> str:
    return str(
        drawn(
            vietqr.payload(bank="970436", account="0123456789", amount=amount, purpose=str(payment.reference))
        )
    )


def short(payment: Payment, by: int = REST) -> Line:
    return line_of(f"CK {payment.reference} tien hang", int(payment.amount) - by)


def states() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("state", flat=True))


def test_code_sum_and_mail_ask_for_the_rest(client: Client, payment: Payment, mailoutbox: list[Any]) -> None:
    order, whole = payment.order, int(payment.amount)
    assert code(payment, whole) in page(client, order)
    first = short(payment)
    told = page(client, order)
    assert code(payment, REST) in told and code(payment, whole) not in told
    asks = {"HX-Request": "true"}
    where = reverse("payment:pay", kwargs={"token": order.token})
    assert client.get(f"{where}?con={whole}", headers=asks)["HX-Redirect"] == where, (
        "an open page shows it too"
    )
    assert client.get(f"{where}?con={REST}", headers=asks).status_code == 204
    asked = told[told.index('<dl class="facts">') :]
    assert dong(REST) in asked and dong(whole) not in asked[: asked.index("</dl>")]
    assert str(payment.reference) in asked
    assert dong(REST) in client.get(order.get_absolute_url()).content.decode()
    run_due()
    (mail,) = [mail for mail in mailoutbox if "chuyển thêm" in mail.subject]
    for words in (dong(first.amount), dong(REST), str(payment.reference)):
        assert words in mail.body
    assert reverse("payment:pay", kwargs={"token": order.token}) in mail.body


def test_when_the_rest_comes_the_order_is_paid_once(client: Client, payment: Payment) -> None:
    short(payment)
    line_of(str(payment.reference), REST)
    payment.refresh_from_db()
    assert (state(payment.order), payment.received, gone(payment.order)) == ("paid", payment.amount, [])
    assert states() == [LineState.MATCHED] * 2
    assert Message.objects.filter(kind="payment_received").count() == 1
    assert Message.objects.filter(kind="payment_short").count() == 1
    line_of(f"{payment.reference} lan nua", REST)
    assert settled(payment.order) and states()[-1] == LineState.OPEN


def test_the_rest_may_come_in_parts_and_too_high(payment: Payment) -> None:
    short(payment, by=REST)
    line_of(str(payment.reference), REST - 20_000)
    assert state(payment.order) == "awaiting_payment"
    assert Message.objects.filter(kind="payment_short").count() == 2
    line_of(f"not {payment.reference}", 25_000)
    assert (state(payment.order), gone(payment.order)) == ("paid", [("surplus", 5_000, "due")])
    assert settled(payment.order)


def test_a_rest_that_comes_after_the_end_is_honoured_or_goes_back_whole(payment: Payment) -> None:
    first = short(payment)
    with clock.at(after_the_end(payment.order)):
        end_unpaid_orders()
        tea = payment.order.lines.get().product
        waiting((tea, 5))
        line_of(str(payment.reference), REST)
    assert state(payment.order) == "cancelled"
    assert gone(payment.order) == [("late", first.amount + REST, "due")]


def test_what_staff_are_about_to_send_back_is_not_taken(client: Client, payment: Payment) -> None:
    proposed(short(payment), kind=Kind.BACK)
    line_of(str(payment.reference), REST)
    assert state(payment.order) == "awaiting_payment" and states() == [LineState.PROPOSED, LineState.OPEN]
    told = page(client, payment.order)
    assert "bạn không cần chuyển thêm" in told and 'class="qr"' not in told


def test_a_transfer_that_names_two_orders_is_nobodys_to_share_out(client: Client, payment: Payment) -> None:
    other = opened(waiting((factories.product(price=900_000, stock=5), 2)))
    line = line_of(f"{payment.reference} {other.reference}", int(payment.amount) - REST)
    assert line.hint == Hint.CODES
    assert code(payment, int(payment.amount)) in page(client, payment.order), "as much is asked for as before"
    line_of(str(payment.reference), REST)
    assert state(payment.order) == "awaiting_payment"


def test_what_was_cancelled_meanwhile_is_not_asked_for(client: Client) -> None:
    dear, cheap = (factories.product(by=factories.producer(), price=price) for price in (200_000, 100_000))
    order = waiting((dear, 1), (cheap, 1))
    payment = opened(order)
    line_of(str(payment.reference), 150_000)
    part: Any = order.consignments.get(partner=cheap.stockrecords.get().partner)
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    order.refresh_from_db()
    rest = int(order.owed) - 150_000
    told = page(client, order)
    fresh: Any = order.payments.first()
    assert fresh.reference != payment.reference and code(fresh, rest) in told
    line_of(str(fresh.reference), rest)
    assert (state(order), gone(order)) == ("paid", []) and settled(order)


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_parts_that_are_worked_off_at_once_pay_together() -> None:
    payment = opened(waiting((factories.product(price=100_000, stock=5), 2)))
    parts = [came(f"{payment.reference} {at}", int(payment.amount) // 6 + 1) for at in range(6)]
    statement(*parts)

    def matching(key: int) -> Callable[[], None]:
        return lambda: match_line(line_id=key, moment=clock.now())

    at_once([matching(key) for key in Line.objects.values_list("pk", flat=True)])
    payment.refresh_from_db()
    total: Any = sum((line.amount for line in Line.objects.all()), Decimal(0))
    assert (state(payment.order), payment.received) == ("paid", total)
    assert states() == [LineState.MATCHED] * 6
