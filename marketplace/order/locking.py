"""Changes of one order come one after another."""

from .models import Order


def lock_order(**which: int) -> None:
    """Hold the row of the order that this finds until the transaction ends; nothing happens where there is none."""
    Order.objects.select_for_update(of=("self",)).filter(**which).order_by().values("pk").first()
