"""The one task: a wake-up for `run_due`. Losing it loses nothing but time."""

from django.db import transaction
from django_tasks import task


@task()
def wake() -> None:
    """Do what is due."""
    from .queue import run_due

    run_due()


def wake_after_commit() -> None:
    """Wake a worker once when the transaction has ended well, however often it was asked for in it."""
    asked = (hook for _savepoints, hook, *_rest in transaction.get_connection().run_on_commit)
    if wake.enqueue not in asked:
        transaction.on_commit(wake.enqueue)
