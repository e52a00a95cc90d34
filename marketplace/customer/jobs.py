"""Work of the worker: who waits is told, first come first told; addresses that nobody confirmed are forgotten."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from catalogue.models import Product, Sale
from marketplace import clock
from marketplace.work.queue import enqueue, handles, on_every_run

from .messages import tell_back
from .models import ProductAlert
from .waiting import CONFIRM_WITHIN, pieces_of

KIND = "customer.back_in_stock"
TOLD_PER_PIECE = 2
"""So many people are told for every piece that is there: not all buy, and those told in vain are annoyed."""
AT_ONCE = 500
A_DAY = timedelta(days=1)


@handles(KIND)
def tell_waiting(key: str, payload: dict[str, Any]) -> None:
    """Tell those who wait for the listed product or its sizes, as far as there are pieces; the others a day later."""
    listed = Product.objects.listed().filter(pk=payload["product"], sale=Sale.ON_SALE).first()
    if listed is None or listed.is_alcohol:
        return
    bought = Product.objects.filter(Q(pk=listed.pk) | Q(parent=listed), is_public=True)
    left_over = [_tell(product, pieces) for product, pieces in sorted(pieces_of(bought).items())]
    if any(left_over):
        later = clock.now() + A_DAY
        enqueue(kind=KIND, key=f"{listed.pk}:{later.date()}", payload=payload, due_at=later)


def _tell(product: int, pieces: int) -> bool:
    """Close and tell the first of those who wait; whether somebody is left."""
    moment = clock.now()
    alerts = ProductAlert.objects.filter(product=product)
    lately = alerts.filter(status=ProductAlert.CLOSED, date_closed__gt=moment - A_DAY).count()
    most = min(AT_ONCE, max(0, TOLD_PER_PIECE * pieces - lately))
    waiting = alerts.filter(status=ProductAlert.ACTIVE).order_by("date_confirmed", "pk")
    for alert in waiting.select_related("user")[:most]:
        still = ProductAlert.objects.filter(pk=alert.pk, status=ProductAlert.ACTIVE)
        if still.update(status=ProductAlert.CLOSED, date_closed=moment):
            tell_back(alert)
    return bool(waiting.exists())


@on_every_run
def forget_addresses() -> None:
    """Of guests who never confirmed, and of those who were told. Looks first: on SQLite writing nothing stops others."""
    before = clock.now() - CONFIRM_WITHIN
    unconfirmed = ProductAlert.objects.filter(status=ProductAlert.UNCONFIRMED, date_created__lt=before)
    if unconfirmed.exists():
        unconfirmed.delete()
    told = ProductAlert.objects.filter(status=ProductAlert.CLOSED, date_closed__lt=before).exclude(email="")
    if told.exists():
        told.update(email="")
