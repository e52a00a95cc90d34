"""Oscar's models of payment, which stay empty (docs/adr/0015), beside ours."""

from .dispute import Dispute, DisputeStatus
from .event import EventState, ProviderEvent
from .payment import Method, Payment, PaymentChange, PaymentStatus
from .refund import Refund, RefundAccount, RefundAccountChange, RefundChange, RefundReason, RefundStatus

__all__ = [
    "Dispute",
    "DisputeStatus",
    "EventState",
    "Method",
    "Payment",
    "PaymentChange",
    "PaymentStatus",
    "ProviderEvent",
    "Refund",
    "RefundAccount",
    "RefundAccountChange",
    "RefundChange",
    "RefundReason",
    "RefundStatus",
]

from oscar.apps.payment.models import *  # noqa: F403
