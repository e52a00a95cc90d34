"""What requests know of a person: words and pictures. Amounts, states and the producer's and shop's reasons stay."""

from typing import Any

from django.db.models import QuerySet

from marketplace.order.models import Consignment, Order, ReturnChange, ReturnPhoto, ReturnRequest, Role

from .states import ENDS

GONE = "–"  # the column takes no empty text


def told(consignment: Consignment) -> list[dict[str, Any]]:
    """What the buyer gave away in requests of a consignment; prefetch returns and their photos for lists."""
    return [
        {
            "number": request.number,
            "requested": request.requested_at,
            "reason": request.reason,
            "text": request.text,
            "state": request.state,
            "refund": request.refund_amount,
            "photos": len(request.photos.all()),
        }
        for request in consignment.returns.all()
    ]


def undecided(orders: "QuerySet[Order]") -> list[str]:
    """Numbers of requests whose outcome the buyer still has to hear of."""
    found = ReturnRequest.objects.filter(consignment__order__in=orders).exclude(state__in=sorted(ENDS))
    return list(found.order_by("pk").values_list("number", flat=True))


def forget(orders: list[int]) -> None:
    """Take the buyer's words and pictures out of all requests of these orders, in the caller's transaction."""
    requests = ReturnRequest.objects.filter(consignment__order__in=orders)
    ReturnPhoto.objects.filter(request__in=requests).delete()
    ReturnChange.objects.filter(request__in=requests, role=Role.BUYER).update(note="")
    requests.update(text=GONE)
