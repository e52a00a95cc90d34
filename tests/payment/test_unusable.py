"""What stands at Stripe and fits nothing of ours: the buyer can go on, staff are told once, and nobody asks for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.desk.payments.listing import unseen
from marketplace import clock
from marketplace.order.models import Order
from marketplace.payment import card
from marketplace.payment.jobs import end_unpaid_orders
from marketplace.payment.models import EventState, Method, Payment, ProviderEvent, Refund
from marketplace.payment.sums import Back, to_replace
from marketplace.payment.transfers import give_again
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.payment.giving import STAFF, gone, sums
from tests.payment.test_card import event, library, tells
from tests.payment.test_stripe_refunds import charged, given
from tests.payment.waiting import after_the_end, opened, state, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank(settings: Any) -> None:
    settings.BANK_NAME, settings.BANK_BIN = "Vietcombank", "970436"
    settings.BANK_ACCOUNT, settings.BANK_HOLDER = "0123456789", "CHO OCOP"


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order, double: Remote) -> Payment:
    """Begun by card: the browser has its intent."""
    made = opened(order, Method.CARD)
    card.start(made)
    made.refresh_from_db()
    return made


def changed_at_stripe(double: Remote, payment: Payment, **to: Any) -> None:
    library(double).v1.payment_intents.update(str(payment.reference), to)  # type: ignore[arg-type]


def paid_at_stripe(double: Remote, payment: Payment) -> None:
    library(double).v1.payment_intents.confirm(str(payment.reference), {"payment_method": "pm_card_visa"})


def page(client: Client, order: Order, name: str = "pay") -> str:
    answer = client.get(reverse(f"payment:{name}", kwargs={"token": order.token}), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def for_staff() -> list[tuple[str, str]]:
    rows = ProviderEvent.objects.filter(state=EventState.FAILED)
    return [(row.payload["data"]["object"]["id"], row.error) for row in rows]


def in_the_next_days() -> None:
    """The worker goes on; nothing is left that it would try again."""
    for hours in range(1, 60, 2):
        with clock.at(clock.now() + timedelta(hours=hours)):
            run_due()
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_money_in_another_currency_keeps_the_page_and_the_other_ways(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    changed_at_stripe(double, payment, currency="usd", amount=2_000)
    paid_at_stripe(double, payment)
    for name in ("pay", "pay", "back"):
        told = page(client, order, name)
        assert "không khớp với đơn này" in told and 'value="transfer"' in told
        assert "data-secret" not in told
    ((about, why),) = for_staff()
    assert about == payment.reference and "usd" in why
    assert state(order) == "awaiting_payment" and not order.payments.filter(received__gt=0).exists()


def test_the_sweeper_and_webhooks_tell_the_same_once_and_the_order_ends(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    changed_at_stripe(double, payment, currency="usd", amount=2_000)
    paid_at_stripe(double, payment)
    with clock.at(clock.now() + timedelta(minutes=6)):
        run_due()
    for at, kind in enumerate(("created", "succeeded")):
        tells(client, event(f"payment_intent.{kind}", str(payment.reference), key=f"evt_{at}"))
    run_due()
    page(client, order)
    with clock.at(after_the_end(order)):
        end_unpaid_orders()
        run_due()
    assert state(order) == "cancelled"
    in_the_next_days()
    assert [about for about, _why in for_staff()] == [payment.reference]
    events = ProviderEvent.objects.filter(key__startswith="evt_")
    assert {one.state for one in events} <= {EventState.FAILED, EventState.IGNORED}
    assert all("usd" in one.error for one in events)


@pytest.mark.parametrize("to", [{"currency": "usd", "amount": 2_000}, {"amount": 999_000}])
def test_what_was_not_paid_yet_is_replaced_by_what_is_asked_for(
    client: Client, double: Remote, order: Order, payment: Payment, to: dict[str, Any]
) -> None:
    changed_at_stripe(double, payment, **to)
    assert "data-secret" in page(client, order)
    fresh: Any = order.payments.first()
    assert fresh.pk != payment.pk
    run_due()
    at_stripe = [library(double).v1.payment_intents.retrieve(str(one.reference)) for one in (payment, fresh)]
    assert [one.status for one in at_stripe] == ["canceled", "requires_payment_method"]
    assert (at_stripe[1].amount, at_stripe[1].currency) == (int(fresh.amount), "vnd")
    in_the_next_days()
    assert for_staff() == []


def test_too_little_is_told_to_staff_by_whoever_finds_it(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    changed_at_stripe(double, payment, amount=100_000)
    paid_at_stripe(double, payment)
    with clock.at(clock.now() + timedelta(minutes=6)):
        run_due()
    assert [about for about, _why in for_staff()] == [payment.reference]
    assert "không khớp với đơn này" in page(client, order)


def told_of(refund: str, intent: str) -> list[dict[str, Any]]:
    """All that Stripe sends for one refund."""
    charge = {"id": "ch_1", "object": "charge", "payment_intent": intent}
    return [
        event("refund.created", refund, key="evt_a"),
        event("charge.refunded", "ch_1", key="evt_b") | {"data": {"object": charge}},
        event("refund.updated", refund, key="evt_c"),
    ]


@pytest.mark.parametrize("first", ["the job", "the webhooks"])
def test_a_refund_that_fits_nothing_is_told_once_whoever_finds_it(
    client: Client, double: Remote, first: str
) -> None:
    """Made on Stripe's pages, of money that ours promise to give back."""
    order = charged(double)
    total = int(order.total_incl_tax)
    ours = [given(order, 100_000, key="a"), given(order, total - 100_000, key="b")]
    intent = str(Payment.objects.get(order=order).reference)
    theirs = library(double).v1.refunds.create({"payment_intent": intent, "amount": total - 1_000})
    second = Job.objects.filter(kind="payment.refund", key=str(ours[1].pk))
    second.update(due_at=clock.now() + timedelta(hours=20))
    if first == "the job":
        run_due()
    for one in told_of(theirs.id, intent):
        tells(client, one)
        run_due()
    assert [about for about, _why in for_staff()] == [theirs.id]
    assert "provider" not in [reason for reason, _amount, _state in gone(order)]
    in_the_next_days()  # Stripe refuses ours, then theirs fits, and is no riddle any more
    assert ("provider", total - 1_000, "succeeded") in gone(order)
    assert for_staff() == [] and sums(order).refunded == total - 1_000


