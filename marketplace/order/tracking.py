"""Corrects who carries a parcel and under which number, after it was handed over."""

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.audit.models import record

from .models import Parcel, ParcelState
from .parcels import By, CannotMove, Tracking, locked_parcel

ACTION = "parcel_tracking_changed"


@transaction.atomic
def change_tracking(*, parcel_id: int, tracking: Tracking, seen: tuple[int | None, str], by: By) -> None:
    """Write carrier and number of a parcel that is with a carrier, and record who did it and what stood there.

    `seen` is the carrier's key and the number that the asker saw. Raises CannotMove, with nothing changed, when
    somebody else has written others since, or when the parcel is not under way.
    """
    parcel = locked_parcel(parcel_id)
    if parcel.state != ParcelState.HANDED_OVER:
        raise CannotMove(_("Chỉ sửa được mã vận đơn của kiện đang giao."))
    number = tracking.number.strip()
    if (parcel.carrier_id, parcel.tracking_number) == (tracking.carrier.pk, number):
        return
    carrier, told = seen
    there = Parcel.objects.filter(
        pk=parcel.pk, state=ParcelState.HANDED_OVER, carrier=carrier, tracking_number=told
    )
    if not there.update(carrier=tracking.carrier, tracking_number=number):
        raise CannotMove(_("Mã vận đơn vừa được người khác sửa. Bạn xem lại rồi sửa tiếp nếu cần nhé."))
    record(
        action=ACTION,
        target=parcel,
        actor=by.user,
        before={"carrier": str(parcel.carrier or ""), "number": parcel.tracking_number},
        after={"carrier": str(tracking.carrier), "number": number}
        | ({"acting_for_partner": by.acting_for.pk} if by.acting_for else {}),
    )
