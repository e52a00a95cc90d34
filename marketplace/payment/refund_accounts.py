"""The buyer's bank account for refunds by transfer: asked for while one is due, gone with the order's person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.order.locking import lock_order
from marketplace.order.models import Order

from .banks import bank_name
from .messages import tell_account
from .models import Method, Refund, RefundAccount, RefundAccountChange, RefundStatus
from .models.refund import ON_THE_WAY


@dataclass(frozen=True)
class Changed:
    """One account was put in the place of another, as both are shown."""

    at: datetime
    before: str
    after: str


class CannotChange(ValueError):
    """No account is asked for now; the text says why. Nothing was changed."""


def transfers_due(order_id: int) -> bool:
    """Whether an order's buyer is to get a transfer that nobody has prepared yet."""
    return Refund.objects.filter(
        payment__order=order_id, way=Method.TRANSFER, status=RefundStatus.DUE
    ).exists()


@transaction.atomic
def keep_account(*, order_id: int, bank: str, number: str, holder: str, moment: datetime) -> RefundAccount:
    """Keep the account, and tell the buyer that it was given: whoever has the order's link could have done it.

    Raises CannotChange when no transfer is due, or one is being made to the account that is there.
    """
    lock_order(pk=order_id)
    transfers = Refund.objects.filter(payment__order=order_id, way=Method.TRANSFER)
    if transfers.filter(status=RefundStatus.PENDING).exists():
        raise CannotChange(_("Chúng tôi đang chuyển tiền cho bạn nên không đổi tài khoản được nữa."))
    if not transfers_due(order_id):
        raise CannotChange(_("Đơn này không có khoản nào chờ chuyển khoản cho bạn."))
    given = {"bank": bank, "number": number, "holder": holder}
    if RefundAccount.objects.filter(order=order_id, **given).exists():
        return RefundAccount.objects.get(order=order_id)
    kept, _made = RefundAccount.objects.update_or_create(
        order_id=order_id, defaults=given | {"changed_at": moment}
    )
    RefundAccountChange.objects.create(account=kept, at=moment, bank=bank, last=kept.last)
    tell_account(kept)
    return kept


def changes_of(account: RefundAccount) -> list[Changed]:
    """How often it became another one, the oldest first; nothing where it is the first that was given."""
    rows = list(account.changes.all())
    return [Changed(new.at, _shown(old), _shown(new)) for old, new in pairwise(rows)]


def _shown(change: RefundAccountChange) -> str:
    words = _("%(bank)s, số cuối %(last)s")
    return words % {"bank": bank_name(change.bank), "last": change.last}


def forget_accounts(orders: Collection[int]) -> None:
    """In the caller's transaction; those that a transfer still goes to stay until it has."""
    waiting = Refund.objects.filter(
        payment__order__in=orders, way=Method.TRANSFER, status__in=sorted(ON_THE_WAY)
    )
    kept = waiting.values("payment__order")
    RefundAccount.objects.filter(order__in=Order.objects.filter(pk__in=orders)).exclude(
        order__in=kept
    ).delete()
