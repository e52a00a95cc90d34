"""What buyers are told about their money. Told in the transaction of what happened; see order/messages.py."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.communication.kinds import Context, Kind, register
from marketplace.order.messages import order_facts, tell_buyer

from .banks import bank_name
from .models import Method, Payment, PaymentStatus, Refund, RefundAccount

PAID, REFUNDED, ACCOUNT = "payment_received", "payment_refunded", "refund_account"
SHORT = "payment_short"


def tell_paid(payment: Payment) -> None:
    """The money is here, and the goods are being prepared."""
    tell_buyer(payment.order, kind=PAID, key=f"{PAID}:{payment.pk}", data={"payment": payment.pk})


def tell_refunded(refund: Refund) -> None:
    """So much goes back, and why."""
    order = refund.payment.order
    tell_buyer(order, kind=REFUNDED, key=f"{REFUNDED}:{refund.pk}", data={"refund": refund.pk})


def tell_short(payment: Payment, *, came: Decimal, rest: Decimal, key: str) -> None:
    """So much came with the code of a transfer, and so much is missing. `key` names the transfer that is told of."""
    told = {"payment": payment.pk, "came": int(came), "rest": int(rest)}
    tell_buyer(payment.order, kind=SHORT, key=f"{SHORT}:{payment.pk}:{key}", data=told)


def tell_account(account: RefundAccount) -> None:
    """Where refunds go from now on; whose doing that was not may say so in time."""
    key = f"{ACCOUNT}:{account.order_id}:{account.changed_at.timestamp():.6f}"
    tell_buyer(account.order, kind=ACCOUNT, key=key, data={"account": account.pk})


def _paid(data: Mapping[str, Any]) -> Context | None:
    payment = Payment.objects.select_related("order__shipping_address").filter(pk=data["payment"]).first()
    return order_facts(payment.order) | {"amount": payment.received} if payment else None


def _short(data: Mapping[str, Any]) -> Context | None:
    """Nothing once nobody waits for it any more."""
    rows = Payment.objects.select_related("order__shipping_address").filter(status=PaymentStatus.OPEN)
    payment = rows.filter(pk=data["payment"]).first()
    if payment is None:
        return None
    return order_facts(payment.order) | {
        "link": reverse("payment:pay", kwargs={"token": payment.order.token}),
        "came": Decimal(data["came"]),
        "rest": Decimal(data["rest"]),
        "code": payment.reference,
    }


def _refunded(data: Mapping[str, Any]) -> Context | None:
    rows = Refund.objects.select_related("payment__order__shipping_address")
    refund = rows.filter(pk=data["refund"]).first()
    if refund is None:
        return None
    order = refund.payment.order
    facts = order_facts(order)
    asks = refund.way == Method.TRANSFER and not RefundAccount.objects.filter(order=order).exists()
    if asks:
        facts["link"] = reverse("payment:refund_account", kwargs={"token": order.token})
    return facts | {
        "amount": refund.amount,
        "reason": refund.get_reason_display(),
        "words": refund.words,
        "way": refund.way,
        "asks": asks,
    }


def _account(data: Mapping[str, Any]) -> Context | None:
    rows = RefundAccount.objects.select_related("order__shipping_address")
    account = rows.filter(pk=data["account"]).first()
    if account is None:
        return None
    return order_facts(account.order) | {"bank": bank_name(account.bank), "last": account.last}


def _sample() -> Context:
    return {
        "number": "OC261124-7K3QX",
        "name": "Nguyễn Thị Hoài Thương",
        "link": reverse("order:detail", kwargs={"token": "mau"}),
        "amount": Decimal(404_000),
        "came": Decimal(344_000),
        "rest": Decimal(60_000),
        "code": "OCOP7K3QX2MW",
        "reason": _("trả hai lần"),
        "words": "",
        "way": "transfer",
        "asks": True,
        "bank": "Vietcombank",
        "last": "4321",
    }


register(Kind(name=PAID, title=_("Đã nhận tiền"), context=_paid, sample=_sample))
register(Kind(name=SHORT, title=_("Chuyển khoản còn thiếu"), context=_short, sample=_sample))
register(Kind(name=REFUNDED, title=_("Trả lại tiền"), context=_refunded, sample=_sample))
register(Kind(name=ACCOUNT, title=_("Tài khoản nhận tiền trả lại"), context=_account, sample=_sample))