def test_a_refund_of_another_amount_under_our_key_is_not_taken_for_ours(
    client: Client, double: Remote
) -> None:
    order = charged(double)
    ours = given(order, 50_000)
    intent = str(Payment.objects.get(order=order).reference)
    params: Any = {"payment_intent": intent, "amount": 30_000, "metadata": {"refund": str(ours.pk)}}
    theirs = library(double).v1.refunds.create(params)
    tells(client, event("refund.created", theirs.id))
    in_the_next_days()
    assert gone(order) == [("goodwill", 50_000, "succeeded"), ("provider", 30_000, "succeeded")]
    assert {one.amount for one in library(double).v1.refunds.list({"payment_intent": intent}).data} == {
        30_000,
        50_000,
    }
    assert for_staff() == []


def test_a_refund_that_stripe_does_not_know_any_more_is_told_once(client: Client, double: Remote) -> None:
    order = charged(double, "pm_card_pendingRefund")
    ours = given(order, 50_000)
    run_due()
    Refund.objects.filter(pk=ours.pk).update(reference="re_of_other_keys")
    for days in (1, 2, 3):
        with clock.at(clock.now() + timedelta(days=days)):
            run_due()
    assert [about for about, _why in for_staff()] == ["re_of_other_keys"]
    assert not Job.objects.exclude(state=JobState.DONE).exists()


def test_what_failed_and_was_given_on_stripes_pages_is_not_given_a_third_time(
    client: Client, double: Remote
) -> None:
    order = charged(double, "pm_card_refundFail")
    failed = given(order, 50_000)
    run_due()
    failed.refresh_from_db()
    double.control(f"refunds/{failed.reference}/settle")
    tells(client, event("refund.failed", str(failed.reference), key="evt_failed"))
    run_due()
    assert to_replace().get() == failed and sums(order).due == -50_000
    intent = str(Payment.objects.get(order=order).reference)
    theirs = library(double).v1.refunds.create({"payment_intent": intent, "amount": 50_000})
    tells(client, event("refund.created", theirs.id, key="evt_theirs"))
    run_due()
    assert not to_replace().exists()
    assert (sums(order).due, sums(order).goodwill, sums(order).back) == (0, 50_000, Back.PARTLY)
    made = Refund.objects.get(reference=theirs.id)
    assert (made.way, made.again_of) == ("card", failed)
    assert give_again(refund_id=failed.pk, by=STAFF, moment=clock.now()) == made


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("payment_intent.succeeded", {"object": "payment_intent"}),
        ("charge.dispute.created", {"id": None}),
        ("refund.updated", {}),
        ("charge.refunded", {"id": "ch_1", "payment_intent": None}),
        ("refund.created", None),
    ],
)
def test_an_event_that_names_nothing_is_for_staff_and_not_asked_about_for_ever(
    client: Client, double: Remote, kind: str, about: Any
) -> None:
    assert tells(client, {"id": "evt_1", "object": "event", "type": kind, "data": {"object": about}}) == 200
    in_the_next_days()
    kept = ProviderEvent.objects.get()
    assert kept.state == EventState.FAILED and "has no" in kept.error and unseen().get() == kept
