"""`manage.py demo_code`: the code that the demonstration's staff account signs in with, at this moment."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace import clock
from marketplace.accounts.codes import code_at
from marketplace.demo import staff


class Command(BaseCommand):
    help = "Prints the staff account's present code. Only with the development settings."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Codes are told with the development settings only.")
        secret = staff.totp_secret(settings.DATA_DIR)
        self.stdout.write(code_at(secret=secret, moment=clock.now()))
