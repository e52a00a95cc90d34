"""A small shop with scarce goods, its buyers, producers, bank, Stripe's double, and faults: what may happen, one step
at a time, in any order.

A step that is refused (`EXPECTED`) has done nothing. A step that `crash` is set for is rolled back at its end, as if
the process had been killed before its commit: what it did outside the database stays done.
"""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.error import HTTPError

import stripe
from django.db import transaction
from django.test import Client
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.order.cancelling import cancel_consignment
from marketplace.order.models import Consignment, Order, Parcel, ParcelState, PaymentState
from marketplace.order.parcels import CannotMove, move_parcel, split_parcel
from marketplace.order.placement import CannotPlace
from marketplace.order.placement import Payment as Start
from marketplace.order.returns.asking import CannotReturn
from marketplace.order.states import NEXT
from marketplace.payment import card, refund_states
from marketplace.payment.models import Method, Payment, PaymentStatus
from marketplace.payment.money import NotByCard
from marketplace.payment.opening import CannotPay, open_payment
from marketplace.payment.receiving import AmountDiffers, receive
from marketplace.payment.refunding import CannotRefund
from marketplace.payment.stripe_gateway import Away, Refused
from marketplace.work.queue import run_due
from tests import factories
from tests.order.moving import BUYER, STAFF
from tests.order.placing import attempt, basket_of, send
from tests.payment.conftest import SECRET
from tests.stripe_double.serving import Remote
from tests.stripe_double.signing import signature

EXPECTED = (
    AmountDiffers,
    Away,
    CannotMove,
    CannotPay,
    CannotPlace,
    CannotRefund,
    CannotReturn,
    HTTPError,  # the double will not do this now
    NotByCard,
    Refused,
    refund_states.CannotMove,
)
STOCK = 5
HOURS = 24
START = datetime(2026, 11, 2, 9, tzinfo=clock.VIETNAM)
CARDS = (
    "pm_card_visa",
    "pm_card_visa",
    "pm_card_visa_chargeDeclined",
    "pm_card_threeDSecure2Required",
    "pm_card_refundFail",
    "pm_card_pendingRefund",
    "pm_card_createDispute",
)


class Killed(Exception):
    """The process died here."""


@dataclass
class Counts:
    """Of everything that was tried, in all worlds together."""

    steps: int = 0
    refused: int = 0
    faults: int = 0
    kills: int = 0


COUNTS = Counts()


