from typing import Any

from django.core.management.base import BaseCommand

from marketplace.work.queue import run_due


class Command(BaseCommand):
    help = "Does the work that is due, scheduled work included, and ends. Safe to run at any time, and again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{run_due()} jobs tried")
