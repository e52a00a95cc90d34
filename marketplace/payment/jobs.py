"""Background work of payments: orders whose end has passed unpaid are cancelled."""

from marketplace import clock
from marketplace.order.models import Order, PaymentState
from marketplace.order.paying import expire
from marketplace.work.queue import finishing, on_every_run

from . import events  # noqa: F401  its handler is registered
from .models import PaymentStatus
from .opening import cancel_payment

MOST = 200  # in one run


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
