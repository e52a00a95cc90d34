"""`manage.py load_demo`: the demonstration catalogue. Loading it again, on a later day too, changes nothing."""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from marketplace import clock
from marketplace.demo.loading import load_demo
from marketplace.demo.loading.progress import Progress

FIRST_PICTURES = 60


class Command(BaseCommand):
    help = "Loads the demonstration: 1,010 products with certificates dated from today, pages and stories."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pictures", type=int, default=FIRST_PICTURES, help="products whose pictures are drawn now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # it tells of every page
        added = load_demo(
            today=clock.today(), folder=settings.DATA_DIR, progress=Progress(), pictures=options["pictures"]
        )
        if added:
            self.stdout.write(f"Đã thêm {added} sản phẩm.")
