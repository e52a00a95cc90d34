"""How far a request to return goods has come, and where it may go. Pure: states are changed in moving.py alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnState(models.TextChoices):
    """Where a request stands. Two answers of the producer, two decisions of the shop, two ways to peter out."""

    REQUESTED = "requested", _("Chờ nhà sản xuất trả lời")
    ACCEPTED = "accepted", _("Nhà sản xuất đồng ý")
    DECLINED = "declined", _("Nhà sản xuất không đồng ý")
    ESCALATED = "escalated", _("Chợ đang xem xét")
    GRANTED = "granted", _("Chợ chấp nhận")
    REFUSED = "refused", _("Chợ không chấp nhận")
    RECEIVED = "received", _("Đã nhận lại hàng")
    CLOSED = "closed", _("Đã xong")
    WITHDRAWN = "withdrawn", _("Đã rút lại")
    LAPSED = "lapsed", _("Đã hết hiệu lực")


#: Where a request may go from each state.
NEXT: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.REQUESTED: frozenset(
        {ReturnState.ACCEPTED, ReturnState.DECLINED, ReturnState.ESCALATED, ReturnState.WITHDRAWN}
    ),
    ReturnState.DECLINED: frozenset({ReturnState.ESCALATED, ReturnState.WITHDRAWN, ReturnState.LAPSED}),
    ReturnState.ESCALATED: frozenset({ReturnState.GRANTED, ReturnState.REFUSED, ReturnState.WITHDRAWN}),
    ReturnState.ACCEPTED: frozenset({ReturnState.RECEIVED, ReturnState.CLOSED, ReturnState.LAPSED}),
    ReturnState.GRANTED: frozenset({ReturnState.RECEIVED, ReturnState.CLOSED, ReturnState.LAPSED}),
    ReturnState.RECEIVED: frozenset({ReturnState.CLOSED}),
    ReturnState.REFUSED: frozenset(),
    ReturnState.CLOSED: frozenset(),
    ReturnState.WITHDRAWN: frozenset(),
    ReturnState.LAPSED: frozenset(),
}

#: Nothing more happens; the lines can be asked for again, as far as pieces are left.
ENDS = frozenset(state for state, ways in NEXT.items() if not ways)

#: Ended without anything to give back: their pieces and amounts count no more.
IN_VAIN = frozenset({ReturnState.REFUSED, ReturnState.WITHDRAWN, ReturnState.LAPSED})

#: The amount is promised to the buyer.
PROMISED = frozenset({ReturnState.ACCEPTED, ReturnState.GRANTED, ReturnState.RECEIVED, ReturnState.CLOSED})

#: Somebody has until `due_at`: the producer to answer, or the buyer to ask the shop.
TIMED = frozenset({ReturnState.REQUESTED, ReturnState.DECLINED})
