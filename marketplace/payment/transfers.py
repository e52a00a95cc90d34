"""Refunds by bank transfer, which staff make: of what came by transfer, of cash, and of what cards did not take back.

Above REFUND_FOUR_EYES one member of staff prepares the transfer and another makes and confirms it; the database refuses
the same person for both. All transfers of an order count together, so that nobody gets around it in small pieces.
"""

import re
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.order.locking import lock_order
from marketplace.order.parcels import By

from .banks import bank_name
from .messages import tell_refunded
from .models import Method, Refund, RefundAccount, RefundReason, RefundStatus
from .refund_states import CannotMove, move_refund
from .refunding import CannotRefund, refund, refundable
from .sums import sums_of

STARTS = "OCOPHT"


def purpose(found: Refund) -> str:
    """What the transfer's note says, so that the line of a bank statement is found again."""
    return f"{STARTS}{found.pk:06d}"


def by_purpose(text: str) -> Refund | None:
    """The refund that a note names, in whatever a bank put around it."""
    found = re.search(rf"{STARTS}(\d{{6,}})", text.upper().replace(" ", ""))
    return Refund.objects.filter(pk=int(found[1]), way=Method.TRANSFER).first() if found else None


def needs_two(found: Refund) -> bool:
    """Whether one prepares and another confirms: by what goes, or went, from its order's money by transfer. One that
    failed after it was made went too."""
    transfers = Refund.objects.filter(payment__order=found.payment.order_id, way=Method.TRANSFER)
    never_made = transfers.filter(status=RefundStatus.FAILED, reference__isnull=True)
    together = transfers.exclude(pk__in=never_made).aggregate(sum=Sum("amount"))["sum"] or found.amount
    return bool(together > settings.REFUND_FOUR_EYES)


def stamp(account: RefundAccount | None) -> str:
    """By what a form that was shown an account knows it again; empty for none."""
    return f"{account.changed_at.timestamp():.6f}" if account else ""


@transaction.atomic
def prepare(*, refund_id: int, by: By, moment: datetime, shown: str | None = None) -> Refund:
    """Due → pending: looked at, and ready for somebody else to make it. `shown` is the stamp of the account on the
    page that was looked at, where there was one. Raises CannotMove, also when that is not the account any more."""
    found = _transfer(refund_id)
    return move_refund(
        refund_id=refund_id,
        to=RefundStatus.PENDING,
        seen=RefundStatus.DUE,
        moment=moment,
        by=by,
        note=_to_whom(found, shown),
        prepared_by=by.user,
    )


@transaction.atomic
def take_back(*, refund_id: int, by: By, moment: datetime, note: str) -> Refund:
    """Pending → due: it is to be prepared anew. Raises CannotMove."""
    _transfer(refund_id)
    return move_refund(
        refund_id=refund_id, to=RefundStatus.DUE, moment=moment, by=by, note=note, prepared_by=None
    )


@transaction.atomic
def confirm(*, refund_id: int, reference: str, by: By, moment: datetime, shown: str | None = None) -> Refund:
    """The transfer was made; `reference` is the bank's, `shown` as for prepare. Raises CannotMove."""
    found = _transfer(refund_id)
    if needs_two(found) and found.status == RefundStatus.DUE:
        raise CannotMove(_("Số tiền này cần hai người: một người chuẩn bị, một người khác xác nhận."))
    if found.prepared_by_id and found.prepared_by_id == by.user.pk:
        raise CannotMove(_("Bạn đã chuẩn bị khoản này, người khác phải xác nhận."))
    if not reference.strip():
        raise CannotMove(_("Bạn ghi mã giao dịch của ngân hàng."))
    if Refund.objects.filter(reference=reference.strip()).exists():
        raise CannotMove(_("Mã giao dịch này đã ghi cho một khoản khác."))
    return move_refund(
        refund_id=refund_id,
        to=RefundStatus.SUCCEEDED,
        seen=RefundStatus(found.status),
        moment=moment,
        by=by,
        note=_to_whom(found, shown),
        reference=reference.strip(),
        confirmed_by=by.user,
    )


@transaction.atomic
def fail(*, refund_id: int, by: By, moment: datetime, note: str) -> Refund:
    """The transfer could not be made, or came back. Raises CannotMove without a note."""
    _transfer(refund_id)
    if not note.strip():
        raise CannotMove(_("Bạn ghi vì sao không trả lại được."))
    return move_refund(refund_id=refund_id, to=RefundStatus.FAILED, moment=moment, by=by, note=note)


@transaction.atomic
def give_again(*, refund_id: int, by: By, moment: datetime) -> Refund:
    """A failed refund, by card or by transfer, goes back by (another) transfer; once. Raises CannotMove."""
    lock_order(payments__refunds=refund_id)
    failed = Refund.objects.select_related("payment").get(pk=refund_id)
    if failed.status != RefundStatus.FAILED:
        raise CannotMove(_("Chỉ trả cách khác khi khoản cũ không trả lại được."))
    known = Refund.objects.filter(again_of=failed).first()
    if known:
        return known
    left = _left_of(failed)
    if left <= 0:
        raise CannotMove(_("Không còn tiền nào để trả lại."))
    try:
        made = refund(
            payment_id=failed.payment_id,
            amount=left,
            reason=RefundReason(failed.reason),
            key=f"again-{failed.pk}",
            moment=moment,
            words=failed.words,
            again_of=failed,
            way=Method.TRANSFER,
            by=by,
        )
    except CannotRefund as error:
        raise CannotMove(str(error)) from error
    tell_refunded(made)
    return made


def _transfer(refund_id: int) -> Refund:
    """As it is once its order's row is ours."""
    lock_order(payments__refunds=refund_id)
    found = Refund.objects.select_related("payment").get(pk=refund_id)
    if found.way != Method.TRANSFER:
        raise CannotMove(_("Khoản này Stripe trả về thẻ, không chuyển khoản."))
    return found


def _to_whom(found: Refund, shown: str | None) -> str:
    account = RefundAccount.objects.filter(order=found.payment.order_id).first()
    if account is None:
        raise CannotMove(_("Người mua chưa cho biết tài khoản nhận tiền."))
    if shown is not None and shown != stamp(account):
        raise CannotMove(
            _(
                "Tài khoản nhận tiền vừa đổi sau khi bạn mở trang. Bạn xem lại tài khoản; "
                "nếu đã chuyển vào tài khoản cũ thì báo người phụ trách ngay."
            )
        )
    return f"{bank_name(account.bank)} …{account.last}"


def _left_of(failed: Refund) -> Decimal:
    """Less than failed where the buyer has some of it by now: from Stripe's pages, or from a bank that took it back.

    Of a card's order all is paid before anything goes; of cash more may still be due than failed.
    """
    left = min(failed.amount, refundable(failed.payment))
    if failed.payment.method != Method.CARD:
        return left
    return min(left, sums_of(failed.payment.order_id).owed_to_buyer)
