"""The ways to pay that the page offers, and what the chosen one means for the order."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.basket.summary import Summary
from marketplace.order.cash_rules import above_most
from marketplace.order.models import Order, PaymentState
from marketplace.order.placement import Attempt, Payment, place_order
from marketplace.payment.methods import NAMES, due, offered, refusal
from marketplace.payment.models import Method
from marketplace.payment.opening import open_payment

CASH = "cash"
CASH_NAME = _("Trả tiền khi nhận hàng")


def ways_to_pay(summary: Summary) -> list[tuple[str, Any]]:
    """Value and name of each way open to this basket."""
    return [(way, name) for way, name, reason in _ways(summary) if not reason]


def refusals(summary: Summary) -> list[str]:
    """Why some of the ways here are not open to this basket."""
    return [reason for _way, _name, reason in _ways(summary) if reason]


def _ways(summary: Summary) -> list[tuple[str, Any, str]]:
    """Value, name, and why not. Cash is none for drinks with alcohol (Law 44/2019/QH14, art. 16). Limits are held
    against the total once it is known."""
    found = [(method.value, NAMES[method], _refusal(summary, method)) for method in offered()]
    if summary.alcohol:
        return found
    cash = above_most(summary.total) if summary.total is not None else ""
    return [(CASH, CASH_NAME, cash), *found]


def _refusal(summary: Summary, method: Method) -> str:
    return refusal(method, summary.total) if summary.total is not None else ""


def paying(chosen: str, *, moment: datetime) -> Payment:
    """The state an order starts in, and until when it waits."""
    if chosen == CASH:
        return Payment(PaymentState.CASH_DUE)
    return Payment(PaymentState.AWAITING_PAYMENT, due(Method(chosen), moment=moment))


def place(attempt: Attempt, *, way: str, strategy: Any, moment: datetime) -> Order:
    """Place the order with the payment it begins with, so that its page shows the way chosen here.

    Of a basket that has become an order before, that order, as it is. Raises order.placement.CannotPlace.
    """
    if way == CASH:
        return place_order(attempt=attempt, strategy=strategy, moment=moment)
    with transaction.atomic():
        order = place_order(attempt=attempt, strategy=strategy, moment=moment)
        if order.payment_state == PaymentState.AWAITING_PAYMENT and not order.payments.exists():
            open_payment(order_id=order.pk, method=Method(way), moment=moment)
    return order
