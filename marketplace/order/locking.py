"""Changes of one order come one after another; so do cash orders of one person, before there is any row to hold."""

from hashlib import blake2b

from django.db import connection

from .models import Order


def lock_order(**which: int) -> None:
    """Hold the row of the order that this finds until the transaction ends; nothing happens where there is none."""
    Order.objects.select_for_update(of=("self",)).filter(**which).order_by().values("pk").first()


def lock_persons(*names: str) -> None:
    """Hold these names until the transaction ends; whoever asks for one of them meanwhile waits.

    In one order for everybody, so that two who share a name do not wait for each other. Taken before stock, never
    after. SQLite needs none: a transaction that has written holds the whole database.
    """
    if connection.vendor != "postgresql" or not names:
        return
    keys = sorted(
        {int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True) for name in names}
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['pg_advisory_xact_lock(%s)'] * len(keys))}", keys)
