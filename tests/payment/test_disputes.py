"""What buyers' banks take back."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Order
from marketplace.payment.disputes import UnknownDispute, take_dispute
from marketplace.payment.models import (
    Dispute,
    DisputeStatus,
    EventState,
    Method,
    Payment,
    ProviderEvent,
    Refund,
    RefundReason,
    RefundStatus,
)
from marketplace.payment.receiving import Outcome
from marketplace.payment.refund_states import CannotMove, move_refund
from marketplace.payment.refunding import CannotRefund, refund, refundable
from marketplace.payment.stripe_gateway import retrieve_dispute
from marketplace.payment.sums import Back, sums_of, to_replace, with_sums
from marketplace.payment.transfers import give_again
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import BUYER
from tests.payment.giving import STAFF, grants
from tests.payment.test_card import event, library, pays, tells
from tests.payment.waiting import opened, state, waiting
from tests.payment.waiting import pays as pays_by_transfer
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return waiting((factories.product(price=100_000, stock=5), 2))


@pytest.fixture
def payment(order: Order, double: Remote, client: Client) -> Payment:
    """Paid by card, and known of."""
    made = opened(order, Method.CARD)
    tells(client, event("payment_intent.succeeded", pays(double, made), key="evt_paid"))
    run_due()
    made.refresh_from_db()
    return made


def disputed(double: Remote, payment: Payment, **more: Any) -> str:
    charge = library(double).v1.payment_intents.retrieve(str(payment.reference)).latest_charge
    made: dict[str, Any] = double.control(f"charges/{charge}/dispute", reason="product_not_received", **more)
    return str(made["id"])


def hears(client: Client, kind: str, dispute: str, key: str) -> str:
    """The state of the event in the inbox after it was worked off."""
    assert tells(client, event(f"charge.dispute.{kind}", dispute, key=key)) == 200
    run_due()
    return str(ProviderEvent.objects.get(key=key).state)


def goes_back(payment: Payment) -> None:
    refund(
        payment_id=payment.pk,
        amount=refundable(payment),
        reason=RefundReason.GOODWILL,
        key="all",
        moment=clock.now(),
    )


def test_a_lost_dispute_took_the_money_once(
    client: Client, double: Remote, order: Order, payment: Payment
) -> None:
    key = disputed(double, payment)
    assert hears(client, "created", key, "evt_1") == EventState.DONE
    assert Dispute.objects.values_list("status", "amount", "reason").get() == (
        DisputeStatus.OPEN,
        payment.received,
        "product_not_received",
    )
    assert refundable(payment) == 0
    with pytest.raises(CannotRefund):
        goes_back(payment)
    double.control(f"disputes/{key}/end", outcome="lost")
    for number in range(2):
        hears(client, "closed", key, f"evt_closed_{number}")
    assert Dispute.objects.get().status == DisputeStatus.LOST
    assert (refundable(payment), state(order)) == (0, "paid")


def test_a_won_dispute_leaves_all_as_it_was(client: Client, double: Remote, payment: Payment) -> None:
    key = disputed(double, payment)
    hears(client, "created", key, "evt_1")
    double.control(f"disputes/{key}/end", outcome="won")
    hears(client, "closed", key, "evt_2")
    assert Dispute.objects.get().status == DisputeStatus.WON
    assert refundable(payment) == payment.received
    goes_back(payment)


def test_an_order_whose_money_a_bank_took_does_not_read_as_paid(order: Order, payment: Payment) -> None:
    facts = {"payment": payment, "amount": 50_000, "opened_at": clock.now(), "reason": "fraudulent"}
    dispute = Dispute.objects.create(reference="du_1", status=DisputeStatus.OPEN, **facts)
    for status, back in (("open", Back.TAKEN), ("inquiry", Back.NOTHING)):
        Dispute.objects.filter(pk=dispute.pk).update(status=status)
        assert sums_of(order.pk).back == back
        assert with_sums(Order.objects.filter(pk=order.pk)).get().back == back


def test_a_dispute_of_a_part_leaves_the_rest(client: Client, double: Remote, payment: Payment) -> None:
    hears(client, "created", disputed(double, payment, amount=50_000), "evt_1")
    assert payment.received is not None
    assert refundable(payment) == payment.received - 50_000


def test_what_has_ended_is_not_opened_by_late_news(client: Client, double: Remote, payment: Payment) -> None:
    key = disputed(double, payment)
    early = retrieve_dispute(key)
    double.control(f"disputes/{key}/end", outcome="lost")
    assert hears(client, "closed", key, "evt_2") == EventState.DONE
    take_dispute(early)
    assert Dispute.objects.get().status == DisputeStatus.LOST


def test_a_dispute_of_somebody_elses_money_is_kept_for_staff(
    client: Client, double: Remote, payment: Payment
) -> None:
    key = disputed(double, payment)
    Payment.objects.update(reference="pi_other")
    assert hears(client, "created", key, "evt_1") == EventState.FAILED
    assert not Dispute.objects.exists()
    assert hears(client, "created", "du_unknown", "evt_2") == EventState.FAILED


def test_a_word_that_stripe_has_told_nobody_of_is_for_staff(double: Remote, payment: Payment) -> None:
    found = replace(retrieve_dispute(disputed(double, payment)), status="settled_somehow")
    with pytest.raises(UnknownDispute, match="settled_somehow"):
        take_dispute(found)
    assert not Dispute.objects.exists()


def test_the_database_knows_when_it_ended(payment: Payment) -> None:
    facts = {"payment": payment, "reference": "du_1", "amount": 1, "opened_at": clock.now()}
    with pytest.raises(IntegrityError, match="dispute_ended_at_its_end"), transaction.atomic():
        Dispute.objects.create(status=DisputeStatus.LOST, **facts)


def test_money_that_its_bank_took_before_it_was_noted_is_not_given_back_too(
    client: Client, double: Remote, order: Order
) -> None:
    """Paid by transfer meanwhile; the card's charge is disputed before the shop hears of it."""
    by_card = opened(order, Method.CARD)
    charged = pays(double, by_card)
    assert pays_by_transfer(opened(order)) == Outcome.PAID
    by_card.refresh_from_db()
    assert hears(client, "created", disputed(double, by_card), "evt_1") == EventState.DONE
    assert tells(client, event("payment_intent.succeeded", charged, key="evt_2")) == 200
    run_due()
    by_card.refresh_from_db()
    twice = Refund.objects.get(reason="twice")
    assert (by_card.status, twice.status) == ("succeeded", "failed"), (
        "Stripe gives nothing back that is disputed"
    )
    assert not to_replace().exists() and refundable(by_card) == 0
    assert sums_of(order.pk).failed == sums_of(order.pk).to_give_back == 0