@dataclass
class World:
    double: Remote
    now: datetime = START
    crash: bool = False
    dying: bool = False
    stock: int = STOCK
    products: list[Product] = field(default_factory=list)
    arrived: list[tuple[int, Decimal]] = field(default_factory=list)  # at the bank: payment's key, đồng
    unread: list[tuple[int, Decimal]] = field(default_factory=list)  # of these, not noted by the shop yet
    restocked: dict[int, int] = field(default_factory=dict)  # product's key → pieces that came back whole

    def __post_init__(self) -> None:
        self.double.control("reset")
        self.stripe = stripe.StripeClient(
            self.double.secret_key, base_addresses={"api": self.double.address}, max_network_retries=3
        )
        self.client = Client()
        makers = [factories.producer(f"HTX Số {number}") for number in range(2)]
        self.products = [
            factories.product(f"Chè {number}", by=makers[number % 2], price=70_000 + number, stock=STOCK)
            for number in range(3)
        ]

    def at(self) -> AbstractContextManager[Any]:
        return clock.at(self.now)

    def do(self, step: Callable[[], Any]) -> None:
        """One step, at the world's time; what it may refuse is no fault."""
        COUNTS.steps += 1
        with self.at():
            try:
                if not self.crash:
                    step()
                    return
                self.crash, self.dying = False, True
                with transaction.atomic():
                    step()
                    raise Killed
            except Killed:
                COUNTS.kills += 1
            except EXPECTED:
                COUNTS.refused += 1
            finally:
                self.dying = False

    # Buyers

    def place(self, quantities: Sequence[int], *, prepaid: bool) -> None:
        due = self.now + timedelta(hours=HOURS)
        start = Start(PaymentState.AWAITING_PAYMENT, due) if prepaid else Start(PaymentState.CASH_DUE)
        wanted = [
            (product, pieces) for product, pieces in zip(self.products, quantities, strict=True) if pieces
        ]
        if wanted:
            made = attempt(basket_of(*wanted), payment=start)
            send(replace(made, recipient=replace(made.recipient, email="hoai.thuong@example.com")))

    def open(self, order: Order, method: Method) -> None:
        payment = open_payment(order_id=order.pk, method=method, moment=self.now)
        if method == Method.CARD:
            card.start(payment)

    def pay_by_card(self, payment: Payment, with_card: str) -> None:
        """As the buyer's browser: it has the secret once the page was there, and asks nobody of ours."""
        if payment.method == Method.CARD and payment.reference:
            try:
                self.stripe.v1.payment_intents.confirm(payment.reference, {"payment_method": with_card})
            except stripe.StripeError:
                COUNTS.refused += 1

    def authenticate(self, payment: Payment, outcome: str) -> None:
        intent = self.stripe.v1.payment_intents.retrieve(str(payment.reference))
        if intent.status == "requires_action":
            self.double.control(f"payment_intents/{intent.id}/authenticate", outcome=outcome)

    def come_back(self, payment: Payment) -> None:
        if payment.method == Method.CARD:
            card.look(payment)

    def transfer(self, payment: Payment, factor: Decimal) -> None:
        """It may be too little or too much, and for a payment that nobody waits for any more."""
        if payment.method == Method.TRANSFER:
            line = (payment.pk, Decimal(int(payment.amount * factor)))
            self.arrived.append(line)
            self.unread.append(line)

    def cancel(self, part: Consignment) -> None:
        cancel_consignment(consignment_id=part.pk, by=BUYER, moment=self.now)

    # The shop

    def read_statement(self) -> None:
        """A line that was noted is noted; one that is too little for its payment stays for staff to decide."""
        for line in list(self.unread):
            key, amount = line
            try:
                receive(payment_id=key, amount=amount, moment=self.now)
            except AmountDiffers:
                COUNTS.refused += 1
            if not self.dying:  # killed, the file is read again
                self.unread.remove(line)

    def hear(self, number: int) -> None:
        """A webhook: any event that there was, however often and in whatever order."""
        events = self.events()
        if events:
            self.deliver(events[number % len(events)])

    def events(self) -> list[stripe.Event]:
        return list(self.stripe.v1.events.list({"limit": 100}).auto_paging_iter())

    def deliver(self, event: stripe.Event) -> None:
        body = json.dumps(event.to_dict()).encode()
        header = {"Stripe-Signature": signature(body, SECRET, at=int(time.time()))}
        where = reverse("payment:stripe_webhook")
        answer = self.client.post(where, body, content_type="application/json", headers=header)
        assert answer.status_code == 200

    def work(self) -> None:
        run_due()

    # Producers, carriers and staff

    def move(self, parcel: Parcel, to: ParcelState, *, goods_back: bool) -> None:
        move_parcel(parcel_id=parcel.pk, to=to, by=STAFF, moment=self.now, goods_back=goods_back)
        if to == ParcelState.RETURNED and goods_back and not self.dying:
            for item in parcel.items.select_related("line"):
                key = item.line.product_id
                self.restocked[key] = self.restocked.get(key, 0) + item.quantity

    def further(self, parcel: Parcel, number: int, *, goods_back: bool) -> None:
        ways = sorted(NEXT[ParcelState(parcel.state)])
        if ways:
            self.move(parcel, ways[number % len(ways)], goods_back=goods_back)

    def split(self, parcel: Parcel) -> None:
        item = parcel.items.first()
        if item is not None:
            split_parcel(parcel_id=parcel.pk, quantities={item.line_id: 1}, by=STAFF, moment=self.now)

    # What goes wrong

    def fault(self, operation: str, kind: str) -> None:
        COUNTS.faults += 1
        self.double.control("faults", operation=operation, kind=kind, status=503)

    def quiet(self) -> None:
        """No more faults; everything that was on its way arrives, and everybody has done their work."""
        self.crash = False
        self.double.control("faults/clear")
        for intent in self.stripe.v1.payment_intents.list({"limit": 100}).auto_paging_iter():
            if intent.status == "requires_action":
                self.double.control(f"payment_intents/{intent.id}/authenticate", outcome="succeed")
        self.do(self.read_statement)
        for _round in range(3):
            for event in self.events():
                self.do(partial(self.deliver, event))
            self.now += timedelta(hours=HOURS)
            self.do(self.work)


def orders() -> list[Order]:
    return list(Order.objects.order_by("pk"))


def payments() -> list[Payment]:
    return list(Payment.objects.order_by("pk"))


def waiting_payments() -> list[Payment]:
    return list(Payment.objects.exclude(status=PaymentStatus.SUCCEEDED).order_by("pk"))
