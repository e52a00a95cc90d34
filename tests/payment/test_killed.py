"""A real worker that is killed between Stripe's answer and our note of it, of a charge or of a refund."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from marketplace.communication.models import Message
from marketplace.payment.events import keep_event
from marketplace.payment.models import EventState, Method, ProviderEvent, RefundReason
from tests import factories
from tests.payment.giving import grants, settled
from tests.payment.test_card import event, pays
from tests.payment.test_stripe_refunds import at_stripe, charged
from tests.payment.waiting import opened, refunds, state, waiting
from tests.stripe_double.serving import Remote

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).parents[2]
LEASE = 2


@contextmanager
def worker(double: Remote) -> Iterator[subprocess.Popen[bytes]]:
    own = connection.settings_dict
    address = f"postgres://{own['USER']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    if connection.vendor == "sqlite":
        address = f"sqlite:///{own['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
        "STRIPE_SECRET_KEY": double.secret_key,
        "STRIPE_API": double.address,
        "WORK_LEASE_SECONDS": str(LEASE),
    }
    process = subprocess.Popen([sys.executable, ROOT / "manage.py", "worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], Any], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def test_what_stripe_gave_back_is_not_given_back_again(double: Remote) -> None:
    order = charged(double)
    refund = grants(order, RefundReason.GOODWILL, amount=Decimal(50_000))[0]
    double.control("faults", operation="POST /v1/refunds", kind="delay_after", seconds=30)
    with worker(double) as first:
        wait_for(lambda: at_stripe(double, order))
        first.send_signal(signal.SIGKILL)
        first.wait()
    refund.refresh_from_db()
    assert (refund.status, refund.reference) == ("due", None)
    double.control("idempotency_keys/expire")
    double.control("faults/clear")
    with worker(double):
        wait_for(lambda: type(refund).objects.get(pk=refund.pk).status == "succeeded")
    assert at_stripe(double, order) == [(50_000, "succeeded")] and settled(order)


def test_a_card_that_was_charged_pays_its_order_once_though_the_worker_dies(double: Remote) -> None:
    order = waiting((factories.product(price=100_000, stock=5), 2))
    payment = opened(order, Method.CARD)
    intent = pays(double, payment)
    keep_event(event("payment_intent.succeeded", intent))
    double.control("faults", operation="GET /v1/payment_intents/*", kind="delay_after", seconds=30)
    calls = len(double.control("calls")["calls"])
    with worker(double) as first:
        wait_for(lambda: len(double.control("calls")["calls"]) > calls)
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert state(order) == "awaiting_payment"
    double.control("faults/clear")
    with worker(double):
        wait_for(lambda: ProviderEvent.objects.get().state == EventState.DONE)
    assert (state(order), refunds(order)) == ("paid", []) and settled(order)
    assert Message.objects.filter(kind="payment_received").count() == 1
