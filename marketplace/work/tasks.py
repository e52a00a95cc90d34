"""The one task: a wake-up for `run_due`. Losing it loses nothing but time."""

from django_tasks import task


@task()
def wake() -> None:
    """Do what is due."""
    from .queue import run_due

    run_due()
