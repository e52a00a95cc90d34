"""What the catalogue tells of its visitors."""

from django.dispatch import Signal

#: Sent with `product` and `request` when a product's page is shown. Oscar's own signal for it, product_viewed, would
#: have Oscar write a row for every view, with who it was.
product_opened = Signal()
