"""Which order a message is about, by the keys that it holds."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from marketplace.communication.models import Message
from marketplace.order.models import Consignment, Order, Parcel, ReturnChange

SHORTEST_NUMBER = 4
MOST_ORDERS = 50


#: Names under which messages hold keys of rows that belong to an order, and the way from there.
WAYS: dict[str, tuple[Any, str]] = {
    "consignment": (Consignment, "order"),
    "parcel": (Parcel, "consignment__order"),
    "change": (ReturnChange, "request__consignment__order"),
}


def orders_of(messages: Iterable[Message]) -> dict[int, Order]:
    """The orders of those messages that are about one, by the message's key; a query for each way, and one."""
    rows = list(messages)
    keys = {row.pk: row.data["order"] for row in rows if "order" in row.data}
    for name, (model, way) in WAYS.items():
        holding = {row.pk: row.data[name] for row in rows if name in row.data}
        found = dict(model.objects.filter(pk__in=holding.values()).order_by().values_list("pk", way))
        keys |= {pk: found[key] for pk, key in holding.items() if key in found}
    orders = Order.objects.in_bulk(keys.values())
    return {pk: orders[key] for pk, key in keys.items() if key in orders}


def about_orders(text: str) -> Q:
    """A condition on messages: they are about an order whose number begins so."""
    number = text.replace(" ", "").upper()
    if len(number) < SHORTEST_NUMBER:
        return Q(pk__in=[])
    found = Order.objects.filter(number__startswith=number).order_by("-pk")
    orders = list(found.values_list("pk", flat=True)[:MOST_ORDERS])
    about = Q(data__order__in=orders)
    for name, (model, way) in WAYS.items():
        rows = model.objects.filter(**{f"{way}__in": orders}).order_by()
        about |= Q(**{f"data__{name}__in": list(rows.values_list("pk", flat=True))})
    return about
