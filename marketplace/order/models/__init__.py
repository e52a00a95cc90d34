"""Oscar's models of order with ours in place; importing this module registers them all."""

from marketplace.order.states import DeliveryState, ParcelState

from .address import ShippingAddress
from .carrier import Carrier
from .consignment import Consignment
from .line import Line
from .order import Order, PaymentState
from .parcel import Parcel, ParcelChange, ParcelItem, Role

__all__ = [
    "Carrier",
    "Consignment",
    "DeliveryState",
    "Line",
    "Order",
    "Parcel",
    "ParcelChange",
    "ParcelItem",
    "ParcelState",
    "PaymentState",
    "Role",
    "ShippingAddress",
]

from oscar.apps.order.models import *  # noqa: F403
