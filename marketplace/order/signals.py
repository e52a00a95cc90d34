"""What higher packages hear of orders."""

from django.dispatch import Signal

#: Sent by `Parcel` inside the transaction that moved a parcel, with its `change` (ParcelChange).
parcel_moved = Signal()

#: Sent by `ReturnChange` inside the transaction that ended a request with money promised, with its `change`.
return_closed = Signal()

#: Asked by the paper of an order, with the `order`: the receiver gives what
#: its money is called, and rows (words, amount) of what came and went back.
paper_asks_for_money = Signal()

#: Sent inside the transaction that takes persons out of old orders, with their keys (`orders`).
persons_forgotten = Signal()
