"""Everybody at once, over real processes: fifty buyers, eight workers, ten scarce products, and faults.

Two server processes, workers of which some are killed, and Stripe's double with a plan of faults. Afterwards the clock
goes on until everything has ended, and the invariants of the state machine hold.
"""

import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.error import HTTPError

import pytest
import stripe
from django.urls import reverse

from catalogue.models import Product
from marketplace import clock
from marketplace.order.models import Consignment, Order, PaymentState
from marketplace.payment.models import Method, Payment
from marketplace.payment.receiving import AmountDiffers, receive
from marketplace.work.models import Job, JobState
from marketplace.work.queue import run_due
from tests import factories
from tests.checkout.buyer import Buyer, stock_shop
from tests.checkout.crowd import at_once
from tests.checkout.server import Browser, environment, serving
from tests.payment.conftest import SECRET
from tests.payment.machine.invariants import check, check_quiet
from tests.project.tree import ROOT
from tests.stripe_double.serving import Remote

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

BUYERS, WORKERS, PRODUCTS, STOCK = 50, 8, 10, 6
FAULTS = (
    ("POST /v1/payment_intents", "cut_after", 5),
    ("POST /v1/payment_intents", "error_before", 5),
    ("GET /v1/payment_intents/*", "error_before", 8),
    ("GET /v1/payment_intents/*", "cut_before", 8),
    ("POST /v1/payment_intents/*/cancel", "cut_after", 3),
    ("POST /v1/refunds", "cut_after", 4),
    ("POST /v1/payment_intents/*/confirm", "webhook_duplicate", 10),
    ("POST /v1/payment_intents/*/confirm", "webhook_reorder", 10),
    ("POST /v1/payment_intents/*/confirm", "webhook_drop", 10),
)


@dataclass
class Scene:
    """What the invariants look at; see machine.world.World."""

    products: list[Product]
    stripe: stripe.StripeClient
    stock: int = STOCK
    restocked: dict[int, int] = field(default_factory=dict)
    arrived: list[tuple[int, Decimal]] = field(default_factory=list)
    now: datetime = field(default_factory=clock.now)


@contextmanager
def workers(variables: dict[str, str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    started = [subprocess.Popen(command, cwd=ROOT, env=variables) for _number in range(WORKERS)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


def shops(double: Remote) -> dict[str, str]:
    return environment(
        STRIPE_SECRET_KEY=double.secret_key,
        STRIPE_PUBLISHABLE_KEY=double.publishable_key,
        STRIPE_WEBHOOK_SECRET=SECRET,
        STRIPE_API=double.address,
        BANK_NAME="Ngân hàng thử",
        BANK_BIN="970436",
        BANK_ACCOUNT="0123456789",
        BANK_HOLDER="CHO OCOP",
        WORK_LEASE_SECONDS="5",
    )


class Customer:
    """One buyer, who acts by a chance of their own."""

    def __init__(self, number: int, address: str, scene: Scene, double: Remote) -> None:
        self.chance = random.Random(number)
        self.browser = Browser(address)
        self.buyer = Buyer(self.browser, stocked=True)
        self.number, self.scene, self.double = number, scene, double

    def __call__(self) -> str:
        for product in self.chance.sample(self.scene.products, 2):
            self.buyer.adds(product, self.chance.randint(1, 2))
        way = self.chance.choice(["card", "card", "card", "transfer", "cash"])
        phone = f"0912 345 {self.number:03}"
        answer = self.buyer.orders(thanh_toan=way, dien_thoai=phone, email=f"buyer{self.number}@example.com")
        if answer.status_code != 302:
            assert answer.status_code == 200, "no stock, and the page says so"
            return "refused"
        token = answer.headers["Location"].split("/don-hang/")[1].split("/")[0]
        if way == "card":
            self.pays_by_card(token)
        elif way == "transfer":
            self.transfers(token)
        if self.chance.random() < 0.2:
            self.cancels(token)
        return way

    def pays_by_card(self, token: str) -> None:
        page = self.browser.get(reverse("payment:pay", kwargs={"token": token})).text
        secret = re.search(r"pi_[A-Za-z0-9]+_secret_[A-Za-z0-9]+", page)
        if secret is None:
            return  # Stripe was away; the order ends, or is paid by nobody
        for _click in range(self.chance.randint(1, 2)):
            try:
                self.double.control("pay", client_secret=secret[0], card="4242424242424242")
            except HTTPError:
                pass  # the second click, and Stripe says that it is paid
        if self.chance.random() < 0.6:
            self.browser.get(reverse("payment:back", kwargs={"token": token}))

    def transfers(self, token: str) -> None:
        """And the statement is read, by several at once."""
        self.browser.get(reverse("payment:pay", kwargs={"token": token}))
        for payment in Payment.objects.filter(order__token=token, method=Method.TRANSFER):
            amount = payment.amount + self.chance.choice([0, 0, 10_000, -10_000])
            self.scene.arrived.append((payment.pk, amount))
            for _read in range(2):
                try:
                    receive(payment_id=payment.pk, amount=amount, moment=clock.now())
                except AmountDiffers:
                    pass

    def cancels(self, token: str) -> None:
        part = Consignment.objects.filter(order__token=token).first()
        if part is not None:
            where = reverse("order:cancel", kwargs={"token": token, "consignment_id": part.pk})
            self.browser.post(where, {"ly_do": "Đặt nhầm"})


def wait_until_idle(seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    busy = Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING], due_at__lte=clock.now())
    while busy.filter(kind__startswith="payment.").exists():
        assert time.monotonic() < end, "the workers have not come to an end"
        time.sleep(0.3)


@pytest.fixture
def scene(double: Remote) -> Scene:
    """Ten products, and what goes wrong."""
    stock_shop()
    for operation, kind, times in FAULTS:
        double.control("faults", operation=operation, kind=kind, nth=2, times=times, status=503)
    makers = [factories.producer(f"HTX Số {number}") for number in range(4)]
    products = [
        factories.product(f"Chè {number}", by=makers[number % 4], price=60_000 + number, stock=STOCK)
        for number in range(PRODUCTS)
    ]
    return Scene(products, stripe.StripeClient(double.secret_key, base_addresses={"api": double.address}))


def everybody(scene: Scene, double: Remote) -> list[str]:
    """What became of each buyer; half of the workers are killed meanwhile."""
    variables = shops(double)
    with serving(processes=2, threads=8, variables=variables) as address, workers(variables) as running:
        double.control(
            "webhook_endpoints", url=f"{address}{reverse('payment:stripe_webhook')}", secret=SECRET
        )
        ways = at_once([Customer(number, address, scene, double) for number in range(BUYERS)])
        for process in running[: WORKERS // 2]:
            process.send_signal(signal.SIGKILL)
        double.control("webhooks/settle", seconds=60)
        wait_until_idle()
    return ways


def test_fifty_buyers_eight_workers_and_ten_scarce_products(scene: Scene, double: Remote) -> None:
    ways = everybody(scene, double)
    double.control("faults/clear")
    for _hours in range(6):
        scene.now += timedelta(hours=8)
        with clock.at(scene.now):
            run_due()
    assert {"refused", "card", "transfer", "cash"} <= set(ways)
    assert Order.objects.count() == sum(way != "refused" for way in ways)
    assert Order.objects.filter(payment_state=PaymentState.PAID).count() > 3
    check(scene)  # type: ignore[arg-type]
    check_quiet(scene)  # type: ignore[arg-type]
