"""What higher packages hear of orders."""

from django.dispatch import Signal

#: Sent by `Parcel` inside the transaction that moved a parcel, with its `change` (ParcelChange).
parcel_moved = Signal()
