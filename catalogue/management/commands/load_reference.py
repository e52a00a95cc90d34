from typing import Any

from django.core.management.base import BaseCommand

from catalogue.reference import load_categories
from producers.reference import load_places


class Command(BaseCommand):
    help = "Loads places and OCOP sets from the project's data files. Safe to run again after an update."

    def handle(self, *args: Any, **options: Any) -> None:
        load_places()
        load_categories()
