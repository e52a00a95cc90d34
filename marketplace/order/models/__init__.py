"""Oscar's models of order with ours in place; importing this module registers them all."""

from marketplace.order.returns.rules import Reason
from marketplace.order.returns.states import ReturnState
from marketplace.order.states import DeliveryState, ParcelState

from .address import ShippingAddress
from .carrier import Carrier
from .change import Role
from .consignment import Consignment
from .invoice import InvoiceRequest
from .line import Line
from .order import Order, PaymentState
from .parcel import Parcel, ParcelChange, ParcelItem
from .returning import ReturnChange, ReturnItem, ReturnPhoto, ReturnRequest

__all__ = [
    "Carrier",
    "Consignment",
    "DeliveryState",
    "InvoiceRequest",
    "Line",
    "Order",
    "Parcel",
    "ParcelChange",
    "ParcelItem",
    "ParcelState",
    "PaymentState",
    "Reason",
    "ReturnChange",
    "ReturnItem",
    "ReturnPhoto",
    "ReturnRequest",
    "ReturnState",
    "Role",
    "ShippingAddress",
]

from oscar.apps.order.models import *  # noqa: F403
