"""Who may see which order, and how much of it.

An order's link is its key: whoever has it sees the order. It does not end, but after a time it tells no longer who
the order went to. Signed in, one sees one's own orders whole, however old.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from marketplace.accounts.identities import confirmed_identities

from .models import Order


def orders_of(user: Any) -> QuerySet[Order]:
    """The orders of a signed-in user: placed in the account, or as a guest with an address or number that the
    account has since confirmed. What is not confirmed opens nothing, since anybody can type it; and what belonged to
    an account that was deleted stays closed to the next one."""
    theirs = Q(user=user)
    nobodys = Q(user__isnull=True, owner_erased=False)
    known = confirmed_identities(user)
    if known.emails:
        theirs |= nobodys & Q(lowered__in=known.emails)
    if known.phones:
        theirs |= nobodys & Q(phone__in=known.phones)
    found: QuerySet[Order] = Order.objects.alias(lowered=Lower("guest_email")).filter(theirs)
    return found


def shows_person(order: Order, *, user: Any, moment: datetime) -> bool:
    """Whether the order's page tells name, phone and address: to its owner while they are kept, to others for a time."""
    if order.is_forgotten:
        return False
    if user.is_authenticated and orders_of(user).filter(pk=order.pk).exists():
        return True
    return bool(moment < order.date_placed + timedelta(days=settings.ORDER_LINK_SHOWS_PERSON_DAYS))
