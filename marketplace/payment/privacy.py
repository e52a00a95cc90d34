"""What payments know of a person: what came, what went back, and to which account. Amounts stay as the law has them
kept; the account for refunds goes with the order's person (order/privacy.py), at the latest when its transfer is made."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import User
from marketplace.accounts.privacy import Person, register
from marketplace.order.access import orders_of
from marketplace.order.models import Order
from marketplace.order.models.order import NOBODY

from .banks import bank_name
from .models import Payment, RefundAccount
from .refund_accounts import forget_accounts


def _export(person: Person) -> list[dict[str, Any]]:
    orders: QuerySet[Order] = orders_of(User.objects.get(pk=person.user_id))
    payments = Payment.objects.filter(order__in=orders.values("pk")).select_related("order__refund_account")
    return [_told(payment) for payment in payments.prefetch_related("refunds").order_by("pk")]


def _told(payment: Payment) -> dict[str, Any]:
    account: RefundAccount | None = getattr(payment.order, "refund_account", None)
    return {
        "order": payment.order.number,
        "method": payment.method,
        "status": payment.status,
        "amount": payment.amount,
        "received": payment.received,
        "reference": payment.reference,
        "opened": payment.created_at,
        "ended": payment.ended_at,
        "refunds": [
            {
                "amount": refund.amount,
                "reason": refund.reason,
                "words": refund.words,
                "way": refund.way,
                "status": refund.status,
                "opened": refund.created_at,
                "ended": refund.ended_at,
            }
            for refund in payment.refunds.all()
        ],
        "refund_account": account
        and {"bank": bank_name(account.bank), "number": account.number, "holder": account.holder},
    }


def forget_what_was_kept_longer() -> None:
    """Accounts that outlived their order's person since a transfer was still to go there."""
    orders = RefundAccount.objects.filter(order__phone=NOBODY).values_list("order", flat=True)
    forget_accounts(list(orders))


def register_own() -> None:
    register("payments", title=gettext_lazy("Thanh toán và tiền trả lại"), export=_export)
