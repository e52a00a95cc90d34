"""What higher packages hear of orders."""

from django.dispatch import Signal

#: Sent by `Parcel` inside the transaction that moved a parcel, with its `change` (ParcelChange).
parcel_moved = Signal()

#: Sent by `ReturnChange` inside the transaction that ended a request with money promised, with its `change`.
return_closed = Signal()

#: Asked by the paper of an order, with the `order`: receivers give rows (label, amount) of what became of the money.
paper_asks_for_money = Signal()
