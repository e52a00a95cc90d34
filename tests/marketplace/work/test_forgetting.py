"""Wake-ups are forgotten after a while, so that their table does not grow for ever."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from marketplace import clock
from marketplace.work.management.commands.worker import forget_answered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [
        ("SUCCESSFUL", 2, 0),
        ("SUCCESSFUL", 0, 1),
        ("FAILED", 2, 1),
        ("FAILED", 15, 0),
        ("READY", 30, 1),
    ],
)
def test_answered_wake_ups_are_dropped_when_old(status: str, days: int, left: int) -> None:
    then = clock.now() - timedelta(days=days)
    DBTaskResult.objects.create(
        task_path="marketplace.work.tasks.wake",
        args_kwargs={},
        backend_name="default",
        status=status,
        run_after=then,
        finished_at=None if status == "READY" else then,
    )
    forget_answered()
    assert DBTaskResult.objects.count() == left
