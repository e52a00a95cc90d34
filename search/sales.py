"""How many pieces of a product have been ordered: what "best-selling" sorts by. Cancelled orders do not count."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from oscar.core.loading import get_model

from marketplace.order.models import Order, PaymentState


def pieces() -> Any:
    """An expression for a queryset whose primary key is a listed product's: its own lines and those of its sizes."""
    return _ordered("product") + _ordered("product__parent")


def _ordered(path: str) -> Any:
    lines = get_model("order", "Line").objects.exclude(order__payment_state=PaymentState.CANCELLED)
    summed = lines.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(number=Sum("quantity"))
    return Coalesce(Subquery(summed.values("number"), output_field=IntegerField()), Value(0))


def products_of(order: Order) -> list[int]:
    """The listed products that an order holds."""
    keys = (
        order.lines.filter(product__isnull=False)
        .order_by()
        .annotate(listed=Coalesce(F("product__parent"), F("product")))
    )
    return sorted(set(keys.values_list("listed", flat=True)))
