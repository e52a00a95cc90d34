"""What is collected at the door, parcel by parcel."""

from collections.abc import Iterable
from decimal import Decimal

from .models import Consignment, Parcel
from .states import ENDS_BADLY


def cash_by_parcel(consignment: Consignment) -> dict[int, Decimal]:
    """Parcel's key → whole đồng to collect when it is handed over; together they are what the consignment owes.

    Each parcel brings its goods; the first that is not cancelled, lost or come back brings the sending besides.
    Prefetch parcels and their items for lists.
    """
    parcels = [parcel for parcel in consignment.parcels.all() if parcel.state not in ENDS_BADLY]
    due = {parcel.pk: _goods(parcel) for parcel in parcels}
    if parcels:
        due[min(parcels, key=lambda parcel: parcel.number).pk] += consignment.shipping_charge
    return due


def _goods(parcel: Parcel) -> Decimal:
    amounts: Iterable[Decimal] = (item.amount for item in parcel.items.all())
    return sum(amounts, Decimal(0))
