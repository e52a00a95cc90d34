"""Cancels a producer's part of an order before it is sent, or all parts at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from .locking import lock_order
from .models import Consignment, Parcel, ParcelState
from .parcels import By, CannotMove, move_parcel
from .states import AT_PRODUCER


@transaction.atomic
def cancel_consignment(*, consignment_id: int, by: By, moment: datetime, reason: str = "") -> None:
    """Cancel every parcel of a consignment of which none has left. Cancelling again changes nothing.

    Stock goes back, and what is owed shrinks by goods and shipping. Raises CannotMove when a parcel has left.
    """
    lock_order(consignments=consignment_id)
    parcels = list(Parcel.objects.filter(consignment=consignment_id).order_by("number"))
    states = {ParcelState(parcel.state) for parcel in parcels}
    if states - AT_PRODUCER - {ParcelState.CANCELLED}:
        raise CannotMove(_("Hàng đã được gửi đi nên không hủy được nữa. Bạn có thể yêu cầu trả hàng."))
    for parcel in parcels:
        if parcel.state != ParcelState.CANCELLED:
            move_parcel(parcel_id=parcel.pk, to=ParcelState.CANCELLED, by=by, moment=moment, note=reason)


def may_be_cancelled(consignment: Consignment) -> bool:
    """Whether something of it is left to cancel, and nothing has been sent; prefetch parcels for lists."""
    states = {ParcelState(parcel.state) for parcel in consignment.parcels.all()} - {ParcelState.CANCELLED}
    return bool(states) and states <= AT_PRODUCER
