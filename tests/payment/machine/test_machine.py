"""Any sequence of steps of buyers, webhooks, workers and staff, with faults in between, keeps the invariants.

500 steps in CI; `make soak` tries 10,000 and more (SOAK_STEPS).
"""

import os
import sys
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from marketplace.order.models import Consignment, Parcel, ReturnRequest
from marketplace.order.states import WAY
from marketplace.payment.models import Method, PaymentStatus, RefundReason
from tests.stripe_double.serving import Remote

from .afterwards import GRANTS, Afterwards, by_transfer
from .invariants import check, check_quiet
from .world import CARDS, COUNTS, World, orders, payments

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SOAK = "SOAK_STEPS" in os.environ
STEPS = int(os.environ.get("SOAK_STEPS") or 500)
A_WORLD = 50  # steps, as many as hypothesis takes in one
KINDS = ("cut_before", "cut_after", "error_before", "error_after", "error_saved")
OPERATIONS = (
    "POST /v1/payment_intents",
    "GET /v1/payment_intents/*",
    "POST /v1/payment_intents/*/cancel",
    "POST /v1/refunds",
    "GET /v1/refunds/*",
)
anything = st.integers(0, 10_000)
FACTORS = st.sampled_from([Decimal(1), Decimal(1), Decimal(1), Decimal("0.5"), Decimal("1.5")])


def one_of(rows: Any, number: int) -> Any:
    found = list(rows)
    return found[number % len(found)] if found else None


