"""What became of an order's money, as buyers and staff read it: the same for both."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.look.figures import dong
from marketplace.order.models import Order

from .models import (
    Dispute,
    DisputeStatus,
    Method,
    Payment,
    PaymentStatus,
    Refund,
    RefundAccount,
    RefundStatus,
)
from .refund_accounts import Changed, changes_of
from .sums import Back, Sums, label, sums_by_order, sums_of

#: What of a dispute is held against what goes back.
SET_OFF = gettext_lazy("Ngân hàng giữ hoặc đã hoàn cho bạn, Chợ không trả hai lần")


@dataclass(frozen=True)
class Money:
    """`payments` that came, `refunds` and `disputes`, the oldest first; `state` and `label` are what badges say.
    `asks_account`: a transfer is due, and the buyer may say or change where it goes (`account`, or None), and reads how it
    changed (`account_changes`)."""

    sums: Sums
    state: str
    label: str
    payments: list[Payment]
    refunds: list[Refund]
    disputes: list[Dispute]
    asks_account: bool
    account: RefundAccount | None
    account_changes: list[Changed]

    @property
    def is_back(self) -> bool:
        return self.sums.back != Back.NOTHING


def money_of(order: Order) -> Money:
    """In four queries, one more with cards, one less without transfers due, one more with an account for them."""
    sums = sums_of(order.pk)
    payments = [
        one for one in order.payments.order_by("ended_at", "pk") if one.status == PaymentStatus.SUCCEEDED
    ]
    refunds = (
        list(Refund.objects.filter(payment__order=order).order_by("created_at", "pk")) if payments else []
    )
    by_card = any(one.method == Method.CARD for one in payments)
    disputes = (
        list(
            Dispute.objects.filter(payment__order=order)
            .select_related("consignment__partner")
            .order_by("opened_at", "pk")
        )
        if by_card
        else []
    )
    transfers = [one for one in refunds if one.way == Method.TRANSFER]
    asks = any(one.status == RefundStatus.DUE for one in transfers) and not any(
        one.status == RefundStatus.PENDING for one in transfers
    )
    account = RefundAccount.objects.filter(order=order).first() if transfers else None
    state = order.payment_state if sums.back == Back.NOTHING else f"back-{sums.back}"
    return Money(
        sums,
        state,
        label(order, sums),
        payments,
        refunds,
        disputes,
        asks,
        account,
        changes_of(account) if account else [],
    )


def labels(orders: Iterable[Order]) -> list[Order]:
    """The orders, each with its `payment_label` and what it costs now (`owed_now`), in one query."""
    found = list(orders)
    by_order = sums_by_order([one.pk for one in found])
    for one in found:
        one.payment_label = label(one, by_order[one.pk])
        one.owed_now = by_order[one.pk].owed
    return found


def paper_rows(order: Order) -> tuple[str, list[tuple[str, str]]]:
    """What the paper of an order says: the label, and rows (words, amount) of what came and went back."""
    money = money_of(order)
    sums = money.sums
    rows = [(_("Hàng bạn trả lại"), f"−{dong(sums.returned)}")] if sums.returned else []
    rows += [(_("Chợ bớt cho bạn"), f"−{dong(sums.goodwill)}")] if sums.goodwill else []
    rows += [(_("Còn lại"), dong(sums.owed))] if rows else []
    rows += [
        (_("Đã nhận (%(way)s)") % {"way": one.get_method_display()}, dong(one.received or 0))
        for one in money.payments
    ]
    for one in money.refunds:
        words = _("Trả lại: %(reason)s (%(state)s)")
        facts = {"reason": one.get_reason_display(), "state": one.get_status_display()}
        if one.status == RefundStatus.FAILED:  # nothing that may be added up
            facts["state"] += f", {dong(one.amount)}"
        rows.append((words % facts, dong(0) if one.status == RefundStatus.FAILED else f"−{dong(one.amount)}"))
    for dispute in money.disputes:
        words = _("Khiếu nại với ngân hàng: %(state)s") % {"state": dispute.get_status_display()}
        sign = "−" if dispute.status == DisputeStatus.LOST else ""
        rows.append((words, f"{sign}{dong(dispute.amount)}"))
    if sums.set_off:
        rows.append((str(SET_OFF), dong(sums.set_off)))
    if money.payments and sums.due > 0:
        rows.append((_("Còn phải trả"), dong(sums.due)))
    elif sums.owed_to_buyer:
        rows.append((_("Chợ còn phải trả lại bạn"), dong(sums.owed_to_buyer)))
    return money.label, rows
