"""Moves parcels as those who may would."""

from typing import Any

from marketplace import clock
from marketplace.order.models import Order, Parcel, ParcelChange, ParcelState, Role
from marketplace.order.parcels import By, move_parcel
from marketplace.order.states import WAY

STAFF = By(Role.STAFF)
BUYER = By(Role.BUYER)


def parcel_of(order: Order) -> Parcel:
    """The one parcel of an order of one producer."""
    return Parcel.objects.get(consignment__order=order)


def move(parcel: Parcel, to: ParcelState, by: By = STAFF, **more: Any) -> ParcelChange:
    return move_parcel(parcel_id=parcel.pk, to=to, by=by, moment=clock.now(), **more)


def bring(parcel: Parcel, to: ParcelState) -> Parcel:
    """Along the way until there, or to where it turns off after it was handed over."""
    parcel.refresh_from_db()
    last = to if to in WAY else ParcelState.HANDED_OVER
    for state in WAY[WAY.index(ParcelState(parcel.state)) + 1 : WAY.index(last) + 1]:
        move(parcel, state)
    if to != last:
        move(parcel, to)
    parcel.refresh_from_db()
    return parcel
