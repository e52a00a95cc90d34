"""Oscar's models of order with ours in place; importing this module registers them all."""

from .address import ShippingAddress
from .consignment import Consignment, Parcel, ParcelState
from .line import Line
from .order import Order, PaymentState

__all__ = ["Consignment", "Line", "Order", "Parcel", "ParcelState", "PaymentState", "ShippingAddress"]

from oscar.apps.order.models import *  # noqa: F403
