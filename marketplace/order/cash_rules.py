"""Who may pay at the door, and up to how much. What is refused there costs the carrier's way twice, and nobody pays it.

Limits are settings (CASH_…). People are known by their telephone number, and by their account when they have one.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from marketplace.look.figures import dong

from .derived import OPEN
from .locking import lock_persons
from .models import Parcel, ParcelState, PaymentState


def above_most(total: Decimal) -> str:
    """Why an order of this sum (whole đồng) is not paid at the door, in the buyer's language; empty if it may be."""
    if total <= settings.CASH_MOST:
        return ""
    words = _(
        "Đơn trên %(most)s không trả tiền khi nhận được. Bạn chọn cách trả khác hoặc chia thành nhiều đơn nhé."
    )
    return words % {"most": dong(settings.CASH_MOST)}


def too_risky(*, phone: str, user: Any, moment: datetime) -> str:
    """Why this person pays no further order at the door now, in the buyer's language; empty if they may.

    `phone` is E.164, `user` None for a guest. Counted are orders that are still under way, and parcels that came back
    undelivered in the last days. An order that waits for no payment (it has no end) is one of cash.

    In the transaction that places the order: nobody else counts this person's orders until it has ended.
    """
    lock_persons(f"phone:{phone}", *([f"user:{user.pk}"] if user is not None else []))
    theirs = Q(consignment__order__phone=phone)
    if user is not None:
        theirs |= Q(consignment__order__user=user)
    lately = Q(
        state=ParcelState.RETURNED, state_since__gte=moment - timedelta(days=settings.CASH_REFUSED_DAYS)
    )
    under_way = Q(state__in=sorted(OPEN), consignment__order__payment_state=PaymentState.CASH_DUE)
    found = Parcel.objects.filter(theirs, consignment__order__payment_due_at__isnull=True).aggregate(
        orders=Count("consignment__order", distinct=True, filter=under_way),
        refused=Count("pk", filter=lately),
    )
    if found["refused"] >= settings.CASH_MOST_REFUSED:
        return _("Gần đây có kiện hàng không được nhận, nên lần này bạn trả trước giúp nhé.")
    if found["orders"] >= settings.CASH_MOST_ORDERS:
        words = _(
            "Bạn đang có %(number)d đơn trả khi nhận chưa giao xong. Bạn trả trước đơn này hoặc đợi nhận hàng nhé."
        )
        return words % {"number": found["orders"]}
    return ""
