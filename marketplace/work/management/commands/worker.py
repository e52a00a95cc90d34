"""The worker process: answers wake-ups at once and looks for due work by itself every few seconds."""

import signal
import time
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.db.models import Q
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from marketplace import clock
from marketplace.work import queue

INTERVAL = 1.0  # seconds between looks
CLEANING = 3600.0  # seconds between cleanings


class Command(BaseCommand):
    help = "Runs background work until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        self.running = True
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        worker_id, clean_at = get_random_string(32), 0.0
        while self.running:
            close_old_connections()
            if time.monotonic() >= clean_at:
                forget_answered()
                clean_at = time.monotonic() + CLEANING
            _answer_wake_ups(worker_id)
            tried = queue.run_due(most=20)
            close_old_connections()
            if not tried and self.running:
                time.sleep(INTERVAL)

    def _stop(self, *args: Any) -> None:
        self.running = False
        queue.finish()


def forget_answered() -> None:
    """Drop the task queue's rows of wake-ups answered over a day ago, of failed ones after two weeks."""
    now = clock.now()
    old = Q(finished_at__lt=now - timedelta(days=1)) & ~Q(status=TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(old | Q(finished_at__lt=now - timedelta(days=14))).delete()


def _answer_wake_ups(worker_id: str) -> None:
    """Empty the task queue (Wagtail's tasks and our wake-ups)."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    ).run()
