"""What higher packages tell of payments."""

from django.dispatch import Signal

#: Asked by the page of an open transfer, with its `payment`: the receiver gives what is known to have come for it and
#: is not taken yet, in whole đồng.
transfer_is_shown = Signal()
