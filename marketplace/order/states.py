"""How far goods have come: a parcel's states and ways, and what follows from them for a consignment and an order.

Pure; the states themselves are changed in parcels.py alone.
"""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParcelState(models.TextChoices):
    """How far a parcel has come."""

    NEW = "new", _("Đã nhận đơn")
    CONFIRMED = "confirmed", _("Nhà sản xuất đã xác nhận")
    PACKED = "packed", _("Đã đóng gói")
    HANDED_OVER = "handed_over", _("Đang giao")
    DELIVERED = "delivered", _("Đã giao")
    RETURNED = "returned", _("Đã hoàn hàng")
    LOST = "lost", _("Thất lạc")
    CANCELLED = "cancelled", _("Đã hủy")


class DeliveryState(models.TextChoices):
    """What the parcels of a consignment, or of an order, have in common."""

    NEW = "new", _("Đã nhận đơn")
    CONFIRMED = "confirmed", _("Nhà sản xuất đã xác nhận")
    PACKED = "packed", _("Đã đóng gói")
    PARTLY_HANDED_OVER = "partly_handed_over", _("Đã gửi một phần")
    HANDED_OVER = "handed_over", _("Đang giao")
    PARTLY_DELIVERED = "partly_delivered", _("Đã giao một phần")
    DELIVERED = "delivered", _("Đã giao")
    RETURNED = "returned", _("Đã hoàn hàng")
    LOST = "lost", _("Thất lạc")
    CANCELLED = "cancelled", _("Đã hủy")


#: The way of a parcel when all goes well.
WAY = (
    ParcelState.NEW,
    ParcelState.CONFIRMED,
    ParcelState.PACKED,
    ParcelState.HANDED_OVER,
    ParcelState.DELIVERED,
)

#: Where a parcel may go from each state.
NEXT: dict[ParcelState, frozenset[ParcelState]] = {
    ParcelState.NEW: frozenset({ParcelState.CONFIRMED, ParcelState.CANCELLED}),
    ParcelState.CONFIRMED: frozenset({ParcelState.PACKED, ParcelState.CANCELLED}),
    ParcelState.PACKED: frozenset({ParcelState.HANDED_OVER, ParcelState.CANCELLED}),
    ParcelState.HANDED_OVER: frozenset({ParcelState.DELIVERED, ParcelState.RETURNED, ParcelState.LOST}),
    ParcelState.DELIVERED: frozenset(),
    ParcelState.RETURNED: frozenset(),
    ParcelState.LOST: frozenset(),
    ParcelState.CANCELLED: frozenset(),
}

#: Not with a carrier yet: what may still be cancelled or split.
AT_PRODUCER = frozenset({ParcelState.NEW, ParcelState.CONFIRMED, ParcelState.PACKED})

#: Ends that no buyer hoped for.
ENDS_BADLY = frozenset({ParcelState.CANCELLED, ParcelState.RETURNED, ParcelState.LOST})


def delivery_state(parcels: Collection[str]) -> DeliveryState:
    """What the states of at least one parcel come to.

    Cancelled parcels count only when there is no other. Parcels alike make their own state; otherwise one that is
    delivered makes the whole partly delivered, one that has left makes it partly handed over, and before that the
    parcel that is least far stands for all.
    """
    states = {ParcelState(state) for state in parcels}
    under_way = states - {ParcelState.CANCELLED} or states
    if len(under_way) == 1:
        return DeliveryState(under_way.pop().value)
    if ParcelState.DELIVERED in under_way:
        return DeliveryState.PARTLY_DELIVERED
    if not under_way <= AT_PRODUCER:
        return DeliveryState.PARTLY_HANDED_OVER
    return DeliveryState(min(under_way, key=WAY.index).value)
