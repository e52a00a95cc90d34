"""`manage.py load_pages`: the home page, help and legal texts a shop starts with. Changes nothing that exists."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.starter import load_pages


class Command(BaseCommand):
    help = "Make the pages that are missing: home, help, legal texts, stories' index; in both languages."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("Đã tạo %(number)s trang.") % {"number": load_pages()})
