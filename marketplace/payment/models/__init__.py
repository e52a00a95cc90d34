"""Oscar's models of payment, which stay empty (docs/adr/0015), beside ours."""

from .payment import Method, Payment, PaymentChange, PaymentStatus
from .refund import Refund, RefundReason, RefundStatus

__all__ = [
    "Method",
    "Payment",
    "PaymentChange",
    "PaymentStatus",
    "Refund",
    "RefundReason",
    "RefundStatus",
]

from oscar.apps.payment.models import *  # noqa: F403
