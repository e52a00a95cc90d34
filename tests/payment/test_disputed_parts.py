"""A bank takes one producer's part back, and another part, or the same, goes back by us: each once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Consignment, Order, Parcel, ParcelState
from marketplace.order.returns.asking import Asked, request_return
from marketplace.order.returns.rules import Reason
from marketplace.payment import card
from marketplace.payment.disputes import take_dispute
from marketplace.payment.models import Dispute, Method, Payment, Refund, RefundReason, RefundStatus
from marketplace.payment.stripe_gateway import retrieve_dispute
from marketplace.payment.sums import to_replace
from tests import factories
from tests.order.moving import BUYER, bring
from tests.order.returns.cast import answer, close, receive
from tests.payment.giving import gone, grants, sums
from tests.payment.test_card import library
from tests.payment.test_disputes import disputed, hears
from tests.payment.waiting import opened, waiting
from tests.stripe_double.serving import Remote

pytestmark = pytest.mark.django_db


def charged(double: Remote, *prices: int) -> Order:
    """Of so many producers, paid by card, all of it delivered."""
    order = waiting(
        *[(factories.product(by=factories.producer(), price=price, stock=9), 1) for price in prices]
    )
    payment = opened(order, Method.CARD)
    library(double).v1.payment_intents.confirm(card.start(payment).id, {"payment_method": "pm_card_visa"})
    payment.refresh_from_db()
    assert card.look(payment)
    for parcel in Parcel.objects.filter(consignment__order=order):
        bring(parcel, ParcelState.DELIVERED)
    order.refresh_from_db()
    return order


def part(order: Order, at: int) -> Consignment:
    found: Consignment = order.consignments.order_by("pk")[at]
    return found


def loses(double: Remote, client: Client, order: Order, amount: Decimal) -> Dispute:
    key = disputed(double, Payment.objects.get(order=order), amount=int(amount))
    hears(client, "created", key, f"evt_{key}_1")
    double.control(f"disputes/{key}/end", outcome="lost")
    hears(client, "closed", key, f"evt_{key}_2")
    return Dispute.objects.get(reference=key)


def returned(one: Consignment) -> Decimal:
    """All its goods come back; what was promised for them."""
    asked = Asked(
        Reason.DAMAGED, "Vỡ", {line.pk: line.quantity for line in one.lines.all()}, f"khóa {one.pk}"
    )
    request = request_return(consignment_id=one.pk, asked=asked, by=BUYER, moment=clock.now())
    answer(request, accepted=True)
    receive(request)
    close(request)
    request.refresh_from_db()
    promised: Decimal = request.refund_amount
    return promised


def numbers(order: Order) -> tuple[Any, ...]:
    """Received, refunded, due, taken by the bank: whole đồng. The identity itself is held by giving.sums."""
    found = sums(order)
    return int(found.received), int(found.refunded), int(found.due), int(found.taken)


def test_a_return_goes_back_though_the_bank_took_another_part(client: Client, double: Remote) -> None:
    order = charged(double, 100_000, 60_000)
    first, second = part(order, 0), part(order, 1)
    total, lost = int(order.total_incl_tax), int(first.total)
    assert loses(double, client, order, first.total).consignment == first
    assert numbers(order) == (total, 0, 0, lost)
    back = int(returned(second))
    assert gone(order) == [("returned", back, "due")] and back >= 60_000
    assert numbers(order) == (total, back, 0, lost), "received − refunded + due = placed − returned"
    assert total - back + 0 == order.total_incl_tax - part(order, 1).refund_total
    assert sums(order).owed_to_buyer == sums(order).set_off == 0
    Refund.objects.update(status=RefundStatus.FAILED, ended_at=clock.now())
    assert to_replace().count() == 1, "what the bank did not take can be given another way"


def test_what_the_bank_took_is_not_given_back_a_second_time(client: Client, double: Remote) -> None:
    order = charged(double, 100_000, 60_000)
    first = part(order, 0)
    total, lost = int(order.total_incl_tax), int(first.total)
    loses(double, client, order, first.total)
    back = int(returned(first))
    assert gone(order) == []
    assert numbers(order) == (total, 0, -back, lost)
    assert (sums(order).owed_to_buyer, sums(order).set_off) == (0, back)
    other = int(returned(part(order, 1)))
    assert gone(order) == [("returned", other, "due")]
    assert numbers(order) == (total, other, -back, lost)


def test_a_part_cancelled_before_the_bank_took_the_other_keeps_its_refund(
    client: Client, double: Remote
) -> None:
    prices = (100_000, 60_000)
    order = waiting(
        *[(factories.product(by=factories.producer(), price=price, stock=9), 1) for price in prices]
    )
    payment = opened(order, Method.CARD)
    library(double).v1.payment_intents.confirm(card.start(payment).id, {"payment_method": "pm_card_visa"})
    payment.refresh_from_db()
    assert card.look(payment)
    loses(double, client, order, part(order, 1).total)
    cancel_consignment(consignment_id=part(order, 0).pk, by=BUYER, moment=clock.now())
    assert gone(order) == [("cancelled", int(part(order, 0).total), "due")]
    assert sums(order).due == 0


@pytest.mark.parametrize("amount", [None, 50_000])
def test_where_nobody_knows_which_part_it_is_set_off_and_shown_and_staff_can_give(
    client: Client, double: Remote, amount: int | None
) -> None:
    """Both parts cost the same, or the bank took some other sum: not to be guessed."""
    order = charged(double, 100_000, 100_000)
    lost = Decimal(amount or part(order, 0).total)
    assert loses(double, client, order, lost).consignment is None
    back = returned(part(order, 1))
    given = sum(amount for _reason, amount, _state in gone(order))
    held = min(back, lost)
    assert given == back - held and sums(order).set_off == held
    page = client.get(order.get_absolute_url()).content.decode()
    assert "không trả hai lần" in page
    grants(order, RefundReason.GOODWILL, amount=held)
    assert sums(order).refunded == back


def test_another_sum_is_about_another_part(client: Client, double: Remote) -> None:
    order = charged(double, 100_000, 60_000)
    key = disputed(double, Payment.objects.get(order=order), amount=int(part(order, 0).total))
    found = retrieve_dispute(key)
    assert take_dispute(found).consignment == part(order, 0)
    assert take_dispute(replace(found, amount=part(order, 1).total)).consignment == part(order, 1)
    assert take_dispute(replace(found, amount=Decimal(1_000))).consignment is None
