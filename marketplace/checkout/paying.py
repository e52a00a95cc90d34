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
    """Value and name of each way open to this basket. Of drinks with alcohol none is: placing says why of cash, and
    the others need the buyer's word on their age, which is not asked for yet."""
    return [(way, NAMES[way]) for way in (CASH, *(offered() if not summary.alcohol else ()))]


def paying(chosen: str, *, moment: datetime) -> Payment:
    """The state an order starts in, and until when it waits."""
    if chosen == CASH:
        return Payment(PaymentState.CASH_DUE)
    return Payment(PaymentState.AWAITING_PAYMENT, due(Method(chosen), moment=moment))
