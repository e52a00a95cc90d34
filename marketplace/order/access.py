"""Who may see which order, and how much of it.

An order's link is its key: whoever has it sees the order. It does not end, but after a time it tells no longer who
the order went to. Signed in, one sees one's own orders whole, however old.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from .models import Order


def orders_of(user: Any) -> QuerySet[Order]:
    """The orders that a signed-in user placed."""
    found: QuerySet[Order] = Order.objects.filter(user=user)
    return found


def shows_person(order: Order, *, user: Any, moment: datetime) -> bool:
    """Whether the order's page tells name, phone and address: to its owner always, to others for a time."""
    if user.is_authenticated and order.user_id == user.pk:
        return True
    return bool(moment < order.date_placed + timedelta(days=settings.ORDER_LINK_SHOWS_PERSON_DAYS))