class Shop(RuleBasedStateMachine):
    double: Remote

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.world = World(self.double)
        self.afterwards = Afterwards(self.world)

    def teardown(self) -> None:
        try:
            self.world.quiet()
            check(self.world)
            check_quiet(self.world)
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @initialize()
    def there_are_orders(self) -> None:
        """Hypothesis leaves whole rules out of a sequence, so each begins with something to go on with."""
        for quantities, prepaid in (((1, 1, 0), True), ((2, 0, 1), True), ((0, 1, 1), False)):
            self.somebody_orders(quantities, prepaid)
        first, second, _cash = orders()
        self.the_buyer_opens_a_way_to_pay(0, Method.TRANSFER)
        self.world.do(lambda: self.world.open(second, Method.CARD))
        self.world.do(lambda: self.world.open(first, Method.CARD))
        self.the_buyer_opens_a_way_to_pay(0, Method.TRANSFER)

    @rule(quantities=st.tuples(*[st.integers(0, 2)] * 3), prepaid=st.sampled_from([True, True, False]))
    def somebody_orders(self, quantities: tuple[int, int, int], prepaid: bool) -> None:
        self.world.do(lambda: self.world.place(quantities, prepaid=prepaid))

    @precondition(lambda self: orders())
    @rule(number=anything, method=st.sampled_from([Method.CARD, Method.TRANSFER]))
    def the_buyer_opens_a_way_to_pay(self, number: int, method: Method) -> None:
        self.world.do(lambda: self.world.open(one_of(orders(), number), method))

    @precondition(lambda self: payments())
    @rule(number=anything, card=st.sampled_from(CARDS))
    def the_buyer_pays_by_card(self, number: int, card: str) -> None:
        self.world.do(lambda: self.world.pay_by_card(one_of(payments(), number), card))

    @precondition(lambda self: payments())
    @rule(number=anything)
    def the_browser_comes_back(self, number: int) -> None:
        self.world.do(lambda: self.world.come_back(one_of(payments(), number)))

    @precondition(lambda self: orders())
    @rule(number=anything)
    def the_buyer_pays_at_once(self, number: int) -> None:
        """The usual way, whole: sequences of single steps seldom come that far."""
        order = one_of(orders(), number)
        self.world.do(lambda: self.world.open(order, Method.CARD))
        for payment in order.payments.filter(method=Method.CARD, status=PaymentStatus.OPEN):
            self.world.do(partial(self.world.pay_by_card, payment, CARDS[0]))
            self.world.do(partial(self.world.come_back, payment))

    @precondition(lambda self: payments())
    @rule(number=anything, factor=FACTORS)
    def the_buyer_transfers(self, number: int, factor: Decimal) -> None:
        self.world.do(lambda: self.world.transfer(one_of(payments(), number), factor))

    @rule()
    def staff_read_the_statement(self) -> None:
        self.world.do(self.world.read_statement)

    @rule(number=anything)
    def a_webhook_comes(self, number: int) -> None:
        self.world.do(lambda: self.world.hear(number))

    @rule()
    def the_worker_works(self) -> None:
        self.world.do(self.world.work)

    @precondition(lambda self: orders())
    @rule(number=anything)
    def the_buyer_cancels(self, number: int) -> None:
        self.world.do(lambda: self.world.cancel(one_of(Consignment.objects.order_by("pk"), number)))

    @precondition(lambda self: orders())
    @rule(number=anything, way=anything, goods_back=st.booleans())
    def a_parcel_goes_on(self, number: int, way: int, goods_back: bool) -> None:
        parcel = one_of(Parcel.objects.order_by("pk"), number)
        self.world.do(lambda: self.world.further(parcel, way, goods_back=goods_back))

    @precondition(lambda self: orders())
    @rule(number=anything)
    def a_parcel_is_divided(self, number: int) -> None:
        self.world.do(lambda: self.world.split(one_of(Parcel.objects.order_by("pk"), number)))

    @precondition(lambda self: orders())
    @rule(number=anything, pays=st.booleans())
    def all_parcels_of_an_order_arrive(self, number: int, pays: bool) -> None:
        order = one_of(orders(), number)
        if pays:
            self.the_buyer_pays_at_once(number)
        for parcel in Parcel.objects.filter(consignment__order=order).order_by("pk"):
            for state in WAY[1:]:
                self.world.do(partial(self.world.move, parcel, state, goods_back=False))

    @precondition(lambda self: orders())
    @rule(number=anything, how=anything, reason=st.sampled_from(GRANTS))
    def staff_give_back(self, number: int, how: int, reason: RefundReason) -> None:
        self.world.do(lambda: self.afterwards.grant(one_of(orders(), number), how, reason))

    @precondition(lambda self: orders())
    @rule(number=anything)
    def the_buyer_asks_to_return(self, number: int) -> None:
        self.world.do(lambda: self.afterwards.ask_back(one_of(Consignment.objects.order_by("pk"), number)))

    @precondition(lambda self: ReturnRequest.objects.exists())
    @rule(number=anything, kept=st.booleans())
    def a_return_goes_on(self, number: int, kept: bool) -> None:
        request = one_of(ReturnRequest.objects.order_by("pk"), number)
        self.world.do(lambda: self.afterwards.go_on_with_return(request, kept=kept))

    @precondition(lambda self: by_transfer())
    @rule(number=anything, how=anything)
    def staff_transfer_back(self, number: int, how: int) -> None:
        self.world.do(lambda: self.afterwards.transfer_back(one_of(by_transfer(), number), how))

    @rule(number=anything)
    def a_refund_at_stripe_goes_on(self, number: int) -> None:
        self.world.do(lambda: self.afterwards.bank_goes_on(number))

    @rule(number=anything)
    def a_buyer_disputes(self, number: int) -> None:
        self.world.do(lambda: self.afterwards.somebody_disputes(number))

    @rule(number=anything, outcome=st.sampled_from(["won", "lost"]))
    def the_bank_decides(self, number: int, outcome: str) -> None:
        self.world.do(lambda: self.afterwards.bank_decides(number, outcome))

    @rule(number=anything)
    def somebody_gives_back_at_stripe(self, number: int) -> None:
        self.world.do(lambda: self.afterwards.gives_back_at_stripe(number))

    @rule(minutes=st.sampled_from([5, 60, 26 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule(operation=st.sampled_from(OPERATIONS), kind=st.sampled_from(KINDS))
    def stripe_will_fail(self, operation: str, kind: str) -> None:
        self.world.fault(operation, kind)

    @rule()
    def the_next_step_is_killed(self) -> None:
        self.world.crash = True

    @invariant()
    def everything_holds(self) -> None:
        check(self.world)


def test_any_sequence_keeps_the_invariants(double: Remote) -> None:
    """The same sequences each time in CI; others each time in a soak, until there are enough steps."""
    Shop.double = double
    before = COUNTS.steps
    while COUNTS.steps - before < STEPS:
        run_state_machine_as_test(
            Shop,
            settings=settings(
                max_examples=100 if SOAK else 5 * STEPS // (4 * A_WORLD),
                stateful_step_count=A_WORLD,
                deadline=None,
                derandomize=not SOAK,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate, Phase.shrink] if SOAK else [Phase.generate],
                database=None,
            ),
        )
    sys.stdout.write(f"\n{COUNTS}, invariants broken: 0\n")
