"""What buyers are told about their money. Told in the transaction of what happened; see order/messages.py."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.order.messages import order_facts, tell_buyer

from .models import Payment, Refund

PAID, REFUNDED = "payment_received", "payment_refunded"


def tell_paid(payment: Payment) -> None:
    """The money is here, and the goods are being prepared."""
    tell_buyer(payment.order, kind=PAID, key=f"{PAID}:{payment.pk}", data={"payment": payment.pk})


def tell_refunded(refund: Refund) -> None:
    """So much goes back, and why."""
    order = refund.payment.order
    tell_buyer(order, kind=REFUNDED, key=f"{REFUNDED}:{refund.pk}", data={"refund": refund.pk})


def _paid(data: Mapping[str, Any]) -> Context | None:
    payment = Payment.objects.select_related("order__shipping_address").filter(pk=data["payment"]).first()
    return order_facts(payment.order) | {"amount": payment.received} if payment else None


def _refunded(data: Mapping[str, Any]) -> Context | None:
    rows = Refund.objects.select_related("payment__order__shipping_address")
    refund = rows.filter(pk=data["refund"]).first()
    if refund is None:
        return None
    return order_facts(refund.payment.order) | {
        "amount": refund.amount,
        "reason": refund.get_reason_display(),
        "method": refund.payment.method,
    }


def _sample() -> Context:
    return {
        "number": "OC261124-7K3QX",
        "name": "Nguyễn Thị Hoài Thương",
        "link": reverse("order:detail", kwargs={"token": "mau"}),
        "amount": Decimal(404_000),
        "reason": _("trả hai lần"),
        "method": "transfer",
    }


register(Kind(name=PAID, title=_("Đã nhận tiền"), context=_paid, sample=_sample))
register(Kind(name=REFUNDED, title=_("Trả lại tiền"), context=_refunded, sample=_sample))
