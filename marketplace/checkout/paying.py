"""The ways to pay that the page offers, and what the chosen one means for the order."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.basket.summary import Summary
from marketplace.order.models import PaymentState
from marketplace.order.placement import Payment
from marketplace.payment.methods import due, offered
from marketplace.payment.models import Method

CASH = "cash"
NAMES: dict[str, Any] = {
    CASH: _("Trả tiền khi nhận hàng"),
    Method.TRANSFER: _("Chuyển khoản bằng mã VietQR"),
}


def ways_to_pay(summary: Summary) -> list[tuple[str, Any]]:
    """Value and name of each way open to this basket. Drinks with alcohol are not paid at the door."""
    cash = [] if summary.alcohol else [CASH]
    return [(way, NAMES[way]) for way in (*cash, *offered())]


def paying(chosen: str, *, moment: datetime) -> Payment:
    """The state an order starts in, and until when it waits."""
    if chosen == CASH:
        return Payment(PaymentState.CASH_DUE)
    return Payment(PaymentState.AWAITING_PAYMENT, due(Method(chosen), moment=moment))
