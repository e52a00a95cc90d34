"""The worker process: answers wake-ups at once and looks for due work by itself every few seconds."""

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from marketplace.work import queue

INTERVAL = 1.0  # seconds between looks


class Command(BaseCommand):
    help = "Runs background work until it is stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        self.running = True
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        worker_id = get_random_string(32)
        while self.running:
            close_old_connections()
            _answer_wake_ups(worker_id)
            tried = queue.run_due(most=20)
            close_old_connections()
            if not tried and self.running:
                time.sleep(INTERVAL)

    def _stop(self, *args: Any) -> None:
        self.running = False
        queue.finish()


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
