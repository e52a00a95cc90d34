"""Which order a message is about, by the keys that it holds."""

from collections.abc import Iterable

from django.db.models import Q

from marketplace.communication.models import Message
from marketplace.order.models import Consignment, Order, Parcel

SHORTEST_NUMBER = 4
MOST_ORDERS = 50


def orders_of(messages: Iterable[Message]) -> dict[int, Order]:
    """The orders of those messages that are about one, by the message's key; at most three queries."""
    rows = list(messages)
    of_parcel = dict(
        Parcel.objects.filter(pk__in=_keys(rows, "parcel")).values_list("pk", "consignment__order")
    )
    of_part = dict(Consignment.objects.filter(pk__in=_keys(rows, "consignment")).values_list("pk", "order"))
    order_keys = {row.pk: _order_key(row, of_parcel, of_part) for row in rows}
    orders = Order.objects.in_bulk([key for key in order_keys.values() if key])
    return {pk: orders[key] for pk, key in order_keys.items() if key in orders}


def about_orders(text: str) -> Q:
    """A condition on messages: they are about an order whose number begins so."""
    number = text.replace(" ", "").upper()
    if len(number) < SHORTEST_NUMBER:
        return Q(pk__in=[])
    found = Order.objects.filter(number__startswith=number).order_by("-pk")
    orders = list(found.values_list("pk", flat=True)[:MOST_ORDERS])
    parts = list(Consignment.objects.filter(order__in=orders).values_list("pk", flat=True))
    parcels = list(Parcel.objects.filter(consignment__in=parts).values_list("pk", flat=True))
    return Q(data__order__in=orders) | Q(data__consignment__in=parts) | Q(data__parcel__in=parcels)


def _keys(messages: list[Message], name: str) -> list[int]:
    return [row.data[name] for row in messages if isinstance(row.data.get(name), int)]


def _order_key(message: Message, of_parcel: dict[int, int], of_part: dict[int, int]) -> int | None:
    data = message.data
    return data.get("order") or of_part.get(data.get("consignment")) or of_parcel.get(data.get("parcel"))
