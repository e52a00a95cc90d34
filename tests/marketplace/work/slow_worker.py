"""A real worker that knows one more kind of job: it writes, says so in a file, and dawdles when told to."""

import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402

from marketplace.audit.models import record  # noqa: E402
from marketplace.work.queue import handles  # noqa: E402

SIGN, SECONDS = Path(sys.argv[1]), float(sys.argv[2])


@handles("test.dawdle")
def dawdle(key: str, payload: dict[str, Any]) -> None:
    target = ContentType.objects.order_by("pk")[0]
    record(action="test.dawdle", target=target)
    SIGN.touch()
    time.sleep(SECONDS)


call_command("worker")
