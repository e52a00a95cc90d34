"""Customers: accounts that are not staff's, found by what somebody says on the telephone."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cms.desk.orders.searching import found_by as orders_found_by
from marketplace.accounts.models import User
from marketplace.accounts.phones import PhoneError, parse_phone
from marketplace.order.models import Order

SHORTEST_NAME = 2


def customers() -> QuerySet[User, Any]:
    """All of them, each with `order_count` and `last_order` (when). Whoever may enter the admin is none."""
    mine = Order.objects.filter(user=OuterRef("pk")).order_by()
    number = mine.values("user").annotate(number=Count("pk")).values("number")
    last = Order.objects.filter(user=OuterRef("pk")).order_by("-date_placed").values("date_placed")[:1]
    entering = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    people: QuerySet[User, Any] = User.objects.filter(is_staff=False, is_superuser=False)
    outside = people.exclude(groups__permissions__in=entering).exclude(user_permissions__in=entering)
    found: QuerySet[User, Any] = outside.annotate(
        order_count=Coalesce(Subquery(number), Value(0)), last_order=Subquery(last)
    )
    return found


def found_by(text: str) -> Q:
    """A condition: an order's number, a phone number, an e-mail address as a whole, or a part of a name."""
    ordered = Order.objects.filter(orders_found_by(text), user__isnull=False)
    condition = Q(pk__in=ordered.values("user")) | Q(email__iexact=text.strip())
    try:
        condition |= Q(phone=parse_phone(text))
    except PhoneError:
        pass
    if len(text.strip()) >= SHORTEST_NAME and "@" not in text:
        condition |= Q(first_name__icontains=text.strip()) | Q(last_name__icontains=text.strip())
    return condition


def masked_phone(phone: str | None) -> str:
    """ "+84912345678" → "09•• ••• 678": enough to recognise, too little to call."""
    return f"0{phone[3]}•• ••• {phone[-3:]}" if phone else ""


def masked_email(email: str | None) -> str:
    """ "lan@example.vn" → "l•••@example.vn"."""
    name, at, host = (email or "").partition("@")
    return f"{name[:1]}•••@{host}" if at else ""
