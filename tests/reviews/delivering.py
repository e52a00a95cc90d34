"""An order that has arrived, and what its buyer says of it."""

from typing import Any

from catalogue.models import Product
from marketplace.order.models import Line, Order, Parcel, ParcelState
from marketplace.reviews.models import ProductReview
from marketplace.reviews.writing import write_review
from tests.order import placing
from tests.order.moving import bring


def deliver(order: Order) -> Order:
    for parcel in Parcel.objects.filter(consignment__order=order):
        bring(parcel, ParcelState.DELIVERED)
    return order


def delivered(*products: Product, user: Any = None) -> Order:
    order = placing.place(*((product, 1) for product in products))
    if user:
        Order.objects.filter(pk=order.pk).update(user=user)
        order.refresh_from_db()
    return deliver(order)


def line_of(order: Order) -> Line:
    found: Line = order.lines.select_related("product", "order__shipping_address").order_by("pk")[0]
    return found


def reviewed(
    product: Product, score: int = 5, body: str = "Thơm, đóng gói kỹ.", **more: Any
) -> ProductReview:
    """Somebody's review of a product, from an order of its own."""
    return write_review(line=line_of(delivered(product)), score=score, body=body, **more)
