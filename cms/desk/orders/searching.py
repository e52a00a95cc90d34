"""Finds orders by what somebody says on the telephone: a number, an e-mail address, a name, a tracking number."""

import re

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower, Right, Upper

from marketplace.accounts.models import User
from marketplace.accounts.phones import PhoneError, parse_phone
from marketplace.order.models import Order, Parcel
from marketplace.order.models.order import LETTERS_SAID
from marketplace.order.numbers import LETTERS
from producers.places import fold

SHORTEST_NAME = 2
_numbered = re.compile(rf"OC(\d{{6}})-?([{LETTERS}]{{0,{LETTERS_SAID}}})(-\d*)?(/\d*)?")
_ending = re.compile(rf"[{LETTERS}]{{{LETTERS_SAID}}}")


def found_by(text: str) -> Q:
    """A condition on orders. Each way to find is asked by itself, so that each can use its index."""
    first, *others = [
        _by_tracking(text),
        *_by_number(text),
        *_by_phone(text),
        *_by_mail(text),
        *_by_name(text),
    ]
    return Q(pk__in=first.union(*others) if others else first)


def _by_tracking(text: str) -> QuerySet[Parcel, int]:
    number = re.sub(r"\s", "", text).upper()
    parcels = Parcel.objects.alias(upper=Upper("tracking_number")).exclude(tracking_number="")
    return parcels.filter(upper=number).order_by().values_list("consignment__order", flat=True)


def _by_number(text: str) -> list[QuerySet[Order, int]]:
    """The number from its beginning, that of a consignment or parcel, or the last letters alone."""
    said = re.sub(r"\s", "", text).upper()
    if match := _numbered.fullmatch(said):
        return [_keys(Q(number__startswith=f"OC{match[1]}-{match[2]}"))]
    if _ending.fullmatch(said):
        orders = Order.objects.alias(ending=Right("number", LETTERS_SAID))
        return [orders.filter(ending=said).order_by().values_list("pk", flat=True)]
    return []


def _by_phone(text: str) -> list[QuerySet[Order, int]]:
    try:
        return [_keys(Q(phone=parse_phone(text)))]
    except PhoneError:
        return []


def _by_mail(text: str) -> list[QuerySet[Order, int]]:
    if "@" not in text:
        return []
    mail = text.strip().lower()
    guests = Order.objects.alias(mail=Lower("guest_email")).filter(mail=mail)
    people = User.objects.alias(mail=Lower("email")).filter(mail=mail)
    return [guests.order_by().values_list("pk", flat=True), _keys(Q(user__in=people.values("pk")))]


def _by_name(text: str) -> list[QuerySet[Order, int]]:
    folded = fold(text)
    if len(folded) < SHORTEST_NAME or "@" in text or not re.search(r"[a-z]", folded):
        return []
    return [_keys(Q(shipping_address__search_text__contains=folded))]


def _keys(condition: Q) -> QuerySet[Order, int]:
    keys: QuerySet[Order, int] = Order.objects.filter(condition).order_by().values_list("pk", flat=True)
    return keys
