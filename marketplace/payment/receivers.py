"""What orders tell is followed by money here, in the same transaction."""

from typing import Any

from django.dispatch import receiver

from marketplace.order.models import Order, ParcelChange, PaymentState, ReturnChange, Role
from marketplace.order.parcels import By
from marketplace.order.signals import paper_asks_for_money, parcel_moved, persons_forgotten, return_closed
from marketplace.order.states import ENDS_BADLY

from .models import Payment, PaymentStatus, RefundReason
from .opening import cancel_payment
from .refund_accounts import forget_accounts
from .refunding import give_back_owed
from .shown import paper_rows
from .stripe_refunds import count_for_return


@receiver(parcel_moved)
def parcel_does_not_arrive(sender: Any, change: ParcelChange, **_more: Any) -> None:
    """Cancelled, lost, or come back: what was paid for it goes back, once for the parcel."""
    if change.after in ENDS_BADLY and change.before != change.after:
        give_back_owed(
            order_id=change.parcel.consignment.order_id,
            reason=RefundReason.CANCELLED,
            key=f"parcel-{change.parcel_id}",
            moment=change.at,
        )


@receiver(parcel_moved)
def order_is_cancelled(sender: Any, change: ParcelChange, **_more: Any) -> None:
    """Nobody waits for its money any more; at Stripe, too, nobody shall pay it."""
    if change.after not in ENDS_BADLY:
        return
    open_ones = Payment.objects.filter(
        order__consignments__parcels=change.parcel_id,
        order__payment_state=PaymentState.CANCELLED,
        status=PaymentStatus.OPEN,
    )
    for payment in open_ones:
        by = By(Role(change.role), change.actor, change.acting_for)
        cancel_payment(payment=payment, moment=change.at, by=by)


@receiver(return_closed)
def return_is_over(sender: Any, change: ReturnChange, **_more: Any) -> None:
    count_for_return(change.request, moment=change.at)
    give_back_owed(
        order_id=change.request.consignment.order_id,
        reason=RefundReason.RETURNED,
        key=f"return-{change.request_id}",
        moment=change.at,
    )


@receiver(persons_forgotten)
def persons_are_forgotten(sender: Any, orders: list[int], **_more: Any) -> None:
    forget_accounts(orders)


@receiver(paper_asks_for_money)
def paper_is_told(sender: Any, order: Order, **_more: Any) -> tuple[str, list[tuple[str, str]]]:
    return paper_rows(order)
