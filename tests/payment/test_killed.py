"""A real worker that is killed between Stripe's answer and our note of it."""

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

from marketplace.payment.models import RefundReason
from tests.payment.giving import grants, settled
from tests.payment.test_stripe_refunds import at_stripe, charged
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
