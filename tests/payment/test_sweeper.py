"""The shop asks Stripe itself: about open payments, before an order ends, and to give up what nobody wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order, ParcelChange
from marketplace.payment import card
from marketplace.payment.jobs import FIRST_LOOK, ask_about_cards, end_unpaid_orders
from marketplace.payment.models import Method, Payment, PaymentStatus
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import BUYER
from tests.payment.test_card import library, pays
from tests.payment.waiting import after_the_end, opened, refunds, state, waiting
from tests.payment.waiting import pays as receives
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db
RETRIEVE, CANCEL = "GET /v1/payment_intents/*", "POST /v1/payment_intents/*/cancel"


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order, double: Remote) -> Payment:
    """Of an order that ends before Stripe is asked for the first time."""
    made = opened(order, Method.CARD)
    order.payment_due_at = clock.now() + FIRST_LOOK - timedelta(minutes=2)
    order.save(update_fields=["payment_due_at"])
    return made


@contextmanager
def worker_at(moment: datetime) -> Iterator[None]:
    with clock.at(moment):
        run_due()
        yield


def status(double: Remote, payment: Payment) -> str:
    payment.refresh_from_db()
    return str(library(double).v1.payment_intents.retrieve(str(payment.reference)).status)


def asked(double: Remote, method: str, path: str) -> int:
    calls = double.control("calls")["calls"]
    return sum(call["method"] == method and call["path"].endswith(path) for call in calls)


def test_who_closed_the_browser_after_paying_is_found_by_asking(
    double: Remote, order: Order, payment: Payment
) -> None:
    pays(double, payment)
    Order.objects.update(payment_due_at=clock.now() + timedelta(hours=1))
    run_due()
    assert state(order) == "awaiting_payment"
    with worker_at(clock.now() + FIRST_LOOK):
        assert (state(order), refunds(order)) == ("paid", [])


def test_it_asks_less_and_less_often(double: Remote, order: Order, payment: Payment) -> None:
    intent = card.start(payment)
    Order.objects.update(payment_due_at=clock.now() + timedelta(hours=2))
    before = asked(double, "GET", intent.id)
    begun = payment.created_at
    for minute in range(0, 90, 1):
        with clock.at(begun + timedelta(minutes=minute)):
            ask_about_cards()
            ask_about_cards()
    run_due()
    with clock.at(begun + timedelta(minutes=90)):
        run_due()
    times = Job.objects.filter(kind="payment.look").order_by("due_at").values_list("due_at", flat=True)
    assert [(due - begun) // timedelta(minutes=1) for due in times] == [5, 10, 20, 40, 80]
    assert asked(double, "GET", intent.id) - before == 5


def test_nobody_is_asked_about_what_was_never_begun_or_is_over(
    double: Remote, order: Order, payment: Payment
) -> None:
    Order.objects.update(payment_due_at=clock.now() + timedelta(hours=2))
    with clock.at(clock.now() + timedelta(hours=1)):
        ask_about_cards()
        card.start(payment)
        opened(order, Method.TRANSFER)
        ask_about_cards()
    assert not Job.objects.filter(kind="payment.look").exists()


def test_before_an_order_ends_stripe_is_asked(double: Remote, order: Order, payment: Payment) -> None:
    pays(double, payment)
    with worker_at(after_the_end(order)):
        assert (state(order), refunds(order)) == ("paid", [])
    assert not ParcelChange.objects.filter(after="cancelled").exists(), "it never ended"


def test_an_order_whose_end_moved_back_is_not_given_up(
    double: Remote, order: Order, payment: Payment
) -> None:
    card.start(payment)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        Order.objects.update(payment_due_at=after_the_end(order) + timedelta(hours=1))
        run_due()
    assert (state(order), status(double, payment)) == ("awaiting_payment", "requires_payment_method")


def test_an_order_that_ends_is_given_up_at_stripe_first(
    double: Remote, order: Order, payment: Payment
) -> None:
    card.start(payment)
    with worker_at(after_the_end(order)):
        assert state(order) == "cancelled"
    assert status(double, payment) == "canceled"
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.CANCELLED


def test_while_stripe_is_away_the_order_waits_and_no_longer_than_the_grace(
    double: Remote, order: Order, payment: Payment, settings: Any
) -> None:
    card.start(payment)
    double.control("faults", operation=CANCEL, kind="error_before", status=503, times=99)
    end = order.payment_due_at
    assert end is not None
    with worker_at(end):
        assert state(order) == "awaiting_payment"
    with worker_at(end + timedelta(minutes=settings.CARD_GRACE_MINUTES - 1)):
        assert state(order) == "awaiting_payment"
    with worker_at(end + timedelta(minutes=settings.CARD_GRACE_MINUTES)):
        assert state(order) == "cancelled"


def test_who_paid_while_stripe_was_away_is_found_in_the_grace(
    double: Remote, order: Order, payment: Payment
) -> None:
    pays(double, payment)
    double.control("faults", operation=RETRIEVE, kind="error_before", status=503)
    with worker_at(after_the_end(order)):
        assert state(order) == "awaiting_payment"
    with worker_at(after_the_end(order) + timedelta(minutes=5)):
        assert (state(order), refunds(order)) == ("paid", [])


def test_an_order_whose_bank_has_not_answered_yet_waits_in_the_grace(
    double: Remote, order: Order, payment: Payment
) -> None:
    double.control("faults", operation="POST /v1/payment_intents/*/confirm", kind="processing")
    intent = pays(double, payment)
    with worker_at(after_the_end(order)):
        assert state(order) == "awaiting_payment"
    double.control(f"payment_intents/{intent}/settle", outcome="succeed")
    with worker_at(after_the_end(order) + timedelta(minutes=5)):
        assert state(order) == "paid"


def test_an_order_without_a_card_ends_at_once_and_asks_nobody(double: Remote, order: Order) -> None:
    opened(order, Method.CARD)
    opened(order, Method.TRANSFER)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        assert state(order) == "cancelled"
    assert double.control("calls")["calls"] == []


def test_choosing_another_way_gives_the_intent_up(double: Remote, order: Order, payment: Payment) -> None:
    card.start(payment)
    opened(order, Method.TRANSFER)
    run_due()
    assert status(double, payment) == "canceled"


def test_a_card_that_was_faster_than_the_change_of_mind_counts(
    double: Remote, order: Order, payment: Payment
) -> None:
    pays(double, payment)
    other = opened(order, Method.TRANSFER)
    run_due()
    other.refresh_from_db()
    assert (state(order), refunds(order), other.status) == ("paid", [], PaymentStatus.CANCELLED)


def test_a_card_that_paid_after_a_transfer_goes_back(double: Remote, order: Order, payment: Payment) -> None:
    pays(double, payment)
    receives(opened(order, Method.TRANSFER))
    run_due()
    assert (state(order), refunds(order)) == ("paid", [("twice", payment.amount)])


def test_giving_up_waits_while_stripe_is_away(double: Remote, order: Order, payment: Payment) -> None:
    card.start(payment)
    opened(order, Method.TRANSFER)
    double.control("faults", operation=CANCEL, kind="error_before", status=503)
    run_due()
    assert Job.objects.get(kind="payment.close_intent").state == JobState.WAITING
    with worker_at(clock.now() + timedelta(minutes=5)):
        assert status(double, payment) == "canceled"


def test_an_intent_made_while_its_payment_was_given_up_is_given_up_too(
    double: Remote, order: Order, payment: Payment
) -> None:
    opened(order, Method.TRANSFER)
    run_due()
    card.start(payment)
    run_due()
    assert status(double, payment) == "canceled"


def test_nothing_is_asked_while_rows_are_held(
    double: Remote, order: Order, payment: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    card.start(payment)
    from django.db import transaction

    from marketplace.payment import stripe_gateway

    depth = len(transaction.get_connection().savepoint_ids)
    original, seen = stripe_gateway._client, []

    def noted() -> Any:
        seen.append(len(transaction.get_connection().savepoint_ids) - depth)
        return original()

    monkeypatch.setattr(stripe_gateway, "_client", noted)
    with worker_at(after_the_end(order)):
        assert state(order) == "cancelled"
    assert seen and set(seen) == {0}


def test_a_card_that_paid_before_stripe_was_away_for_hours_is_found_when_it_is_back(
    double: Remote, order: Order, payment: Payment
) -> None:
    pays(double, payment)
    for operation in (RETRIEVE, CANCEL):
        double.control("faults", operation=operation, kind="error_before", status=503, times=99)
    for hours in range(1, 8):
        with worker_at(after_the_end(order) + timedelta(hours=hours)):
            assert state(order) == "cancelled"
    double.control("faults/clear")
    for hours in range(9, 11):
        with worker_at(after_the_end(order) + timedelta(hours=hours)):
            pass
    assert (state(order), refunds(order)) == ("paid", [])


def test_an_order_that_its_buyer_cancels_is_given_up_at_stripe_too(
    double: Remote, order: Order, payment: Payment
) -> None:
    card.start(payment)
    for part in order.consignments.all():
        cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    payment.refresh_from_db()
    assert (state(order), payment.status) == ("cancelled", PaymentStatus.CANCELLED)
    assert payment.changes.get(after="cancelled").role == "buyer"
    run_due()
    assert status(double, payment) == "canceled"


def test_an_order_that_cannot_be_ended_keeps_no_other_waiting(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    from marketplace.payment import jobs

    other = waiting((factories.product(price=100_000, stock=5), 1))
    real = jobs.end_order

    def stumbling(*, order_id: int) -> bool:
        if order_id == order.pk:
            raise RuntimeError
        return real(order_id=order_id)

    monkeypatch.setattr(jobs, "end_order", stumbling)
    with worker_at(after_the_end(other)):
        assert (state(order), state(other)) == ("awaiting_payment", "cancelled")