def test_money_that_its_bank_has_already_is_noted_and_not_given_back(double: Remote, order: Order) -> None:
    by_card = opened(order, Method.CARD)
    pays(double, by_card)
    by_card.refresh_from_db()
    take_dispute(retrieve_dispute(disputed(double, by_card)))
    assert pays_by_transfer(opened(order)) == Outcome.PAID
    assert pays_by_transfer(by_card) == Outcome.REFUNDED
    by_card.refresh_from_db()
    assert (by_card.status, refundable(by_card), Refund.objects.exists()) == ("succeeded", 0, False)


def test_of_what_is_owed_no_more_only_what_its_bank_left_goes_back(double: Remote) -> None:
    order = waiting((factories.product(price=100_000), 1), (factories.product(price=50_000), 1))
    by_card = opened(order, Method.CARD)
    pays(double, by_card)
    by_card.refresh_from_db()
    taken = by_card.amount - 20_000
    take_dispute(retrieve_dispute(disputed(double, by_card, amount=int(taken))))
    part = order.consignments.order_by("pk")[0]
    cancel_consignment(consignment_id=part.pk, by=BUYER, moment=clock.now())
    assert pays_by_transfer(by_card) == Outcome.PAID
    assert (Refund.objects.get().amount, part.total > 20_000) == (20_000, True)


@pytest.mark.parametrize("outcome", ["lost", "won"])
def test_what_failed_and_the_bank_took_back_is_not_given_by_transfer_too(
    client: Client, double: Remote, order: Order, payment: Payment, outcome: str
) -> None:
    """Staff may have the refund's page open from before; in the end the buyer has it once."""
    gift = grants(order, RefundReason.GOODWILL, amount=50_000)[0]
    move_refund(refund_id=gift.pk, to=RefundStatus.FAILED, moment=clock.now(), note="expired")
    key = disputed(double, payment, amount=50_000)
    hears(client, "created", key, "evt_1")
    with pytest.raises(CannotMove, match="Không còn tiền"):
        give_again(refund_id=gift.pk, by=STAFF, moment=clock.now())
    double.control(f"disputes/{key}/end", outcome=outcome)
    hears(client, "closed", key, "evt_2")
    if outcome == "won":
        assert give_again(refund_id=gift.pk, by=STAFF, moment=clock.now()).amount == 50_000
    else:
        with pytest.raises(CannotMove, match="Không còn tiền"):
            give_again(refund_id=gift.pk, by=STAFF, moment=clock.now())
