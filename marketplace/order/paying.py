"""The payment state of an order, and what follows when its end passes or money comes too late. See docs/adr/0015."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.partner.stock import InsufficientStock

from .messages import tell_producers
from .models import Order, Parcel, ParcelChange, ParcelState, PaymentState, Role
from .parcels import SYSTEM, move_parcel, revive_parcel


class CannotReopen(ValueError):
    """The goods are not there any more, or somebody cancelled them; nothing was changed."""


@transaction.atomic
def mark_paid(*, order_id: int) -> bool:
    """Awaiting payment → paid, and the producers hear of it. False, with nothing done, from any other state."""
    waiting = Order.objects.filter(pk=order_id, payment_state=PaymentState.AWAITING_PAYMENT)
    if not waiting.update(payment_state=PaymentState.PAID):
        return False
    tell_producers(Order.objects.get(pk=order_id))
    return True


@transaction.atomic
def mark_cash_paid(*, order_id: int) -> bool:
    """Cash due → paid, once nothing more is to be collected. False, with nothing done, from any other state."""
    order = Order.objects.filter(pk=order_id, payment_state=PaymentState.CASH_DUE)
    return bool(order.update(payment_state=PaymentState.PAID))


@transaction.atomic
def expire(*, order_id: int, moment: datetime) -> bool:
    """Cancel an order whose end has passed unpaid; its stock is free again. False if it is not, or no longer, such."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    if (
        order.payment_state != PaymentState.AWAITING_PAYMENT
        or order.payment_due_at is None
        or moment < order.payment_due_at
    ):
        return False
    open_ones = Parcel.objects.filter(consignment__order=order, state=ParcelState.NEW).order_by("pk")
    for key in open_ones.values_list("pk", flat=True):
        move_parcel(
            parcel_id=key, to=ParcelState.CANCELLED, by=SYSTEM, moment=moment, note=_("Chưa nhận được tiền.")
        )
    return True


@transaction.atomic
def reopen(*, order_id: int, moment: datetime) -> None:
    """Take up an order again that ended unpaid: cancelled → paid, with all goods that its end had freed.

    Raises CannotReopen when not all of them are there, or when somebody else than the system cancelled everything.
    """
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    ended = Parcel.objects.filter(consignment__order=order, state=ParcelState.CANCELLED)
    by_the_end = ParcelChange.objects.filter(
        parcel__in=ended, after=ParcelState.CANCELLED, role=Role.SYSTEM
    ).order_by("parcel")
    keys = list(by_the_end.values_list("parcel", flat=True).distinct())
    if order.payment_state != PaymentState.CANCELLED or not keys:
        raise CannotReopen(order.number)
    try:
        for key in keys:
            revive_parcel(parcel_id=key, moment=moment, note=_("Tiền đến sau hạn, hàng vẫn còn."))
    except InsufficientStock as error:
        raise CannotReopen(order.number) from error
    Order.objects.filter(pk=order.pk, payment_state=PaymentState.CANCELLED).update(
        payment_state=PaymentState.PAID
    )
    tell_producers(order)
