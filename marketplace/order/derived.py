"""What is derived of an order's parcels, asked of the database: conditions on orders, for lists.

`in_delivery_state` says in SQL what states.delivery_state says of one order; a test holds them together for every
mixture of states.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from .models import Parcel
from .states import AT_PRODUCER, NEXT, WAY, DeliveryState, ParcelState

UNDER_WAY = frozenset(ParcelState) - {ParcelState.CANCELLED}

#: Where a parcel still has somewhere to go: neither delivered nor ended otherwise.
OPEN = frozenset(state for state, following in NEXT.items() if following)


def has_parcels_in(states: Iterable[ParcelState]) -> Q:
    """Orders with at least one parcel in one of the states."""
    return Q(Exists(Parcel.objects.filter(consignment__order=OuterRef("pk"), state__in=sorted(states))))


def in_delivery_state(state: DeliveryState) -> Q:
    """Orders whose derived delivery state is this one."""
    if state == DeliveryState.CANCELLED:
        return has_parcels_in({ParcelState.CANCELLED}) & ~has_parcels_in(UNDER_WAY)
    if state == DeliveryState.PARTLY_DELIVERED:
        return has_parcels_in({ParcelState.DELIVERED}) & has_parcels_in(UNDER_WAY - {ParcelState.DELIVERED})
    if state == DeliveryState.PARTLY_HANDED_OVER:
        return _left_in_part()
    own = ParcelState(state.value)
    return has_parcels_in({own}) & ~has_parcels_in(UNDER_WAY - _stands_for(own))


def late(day: date) -> Q:
    """Orders with a parcel still to come whose promised last day is before `day`."""
    due = Parcel.objects.filter(state__in=sorted(OPEN), consignment__deliver_to__lt=day)
    return Q(Exists(due.filter(consignment__order=OuterRef("pk"))))


def _left_in_part() -> Q:
    """None delivered, and one that has left beside one that is elsewhere."""
    undelivered = UNDER_WAY - {ParcelState.DELIVERED}
    left = Parcel.objects.filter(
        consignment__order=OuterRef("pk"), state__in=sorted(undelivered - AT_PRODUCER)
    ).alias(other=F("consignment__order__consignments__parcels__state"))
    mixed = Exists(left.filter(other__in=sorted(undelivered)).filter(~Q(other=F("state"))))
    return Q(mixed) & ~has_parcels_in({ParcelState.DELIVERED})


def _stands_for(own: ParcelState) -> frozenset[ParcelState]:
    """Before anything has left, the parcel that is least far stands for those further on."""
    if own in AT_PRODUCER:
        return AT_PRODUCER & frozenset(WAY[WAY.index(own) :])
    return frozenset({own})
