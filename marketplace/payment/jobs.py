"""Background work of payments: orders whose end has passed unpaid are cancelled, and Stripe is asked on about refunds."""

from datetime import datetime, timedelta

from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.order.paying import expire
from marketplace.work.queue import finishing, on_every_run

from . import events  # noqa: F401  its handler is registered
from .models import PaymentStatus
from .opening import cancel_payment
from .privacy import forget_what_was_kept_longer
from .stripe_refunds import go_on_asking

MOST = 200  # in one run
EVERY = timedelta(minutes=1)


@on_every_run
def end_unpaid_orders() -> None:
    """Safe to run at any time, by several workers: each order is looked at again once its row is held."""
    ended = Order.objects.filter(
        payment_state=PaymentState.AWAITING_PAYMENT, payment_due_at__lte=clock.now()
    ).order_by("payment_due_at")
    for order in ended[:MOST]:
        if finishing():
            return
        if expire(order_id=order.pk, moment=clock.now()):
            for payment in order.payments.filter(status=PaymentStatus.OPEN):
                cancel_payment(payment=payment, moment=clock.now())


class Refunds:
    """When this process last looked; another one looking too changes nothing."""

    looked: datetime | None = None


@on_every_run
def look_after_refunds() -> None:
    moment = clock.now()
    if Refunds.looked is None or abs(moment - Refunds.looked) >= EVERY:
        go_on_asking(moment)
        forget_what_was_kept_longer()
        Refunds.looked = moment
