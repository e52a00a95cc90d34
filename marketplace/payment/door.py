"""Cash at the door: a parcel that was delivered was paid for. Whether the carrier hands the money over is another
question, which its remittances answer.

In the transaction that moved the parcel, with its order's row held.
"""

from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.dispatch import receiver

from marketplace.order.cash import cash_by_parcel
from marketplace.order.derived import OPEN
from marketplace.order.models import Consignment, Order, Parcel, ParcelChange, ParcelState, PaymentState, Role
from marketplace.order.parcels import By
from marketplace.order.paying import mark_cash_paid
from marketplace.order.signals import parcel_moved

from .models import Method, Payment, PaymentStatus, RefundReason
from .opening import record
from .refunding import give_back_owed


@receiver(parcel_moved)
def settle_at_the_door(sender: Any, change: ParcelChange, **kwargs: Any) -> None:
    """What a delivered parcel brought is noted; what no parcel brings any more is owed no more."""
    parcel = Parcel.objects.select_related("consignment__order").get(pk=change.parcel_id)
    part, order = parcel.consignment, parcel.consignment.order
    if change.before == change.after or order.payment_state != PaymentState.CASH_DUE:
        return
    if change.after == ParcelState.DELIVERED:
        _collect(parcel, change)
    if not part.parcels.filter(state__in=sorted(OPEN)).exists():
        _owe_what_was_collected(part)
    if not Parcel.objects.filter(consignment__order=order, state__in=sorted(OPEN)).exists():
        _end(order)
    if change.after == ParcelState.DELIVERED:
        _give_back_what_waited(parcel, change)


def _collect(parcel: Parcel, change: ParcelChange) -> None:
    amount = cash_by_parcel(parcel.consignment)[parcel.pk]
    if not amount:
        return
    made = Payment.objects.create(
        order=parcel.consignment.order,
        method=Method.CASH,
        status=PaymentStatus.SUCCEEDED,
        amount=amount,
        received=amount,
        parcel=parcel,
        created_at=change.at,
        ended_at=change.at,
    )
    by = By(Role(change.role), change.actor, change.acting_for)
    record(made, "", PaymentStatus.SUCCEEDED, by=by, moment=change.at, note=change.note)


def _give_back_what_waited(parcel: Parcel, change: ParcelChange) -> None:
    """Of a return that ended while another parcel was on its way only what had come beyond that parcel's cash went back."""
    give_back_owed(
        order_id=parcel.consignment.order_id,
        reason=RefundReason.RETURNED,
        key=f"cash-{parcel.pk}",
        moment=change.at,
    )


def _owe_what_was_collected(part: Consignment) -> None:
    """Of a consignment with nothing under way. The parcel that was to bring the sending may be the one that came back;
    nobody rings at the door a second time for that. What was promised back already was not collected either."""
    collected = Payment.objects.filter(parcel__consignment=part).aggregate(sum=Sum("received"))["sum"]
    missing = part.total - max(collected or Decimal(0), part.refund_total)
    Consignment.objects.filter(pk=part.pk, cancelled_total__lt=missing).update(cancelled_total=missing)


def _end(order: Order) -> None:
    """Nothing of the order is under way; of one that brought nothing the parcels wrote the end already."""
    if Payment.objects.filter(order=order, method=Method.CASH).exists():
        mark_cash_paid(order_id=order.pk)
